type Node = { [key: string]: unknown };
type Place = 'path' | 'query' | 'header' | 'cookie';

const shapes: Record<string, Node> = {
  one: { type: 'string' },
  list: { type: 'array', items: { type: 'string' } },
  members: { type: 'object', properties: { R: { type: 'integer' }, G: { type: 'integer' }, B: { type: 'integer' } } },
};
const echoed = { responses: { 200: { description: 'What was received.' } } };
const item = {
  type: 'object',
  required: ['name'],
  properties: {
    id: { type: 'integer', readOnly: true },
    name: { type: 'string', description: 'What it is called.' },
    price: { type: ['number', 'null'] },
    tags: { type: 'array', items: { type: 'string' } },
    parent: { $ref: '#/components/schemas/Item' },
  },
};

/** One operation a style, as `query-form-list-explode`; each has a single parameter, `color`. */
function describeStyles(): Node {
  const rows: [Place, string, string[]][] = [
    ['path', 'simple', ['one', 'list', 'members', 'list-explode', 'members-explode']],
    ['path', 'label', ['one', 'list', 'members', 'list-explode', 'members-explode']],
    ['path', 'matrix', ['one', 'list', 'members', 'list-explode', 'members-explode']],
    ['query', 'form', ['one', 'list', 'members', 'list-explode', 'members-explode']],
    ['query', 'spaceDelimited', ['list']],
    ['query', 'pipeDelimited', ['list', 'members']],
    ['query', 'deepObject', ['members-explode']],
    ['header', 'simple', ['one', 'list', 'members', 'members-explode']],
    ['cookie', 'form', ['one', 'list']],
  ];
  return Object.fromEntries(
    rows.flatMap(([where, style, kinds]) =>
      kinds.map((kind) => {
        const operationId = `${where}-${style}-${kind}`;
        const [shape = 'one', explode] = kind.split('-');
        const parameter = {
          ...{ name: 'color', in: where, style, explode: explode === 'explode', schema: shapes[shape] },
          required: where === 'path',
        };
        const path = `/styles/${operationId}${where === 'path' ? '/{color}' : ''}`;
        return [path, { get: { operationId, summary: `Sends ${operationId}`, parameters: [parameter], ...echoed } }];
      }),
    ),
  );
}

function describeBody(operationId: string, mediaType: string, content: Node, required = true): [string, Node] {
  const requestBody = { required, content: { [mediaType]: content } };
  return [`/bodies/${operationId}`, { post: { operationId, requestBody, ...echoed } }];
}

function describeBodies(): Node {
  const file = { type: 'string', format: 'binary' };
  const form = {
    type: 'object',
    properties: {
      name: { type: 'string' },
      tags: { type: 'array', items: { type: 'string' } },
      address: { type: 'object', properties: { city: { type: 'string' } } },
    },
  };
  return Object.fromEntries([
    describeBody('body-json', 'application/json', { schema: { $ref: '#/components/schemas/Item' } }),
    describeBody('body-choice', 'application/json', { schema: { $ref: '#/components/schemas/Shape' } }),
    describeBody('body-patch', 'application/merge-patch+json', { schema: { type: 'object' } }, false),
    describeBody('body-form', 'application/x-www-form-urlencoded', { schema: form }),
    describeBody('body-deep-form', 'application/x-www-form-urlencoded', {
      schema: form,
      encoding: { address: { style: 'deepObject', explode: true }, tags: { style: 'form', explode: false } },
    }),
    describeBody('body-multipart', 'multipart/form-data', {
      schema: {
        ...form,
        required: ['photo'],
        properties: { ...form.properties, photo: file, more: { type: 'array', items: file } },
      },
      encoding: { photo: { contentType: 'image/png' } },
    }),
    describeBody('body-text', 'text/plain', { schema: { type: 'string' } }),
    describeBody('body-bytes', 'application/octet-stream', {}),
  ]);
}

function describeSignIn(): Node {
  return Object.fromEntries(
    ['key-header', 'key-query', 'key-cookie', 'bearer', 'basic'].map((scheme) => [
      `/secure/${scheme}`,
      { get: { operationId: `sign-in-${scheme}`, security: [{ [scheme]: [] }], ...echoed } },
    ]),
  );
}

function describeAnswers(): Node {
  const plain = ['slow', 'huge', 'moved', 'moved-inside', 'empty', 'picture', 'garbage', 'deep', 'text'];
  const status = { name: 'status', in: 'path', required: true, schema: { type: 'integer' } };
  return {
    ...Object.fromEntries(
      plain.map((kind) => [`/answers/${kind}`, { get: { operationId: `answer-${kind}`, ...echoed } }]),
    ),
    '/answers/status/{status}': { get: { operationId: 'answer-status', parameters: [status], ...echoed } },
  };
}

function describeItems(): Node {
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
  const requestBody = { content: { 'application/json': { schema: { $ref: '#/components/schemas/Item' } } } };
  return {
    '/items': {
      get: {
        operationId: 'listItems',
        summary: 'List items',
        tags: ['items'],
        parameters: [
          { name: 'filter[name]', in: 'query', schema: { type: 'string' } },
          { name: 'where', in: 'query', content: { 'application/json': { schema: { type: 'object' } } } },
          { name: 'next', in: 'query', allowReserved: true, schema: { type: 'string' } },
        ],
        ...echoed,
      },
      post: { operationId: 'createItem', summary: 'Create an item', tags: ['items'], requestBody, ...echoed },
    },
    '/items/{id}': {
      parameters: [id],
      get: { operationId: 'getItem', ...echoed },
      head: { operationId: 'checkItem', ...echoed },
      put: {
        operationId: 'replaceItem',
        parameters: [{ name: 'name', in: 'query', schema: { type: 'string' } }],
        requestBody,
        ...echoed,
      },
      patch: { operationId: 'changeItem', requestBody, ...echoed },
      delete: { operationId: 'removeItem', ...echoed },
    },
  };
}

/** The description of the sample API: OpenAPI 3.1 with 60 operations, its server relative to itself. */
export const sampleApiDescription = {
  openapi: '3.1.0',
  info: { title: 'Sample API', version: '1.2.3', description: 'Answers with what it **received**.' },
  servers: [{ url: './v1' }],
  paths: {
    ...describeStyles(),
    ...describeBodies(),
    ...describeSignIn(),
    ...describeAnswers(),
    ...describeItems(),
  },
  components: {
    securitySchemes: {
      'key-header': { type: 'apiKey', in: 'header', name: 'X-Sample-Key' },
      'key-query': { type: 'apiKey', in: 'query', name: 'sample_key' },
      'key-cookie': { type: 'apiKey', in: 'cookie', name: 'sample_key' },
      bearer: { type: 'http', scheme: 'bearer' },
      basic: { type: 'http', scheme: 'basic' },
    },
    schemas: {
      Item: item,
      Circle: {
        type: 'object',
        required: ['kind'],
        properties: { kind: { type: 'string' }, radius: { type: 'number' } },
      },
      Square: {
        type: 'object',
        required: ['kind'],
        properties: { kind: { type: 'string' }, side: { type: 'number' } },
      },
      Shape: {
        oneOf: [{ $ref: '#/components/schemas/Circle' }, { $ref: '#/components/schemas/Square' }],
        discriminator: { propertyName: 'kind', mapping: { circle: '#/components/schemas/Circle' } },
      },
    },
  },
};
