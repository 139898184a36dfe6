import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '#server/contract/json.ts';
import { OpenApiDescription } from '#server/contract/openapi-operation.ts';
import { readDescription } from '#server/platform/openapi/read-description.ts';
import {
  findFaults,
  type DescriptionDesk,
  openDescriptionDesk,
  propertiesOf,
  toDescriptionText,
} from '#test/support/description-desk.ts';
import { makeLargeApi } from '#test/support/large-api.ts';
import { makeCloudApi } from '#test/support/large-apis/make-cloud-api.ts';
import { makeClusterApi } from '#test/support/large-apis/make-cluster-api.ts';
import { makeForgeApi } from '#test/support/large-apis/make-forge-api.ts';
import { makeMessagingApi } from '#test/support/large-apis/make-messaging-api.ts';
import { makePaymentsApi } from '#test/support/large-apis/make-payments-api.ts';

type Node = { [key: string]: unknown };

const examples = join(import.meta.dirname, '../../node_modules/@readme/oas-examples');

let desk: DescriptionDesk;

beforeAll(async () => {
  desk = await openDescriptionDesk();
});
afterAll(() => desk.close());

/** The input schema's property of the one operation that takes `schema` as its body. */
async function readSchema(schema: unknown, schemas: Node = {}, openapi = '3.1.0'): Promise<JsonObject> {
  const content = { 'application/json': { schema: { type: 'object', properties: { value: schema } } } };
  const paths = { '/a': { post: { operationId: 'a', requestBody: { required: true, content } } } };
  const { operations } = await desk.read(toDescriptionText(paths, { openapi, components: { schemas } }));
  return propertiesOf(operations[0])['value'] as JsonObject;
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
    const description = OpenApiDescription.parse(await desk.read(readFileSync(join(examples, file), 'utf8')));
    expect(description).toMatchObject({ title, skipped: [] });
    expect(description.operations).toHaveLength(operations);
    expect(findFaults(description)).toEqual([]);
  });

  test('says the same in YAML and in JSON', async () => {
    const [json, yaml] = await Promise.all(
      ['json', 'yaml'].map((kind) => desk.read(readFileSync(join(examples, `3.1/${kind}/readme.${kind}`), 'utf8'))),
    );
    expect(yaml).toEqual(json);
  });

  test('of 510 operations that all hang together takes less than two seconds of a processor', () => {
    const text = makeLargeApi({ paths: 170, schemas: 300 });
    expect(text.length).toBeGreaterThan(1_000_000);
    const startedAt = process.cpuUsage();
    const outcome = readDescription([{ address: null, url: null, text }]);
    const { user, system } = process.cpuUsage(startedAt);
    expect((user + system) / 1_000).toBeLessThan(2_000);
    if (!('description' in outcome)) throw new Error('A document is missing.');
    const { description } = outcome;
    expect(description.operations).toHaveLength(510);
    expect(findFaults(description)).toEqual([]);
    expect(propertiesOf(description.operations[1])).toMatchObject({
      id: { type: 'string' },
      name: { type: 'string', description: expect.stringMatching(/^Says in some words/), maxLength: 500 },
      kind: { enum: ['one', 'two', 'three', null] },
      amount: { type: 'integer', exclusiveMinimum: 0 },
      choice: { anyOf: [{ type: 'object' }, { type: 'object' }, { type: 'string' }] },
    });
  });
});

test.each([makeCloudApi, makeClusterApi, makeForgeApi, makeMessagingApi, makePaymentsApi])(
  'a description in the shape of a large public one has no fault in any operation: %o',
  (make) => {
    const outcome = readDescription([{ address: null, url: null, text: make('https://api.example.org/v1') }]);
    expect('description' in outcome && findFaults(outcome.description)).toEqual([]);
  },
);

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

  test('of alternatives says by which values a discriminator tells them apart', async () => {
    const kind = { type: 'object', required: ['kind'], properties: { kind: { type: 'string' } } };
    const mapping = { cat: '#/components/schemas/Cat', kitten: 'Cat' };
    const members = ['Cat', 'Dog'].map((name) => ({ $ref: `#/components/schemas/${name}` }));
    const schema = { oneOf: members, discriminator: { propertyName: 'kind', mapping } };
    const read = await readSchema(schema, { Cat: kind, Dog: kind });
    expect(read['anyOf']).toMatchObject([
      { properties: { kind: { type: 'string', enum: ['cat', 'kitten'] } } },
      { properties: { kind: { type: 'string', const: 'Dog' } } },
    ]);
    expect(await readSchema({ type: 'object', anyOf: [{ required: ['a'] }, { required: ['b'] }] })).toEqual({
      type: 'object',
    });
  });

  test('that others extend stays open for what they add', async () => {
    const base = { type: 'object', properties: { kind: { type: 'string' } }, discriminator: { propertyName: 'kind' } };
    const requestBody = { required: true, content: { 'application/json': { schema: base } } };
    const { operations } = await desk.read(toDescriptionText({ '/a': { post: { requestBody } } }));
    expect(propertiesOf(operations[0])).toEqual({
      body: { type: 'object', properties: { kind: { type: 'string' } } },
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
    const { operations } = await desk.read(
      toDescriptionText(
        {
          '/a/{id}': {
            parameters: [parameter('id', 'path'), parameter('q', 'query', { description: 'of the path' })],
            get: {
              parameters: [
                ...[parameter('q', 'query', { description: 'its own' }), parameter('key', 'query')],
                ...[
                  parameter('Authorization', 'header'),
                  parameter('x-trace', 'header', { schema: { type: 'string', pattern: '^a' }, description: 'Traces.' }),
                  parameter('id', 'query'),
                ],
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
      'x-trace': { ...schema, description: 'Traces.\nPattern: ^a' },
    });
  });

  test('has a name of its own that a tool may have', async () => {
    const names = ['listPets', 'list pets', '列出', 'x'.repeat(90), undefined, 'LIST_PETS'];
    const paths = names.map((operationId, index) => [`/p${index}/`, { delete: { operationId } }]);
    const { operations } = await desk.read(toDescriptionText(Object.fromEntries(paths) as Node));
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
    const { operations, skipped } = await desk.read(
      toDescriptionText({
        '/a': { trace: {}, get: {}, post: { parameters: [{ $ref: '#/components/parameters/Gone' }] } },
        '/b': {
          get: { parameters: [parameter('a\nb', 'header')] },
          put: { parameters: [parameter('c', 'elsewhere')] },
        },
        '/c': { $ref: 'other.yaml' },
        '/e': { post: { requestBody: { required: true, content: { 'a/b\r\nx: y+json': {} } } } },
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
      'POST /e: Its body has no media type that can be sent.',
      expect.stringMatching(/^GET d: Its path does not begin/),
    ]);
  });

  test('knows its servers and the ways to sign in', async () => {
    const flow = {
      authorizationUrl: '/authorize',
      tokenUrl: 'https://id.example.org/token',
      scopes: { read: 'Reads.' },
    };
    desk.served.set(
      '/deep/api.json',
      toDescriptionText(
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
    const { servers, operations, securitySchemes } = await desk.readAt('/deep/api.json');
    expect(servers).toEqual([`${desk.url}/v2`, 'https://h.org/x']);
    expect(operations.map(({ server }) => server)).toEqual(['https://other.example.org', null]);
    expect(securitySchemes).toMatchObject([
      {
        kind: 'oauth2',
        authorizationUrl: `${desk.url}/authorize`,
        tokenUrl: flow.tokenUrl,
        scopes: [{ name: 'read' }],
      },
      { name: 'two', kind: 'bearer' },
      { name: 'three', kind: 'other' },
    ]);
  });
});
