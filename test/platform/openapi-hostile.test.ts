import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  findFaults,
  type DescriptionDesk,
  openDescriptionDesk,
  propertiesOf,
  toDescriptionText,
} from '#test/support/description-desk.ts';
import { makeLargeApi } from '#test/support/large-api.ts';

const examples = join(import.meta.dirname, '../../node_modules/@readme/oas-examples');
const signal = new AbortController().signal;
const refusal = (code: string, message: RegExp) => ({ code, message: expect.stringMatching(message) });

let desk: DescriptionDesk;

beforeAll(async () => {
  desk = await openDescriptionDesk();
});
afterAll(() => desk.close());

describe('a reference', () => {
  const body = (reference: string) => ({
    '/a': { post: { requestBody: { content: { 'application/json': { schema: { $ref: reference } } } } } },
  });

  test('leads to other documents, and from them to others and back', async () => {
    desk.served.set(
      '/r/api.json',
      toDescriptionText(body('parts/pet.yaml#/Pet'), { components: { schemas: { Tag: { type: 'integer' } } } }),
    );
    desk.served.set(
      '/r/parts/pet.yaml',
      `Pet: { properties: { owner: { $ref: '${desk.url}/r/owner.json' }, tag: { $ref: '../api.json#/components/schemas/Tag' } } }`,
    );
    desk.served.set('/r/owner.json', '{"type": "boolean"}');
    const { operations } = await desk.readAt('/r/api.json');
    expect(propertiesOf(operations[0])).toEqual({ owner: { type: 'boolean' }, tag: { type: 'integer' } });
  });

  test.each([
    ['http://169.254.169.254/latest/meta-data', 'egress_refused', /169\.254\.169\.254.*not on the public internet/],
    ['file:///etc/passwd#/a', 'egress_refused', /file:\/\/\/etc\/passwd.*only http and https/],
    ['http://localhost:1/a', 'egress_refused', /port 1/],
    ['gone.json', 'unavailable', /gone\.json, which cannot be had.*404/],
    ['broken.json', 'validation_failed', /broken\.json cannot be read.*Line 1/],
  ])('to %s is refused, and says which', async (reference, code, message) => {
    desk.served.set('/s/api.json', toDescriptionText(body(reference)));
    desk.served.set('/s/broken.json', '{"a":\n]');
    await expect(desk.readAt('/s/api.json')).rejects.toMatchObject(refusal(code, message));
  });

  test('to a 20th other document is one too many', async () => {
    desk.served.set('/many/0', toDescriptionText(body('/many/1')));
    for (let next = 1; next <= 25; next += 1)
      desk.served.set(`/many/${next}`, `{"allOf": [{"$ref": "/many/${next + 1}"}]}`);
    await expect(desk.readAt('/many/0')).rejects.toMatchObject(
      refusal('payload_too_large', /more than 19 other documents/),
    );
  });
});

describe('a hostile description', () => {
  const nested = (depth: number) => `${'{"items":'.repeat(depth)}{}${'}'.repeat(depth)}`;
  const withSchema = (schema: string) => toDescriptionText(body).replace('"SCHEMA"', schema);
  const body = {
    '/a': { post: { requestBody: { required: true, content: { 'application/json': { schema: 'SCHEMA' } } } } },
  };
  const layers = Array.from({ length: 30 }, (_, layer) => [
    `L${layer}`,
    { allOf: [1, 2].map((half) => ({ properties: { [`p${half}`]: { $ref: `#/components/schemas/L${layer + 1}` } } })) },
  ]);
  const aliases = Array.from(
    { length: 30 },
    (_, level) => `a${level}: &a${level} [${level === 0 ? 'x' : `*a${level - 1}, *a${level - 1}`}]`,
  );

  test.each([
    ['an alias bomb', [...aliases, 'openapi: 3.1.0', 'paths: {}'].join('\n'), /aliases \(\*name\) are too many/],
    ['YAML nested 10,000 deep', `openapi: 3.1.0\na: ${'['.repeat(10_000)}`, /nested too deeply/],
    ['nothing', ' \n', /empty/],
    ['a web page', '<!doctype html>', /web page/],
    ['a broken line', 'openapi: 3.1.0\npaths:\n\t/a: b', /Line 3/],
    ['broken JSON', '{"openapi": "3.1.0",\n "paths": {,}', /Line 2/],
    ['a list', '[1]', /no object/],
    ['something else', '{"a": 1}', /no member "openapi"/],
    ['OpenAPI 4', '{"openapi": "4.0.0"}', /OpenAPI 4\.0\.0; the hub reads 3\.0 and 3\.1/],
    [
      'Swagger 2.0',
      readFileSync(join(examples, '2.0/json/petstore.json'), 'utf8'),
      /Convert it first.*swagger2openapi/,
    ],
  ])('of %s is refused in words', async (_, text, message) => {
    await expect(desk.read(text)).rejects.toMatchObject(refusal('validation_failed', message));
  });

  test.each([
    ['nested 10,000 deep', withSchema(nested(10_000)), { type: 'array' }],
    [
      'with a circle of references',
      withSchema('{"$ref":"#/components/a"}').replace(
        /}$/,
        ',"components":{"a":{"$ref":"#/components/b"},"b":{"$ref":"#/components/a"}}}',
      ),
      { description: expect.stringMatching(/in a circle/) },
    ],
    [
      'that doubles with each layer',
      withSchema('{"$ref":"#/components/schemas/L0"}').replace(
        /}$/,
        `,"components":{"schemas":${JSON.stringify(Object.fromEntries(layers))}}}`,
      ),
      {},
    ],
  ])('%s is read as far as is sensible', async (_, text, expected) => {
    const description = await desk.read(text);
    expect(findFaults(description)).toEqual([]);
    expect(description.operations).toHaveLength(1);
    expect(propertiesOf(description.operations[0])['body'] ?? {}).toMatchObject(expected);
  });

  test('with names of the prototype changes nothing but loses them', async () => {
    const schema =
      '{"type":"object","properties":{"__proto__":{"type":"string"},"constructor":{"type":"integer"},"in":{"properties":{"__proto__":{"type":"string"}}}}}';
    const { operations } = await desk.read(withSchema(schema).replace('"/a":', '"__proto__":{"get":{}},"/a":'));
    expect(operations.map(({ name }) => name)).toEqual(['post_a']);
    expect(propertiesOf(operations[0])).toEqual({ constructor: { type: 'integer' }, in: { type: 'object' } });
    expect(Object.getPrototypeOf({})).not.toHaveProperty('type');
  });

  test('with a circle of aliases is read', async () => {
    const text =
      'openapi: 3.1.0\npaths:\n  /a:\n    post:\n      requestBody:\n        content:\n          application/json:\n            schema: &s { properties: { s: *s, d: { default: *s } } }';
    const { operations } = await desk.read(text);
    const cut = { description: expect.stringMatching(/^Nested further/) };
    expect(propertiesOf(operations[0])).toEqual({ s: { type: 'object', properties: { s: cut, d: {} } }, d: {} });
  });

  test('that takes too much memory or time, or was given up, ends there; the next is read', async () => {
    const hurried = desk.open({ readProcessorMs: 200 });
    const slow = `openapi: 3.1.0\na: ${'[[1],'.repeat(400)}${'[1],'.repeat(400_000)}`;
    await expect(hurried.read({ text: slow }, { signal })).rejects.toMatchObject(
      refusal('payload_too_large', /0\.2 seconds/),
    );
    const stop = new AbortController();
    const waiting = desk.reader.read({ text: slow }, { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await hurried.close();
    const short = desk.open({ documentBytes: 1_000_000 });
    await expect(short.read({ text: slow }, { signal })).rejects.toMatchObject(refusal('payload_too_large', /MB/));
    await short.close();
    const narrow = desk.open({ memoryMb: 80 });
    const wide = `{"a":[${'{"b":1},'.repeat(1_000_000)}1]}`;
    await expect(narrow.read({ text: wide }, { signal })).rejects.toMatchObject(
      refusal('payload_too_large', /too much memory/),
    );
    await narrow.close();
    expect((await desk.read(toDescriptionText({ '/a': { get: {} } }))).operations).toHaveLength(1);
  });

  test('of too many operations is refused with their number', async () => {
    await expect(desk.read(makeLargeApi({ paths: 700, schemas: 2 }))).rejects.toMatchObject(
      refusal('validation_failed', /2100 operations; at most 2000/),
    );
  });
});
