import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '#server/contract/json.ts';
import { OpenApiDescription, type OpenApiOperation } from '#server/contract/openapi-operation.ts';
import { findSchemaIssues } from '#server/find-schema-issues.ts';
import { createEgress } from '#server/platform/egress/create-egress.ts';
import { createOpenApiReader } from '#server/platform/openapi/openapi-reader.ts';
import { makeLargeApi } from '#test/support/large-api.ts';
import { type LocalServer, startLocalServer } from '#test/support/local-server.ts';
import { workersFolder } from '#test/support/test-database.ts';

const workerFile = new URL('openapi-worker.js', workersFolder);
const examples = join(import.meta.dirname, '../../node_modules/@readme/oas-examples');
const signal = new AbortController().signal;
/** What the service of other documents answers, by path. */
const served = new Map<string, string>();

let site: LocalServer;
let egress: ReturnType<typeof createEgress>;
let reader: ReturnType<typeof createOpenApiReader>;

beforeAll(async () => {
  site = await startLocalServer((request, response) => {
    const text = served.get(request.url ?? '');
    response.writeHead(text === undefined ? 404 : 200).end(text);
  });
  egress = createEgress({ allowed: [site.entry] });
  reader = createOpenApiReader({ workerFile, fetch: egress.fetch });
});
afterAll(async () => {
  await Promise.all([reader.close(), egress.close()]);
  await site.close();
});

const read = (text: string) => reader.read({ text }, { signal });
const readAt = (path: string) => reader.read({ url: `${site.url}${path}` }, { signal });
const refusal = (code: string, message: RegExp) => ({ code, message: expect.stringMatching(message) });

type Node = { [key: string]: unknown };
const toText = (paths: Node, rest: Node = {}) =>
  JSON.stringify({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths, ...rest });

/** The input schema's property of the one operation that takes `schema` as its body. */
async function readSchema(schema: unknown, schemas: Node = {}, openapi = '3.1.0'): Promise<JsonObject> {
  const content = { 'application/json': { schema: { type: 'object', properties: { value: schema } } } };
  const paths = { '/a': { post: { operationId: 'a', requestBody: { required: true, content } } } };
  const { operations } = await read(toText(paths, { openapi, components: { schemas } }));
  return propertiesOf(operations[0])['value'] as JsonObject;
}

function propertiesOf(operation: OpenApiOperation | undefined): JsonObject {
  return (operation?.inputSchema['properties'] ?? {}) as JsonObject;
}

/** What holds for every operation, whatever was read. */
function checkOperations({ operations }: OpenApiDescription) {
  expect(new Set(operations.map(({ name }) => name)).size).toBe(operations.length);
  for (const { inputSchema, parameters, body, ...operation } of operations) {
    const json = JSON.stringify(inputSchema);
    expect(json.length).toBeLessThanOrEqual(16_000);
    expect(json).not.toMatch(/"\$ref"|"pattern":/);
    expect(() => findSchemaIssues({}, inputSchema, 'input')).not.toThrow();
    const travelling = [
      ...parameters.map(({ property }) => property),
      ...(body?.content.kind === 'whole' ? [body.content.property] : []),
      ...(body?.content.kind === 'fields' ? body.content.fields.map(({ property }) => property) : []),
    ];
    expect(travelling.sort()).toEqual(Object.keys(inputSchema['properties'] ?? {}).sort());
    for (const property of travelling) expect(property).toMatch(/^[a-zA-Z0-9_.-]{1,64}$/);
    for (const [, name] of operation.path.matchAll(/\{([^{}]+)\}/g))
      expect(parameters).toContainEqual(expect.objectContaining({ in: 'path', name }));
  }
}

describe('a large public description', () => {
  test.each([
    ['3.0/json/star-trek.json', 'STAPI', 120],
    ['3.1/json/readme.json', 'ReadMe API', 54],
    ['3.0/json/readme-legacy.json', 'Legacy API', 36],
    ['3.1/json/train-travel.json', 'Train Travel API', 7],
    ['3.1/json/parameters-style.json', 'Support for parameter serialization', 25],
    ['3.0/json/polymorphism.json', 'Polymorphism support', 13],
    ['3.0/json/discriminators.json', 'Discriminator support', 10],
    ['3.0/json/schema-circular.json', 'Circular reference examples', 3],
    ['3.1/json/petstore.json', 'Swagger Petstore', 20],
  ])('is read in whole: %s', async (file, title, operations) => {
    const description = OpenApiDescription.parse(await read(readFileSync(join(examples, file), 'utf8')));
    expect(description).toMatchObject({ title, skipped: [] });
    expect(description.operations).toHaveLength(operations);
    checkOperations(description);
  });

  test.each(['3.0/x/star-trek', '3.1/x/readme'])('says the same in YAML and in JSON: %s', async (name) => {
    const [json, yaml] = await Promise.all(
      ['json', 'yaml'].map((kind) => read(readFileSync(join(examples, `${name.replace('x', kind)}.${kind}`), 'utf8'))),
    );
    expect(yaml).toEqual(json);
  });

  test('of 600 operations over 2 MB is read within two seconds, every schema within 16 kB', async () => {
    const text = makeLargeApi({ paths: 200, schemas: 300 });
    expect(text.length).toBeGreaterThan(900_000);
    const startedAt = performance.now();
    const description = await read(text);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(description.operations).toHaveLength(600);
    checkOperations(description);
    expect(propertiesOf(description.operations[1])).toMatchObject({
      id: { type: 'string' },
      name: { type: 'string', description: expect.stringMatching(/^Says in some words/), maxLength: 500 },
      kind: { enum: ['one', 'two', 'three', null] },
      amount: { type: 'integer', exclusiveMinimum: 0 },
      choice: { anyOf: [{ type: 'object' }, { type: 'object' }, { type: 'string' }] },
    });
  });
});

describe('a schema', () => {
  test.each<[string, unknown, JsonObject]>([
    ['nullable', { type: 'string', nullable: true }, { type: ['string', 'null'] }],
    [
      'a choice or null',
      { type: 'string', nullable: true, enum: ['a'] },
      { type: ['string', 'null'], enum: ['a', null] },
    ],
    ['null as an alternative', { oneOf: [{ type: 'string' }, { type: 'null' }] }, { type: ['string', 'null'] }],
    [
      'bounds',
      { type: 'number', maximum: 5, exclusiveMaximum: true },
      { type: 'number', maximum: 5, exclusiveMaximum: 5 },
    ],
    ['oneOf', { oneOf: [{ type: 'string' }, { type: 'number' }] }, { anyOf: [{ type: 'string' }, { type: 'number' }] }],
    ['a hostile pattern', { type: 'string', pattern: '^(a+)+$' }, { type: 'string', description: 'Pattern: ^(a+)+$' }],
    [
      'markup',
      { type: 'string', description: '<p>A <b>big</b> [link](http://x.y)\u202e</p>' },
      { type: 'string', description: 'A big link' },
    ],
    ['strange members', { type: 'banana', minLength: -1, format: 'regex', enum: [] }, {}],
  ])('with %s becomes JSON Schema 2020-12', async (_, given, expected) => {
    expect(await readSchema(given, {}, '3.0.3')).toEqual(expected);
  });

  test('is merged of allOf, without what only answers hold', async () => {
    const base = {
      required: ['id', 'name'],
      properties: { id: { type: 'integer', readOnly: true }, name: { type: 'string' } },
    };
    const own = {
      type: 'object',
      required: ['size'],
      properties: { size: { type: 'integer' }, name: { maxLength: 9 } },
    };
    expect(await readSchema({ allOf: [{ $ref: '#/components/schemas/Base' }, own] }, { Base: base })).toEqual({
      type: 'object',
      properties: { name: { type: 'string', maxLength: 9 }, size: { type: 'integer' } },
      required: ['name', 'size'],
    });
  });

  test('that holds itself is cut with a note', async () => {
    const node = {
      type: 'object',
      properties: { name: { type: 'string' }, next: { $ref: '#/components/schemas/Node' } },
    };
    expect(await readSchema({ $ref: '#/components/schemas/Node' }, { Node: node })).toEqual({
      type: 'object',
      properties: { name: { type: 'string' }, next: { description: 'Nested further: the same shape as Node again.' } },
    });
  });

  test('that refers to nothing is open, and says so', async () => {
    expect(await readSchema({ $ref: '#/components/schemas/Gone' })).toEqual({
      description: 'Not described: "#/components/schemas/Gone" leads to nothing in the description.',
    });
  });
});

describe('an operation', () => {
  const schema = { type: 'string' };
  const parameter = (name: string, where: string, rest: Node = {}) => ({ name, in: where, schema, ...rest });

  test('takes the parameters of its path, its own first, and no credentials', async () => {
    const { operations } = await read(
      toText(
        {
          '/a/{id}': {
            parameters: [parameter('id', 'path'), parameter('q', 'query', { description: 'of the path' })],
            get: {
              parameters: [
                ...[parameter('q', 'query', { description: 'its own' }), parameter('key', 'query')],
                ...[parameter('Authorization', 'header'), parameter('x-trace', 'header'), parameter('id', 'query')],
              ],
            },
          },
        },
        { components: { securitySchemes: { key: { type: 'apiKey', in: 'query', name: 'key' } } } },
      ),
    );
    expect(operations[0]).toMatchObject({ name: 'get_a_id', title: 'GET /a/{id}', effect: 'read' });
    expect(operations[0]?.inputSchema).toMatchObject({ required: ['id'], additionalProperties: false });
    expect(propertiesOf(operations[0])).toEqual({
      id: schema,
      q: { ...schema, description: 'its own' },
      query_id: schema,
      'x-trace': schema,
    });
  });

  test('has a name of its own that a tool may have', async () => {
    const names = ['listPets', 'list pets', '列出', 'x'.repeat(90), undefined, 'LIST_PETS'];
    const paths = names.map((operationId, index) => [`/p${index}/`, { delete: { operationId } }]);
    const { operations } = await read(toText(Object.fromEntries(paths) as Node));
    expect(operations.map(({ name }) => name)).toEqual([
      ...[
        'list_pets',
        'list_pets_2',
        'delete_p2',
        expect.stringMatching(/^x{55}_[0-9a-f]{8}$/),
        'delete_p4',
        'list_pets_3',
      ],
    ]);
  });

  test('that cannot be called is skipped in words, the others are read', async () => {
    const { operations, skipped } = await read(
      toText({
        '/a': { trace: {}, get: {}, post: { parameters: [{ $ref: '#/components/parameters/Gone' }] } },
        '/b': {
          get: { parameters: [parameter('a\nb', 'header')] },
          put: { parameters: [parameter('c', 'elsewhere')] },
        },
        '/c': { $ref: 'other.yaml' },
        d: { get: {} },
      }),
    );
    expect(operations.map(({ name }) => name)).toEqual(['get_a']);
    expect(skipped.map(({ operation, reason }) => `${operation}: ${reason}`)).toEqual([
      expect.stringMatching(/^POST \/a: "#\/components\/parameters\/Gone" leads to nothing/),
      'TRACE /a: The hub does not call TRACE.',
      expect.stringMatching(/^GET \/b: "a b" is no name of a header/),
      expect.stringMatching(/^PUT \/b: .*"elsewhere"/),
      expect.stringMatching(/\/c: "other.yaml" is relative to the address of the description/),
      expect.stringMatching(/^GET d: Its path does not begin/),
    ]);
  });

  test('knows its servers and the ways to sign in', async () => {
    const flow = {
      authorizationUrl: '/authorize',
      tokenUrl: 'https://id.example.org/token',
      scopes: { read: 'Reads.' },
    };
    served.set(
      '/deep/api.json',
      toText(
        { '/a': { get: { servers: [{ url: 'https://other.example.org/' }] }, post: {} } },
        {
          servers: [
            { url: '../v2/' },
            { url: 'https://{host}/x', variables: { host: { default: 'h.org' } } },
            { url: 'ws://a' },
          ],
          components: {
            securitySchemes: {
              one: { type: 'oauth2', flows: { authorizationCode: flow } },
              two: { type: 'http', scheme: 'Bearer' },
              three: { type: 'openIdConnect', openIdConnectUrl: 'https://x.org' },
            },
          },
        },
      ),
    );
    const { servers, operations, securitySchemes } = await readAt('/deep/api.json');
    expect(servers).toEqual([`${site.url}/v2`, 'https://h.org/x']);
    expect(operations.map(({ server }) => server)).toEqual(['https://other.example.org', null]);
    expect(securitySchemes).toMatchObject([
      {
        kind: 'oauth2',
        authorizationUrl: `${site.url}/authorize`,
        tokenUrl: flow.tokenUrl,
        scopes: [{ name: 'read' }],
      },
      { name: 'two', kind: 'bearer' },
      { name: 'three', kind: 'other' },
    ]);
  });
});

describe('a reference', () => {
  const body = (reference: string) => ({
    '/a': { post: { requestBody: { content: { 'application/json': { schema: { $ref: reference } } } } } },
  });

  test('leads to other documents, and from them to others and back', async () => {
    served.set(
      '/r/api.json',
      toText(body('parts/pet.yaml#/Pet'), { components: { schemas: { Tag: { type: 'integer' } } } }),
    );
    served.set(
      '/r/parts/pet.yaml',
      `Pet: { properties: { owner: { $ref: '${site.url}/r/owner.json' }, tag: { $ref: '../api.json#/components/schemas/Tag' } } }`,
    );
    served.set('/r/owner.json', '{"type": "boolean"}');
    const { operations } = await readAt('/r/api.json');
    expect(propertiesOf(operations[0])).toEqual({ owner: { type: 'boolean' }, tag: { type: 'integer' } });
  });

  test.each([
    ['http://169.254.169.254/latest/meta-data', 'egress_refused', /169\.254\.169\.254.*not on the public internet/],
    ['file:///etc/passwd#/a', 'egress_refused', /file:\/\/\/etc\/passwd.*only http and https/],
    ['http://localhost:1/a', 'egress_refused', /port 1/],
    ['gone.json', 'unavailable', /gone\.json, which cannot be had.*404/],
    ['broken.json', 'validation_failed', /broken\.json cannot be read.*Line 2/],
  ])('to %s is refused, and says which', async (reference, code, message) => {
    served.set('/s/api.json', toText(body(reference)));
    served.set('/s/broken.json', '{"a":\n]');
    await expect(readAt('/s/api.json')).rejects.toMatchObject(refusal(code, message));
  });

  test('to a 20th other document is one too many', async () => {
    served.set('/many/0', toText(body('/many/1')));
    for (let next = 1; next <= 25; next += 1) served.set(`/many/${next}`, `{"allOf": [{"$ref": "/many/${next + 1}"}]}`);
    await expect(readAt('/many/0')).rejects.toMatchObject(refusal('payload_too_large', /more than 19 other documents/));
  });
});

describe('a hostile description', () => {
  const nested = (depth: number) => `${'{"items":'.repeat(depth)}{}${'}'.repeat(depth)}`;
  const withSchema = (schema: string) => toText(body).replace('"SCHEMA"', schema);
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
    ['an alias bomb', [...aliases, toText({}).slice(1, -1)].join('\n'), /YAML|OpenAPI/],
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
    await expect(read(text)).rejects.toMatchObject(refusal('validation_failed', message));
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
    const description = await read(text);
    checkOperations(description);
    expect(description.operations).toHaveLength(1);
    expect(propertiesOf(description.operations[0])['body'] ?? {}).toMatchObject(expected);
  });

  test('with names of the prototype changes nothing but loses them', async () => {
    const schema =
      '{"type":"object","properties":{"__proto__":{"type":"string"},"constructor":{"type":"integer"},"in":{"properties":{"__proto__":{"type":"string"}}}}}';
    const { operations } = await read(withSchema(schema).replace('"/a":', '"__proto__":{"get":{}},"/a":'));
    expect(operations.map(({ name }) => name)).toEqual(['post_a']);
    expect(propertiesOf(operations[0])).toEqual({ constructor: { type: 'integer' }, in: { type: 'object' } });
    expect(Object.getPrototypeOf({})).not.toHaveProperty('type');
  });

  test('with a circle of aliases is read', async () => {
    const text =
      'openapi: 3.1.0\npaths:\n  /a:\n    post:\n      requestBody:\n        content:\n          application/json:\n            schema: &s { properties: { s: *s, d: { default: *s } } }';
    const { operations } = await read(text);
    expect(propertiesOf(operations[0])).toEqual({
      s: { description: expect.stringMatching(/^Nested further/) },
      d: {},
    });
  });

  test('that takes too much memory or time, or was given up, ends there; the next is read', async () => {
    const hurried = createOpenApiReader({ workerFile, fetch: egress.fetch, limits: { readTimeoutMs: 200 } });
    const slow = `openapi: 3.1.0\na: ${'[[1],'.repeat(400)}${'[1],'.repeat(400_000)}`;
    await expect(hurried.read({ text: slow }, { signal })).rejects.toMatchObject(
      refusal('payload_too_large', /0\.2 seconds/),
    );
    const stop = new AbortController();
    const waiting = reader.read({ text: slow }, { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await hurried.close();
    const small = createOpenApiReader({ workerFile, fetch: egress.fetch, limits: { documentBytes: 1_000_000 } });
    await expect(small.read({ text: slow }, { signal })).rejects.toMatchObject(refusal('payload_too_large', /MB/));
    await small.close();
    expect((await read(toText({ '/a': { get: {} } }))).operations).toHaveLength(1);
  });

  test('of too many operations is refused with their number', async () => {
    await expect(read(makeLargeApi({ paths: 700, schemas: 2 }))).rejects.toMatchObject(
      refusal('validation_failed', /2100 operations; at most 2000/),
    );
  });
});
