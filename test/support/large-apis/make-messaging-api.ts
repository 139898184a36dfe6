import { stringify } from 'yaml';

const nouns = [
  'application',
  'channel',
  'emoji',
  'guild',
  'interaction',
  'invite',
  'lobby',
  'member',
  'poll',
  'role',
  'soundboard',
  'stage',
  'sticker',
  'subscription',
  'template',
  'thread',
  'user',
  'voice',
  'webhook',
  'widget',
];
const sides = ['', 'bot-', 'partner-'];
const snowflake = { type: 'string', pattern: '^(0|[1-9][0-9]*)$', maxLength: 20 };
const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const componentKinds = ['ActionRow', 'Button', 'Container', 'Gallery', 'Section', 'Select', 'TextInput'];

/** Components hold components: a web of alternatives without a last one. */
const describeComponent = (kind: string, place: number) => ({
  type: 'object',
  required: ['type'],
  properties: {
    type: { const: place + 1, description: 'A number that tells the kind.' },
    label: { type: ['string', 'null'], minLength: 1, maxLength: 80 },
    style: {
      type: 'integer',
      oneOf: [
        { title: 'PRIMARY', const: 1 },
        { title: 'LINK', const: 5 },
      ],
      format: 'int32',
    },
    components: { type: 'array', maxItems: 10, items: { oneOf: componentKinds.map(reference) } },
  },
  title: kind,
});

const describeNoun = (noun: string) => ({
  type: 'object',
  required: ['id'],
  properties: {
    id: snowflake,
    name: { type: 'string', minLength: 1, maxLength: 100 },
    flags: { type: ['integer', 'null'], format: 'int32' },
    of: { oneOf: [{ type: 'null' }, reference(noun)] },
  },
});

const message = {
  type: 'object',
  properties: {
    content: { type: ['string', 'null'], maxLength: 4000 },
    embeds: {
      type: ['array', 'null'],
      items: { type: 'object', properties: { title: { type: ['string', 'null'] } } },
      maxItems: 10,
    },
    allowed_mentions: {
      oneOf: [
        { type: 'null' },
        {
          type: 'object',
          properties: { parse: { type: 'array', uniqueItems: true, items: { enum: ['users', 'roles', null] } } },
        },
      ],
    },
    components: { type: ['array', 'null'], items: { oneOf: componentKinds.map(reference) } },
    nonce: {
      anyOf: [{ type: 'integer', maximum: 9007199254740991 }, { type: 'string', maxLength: 25 }, { type: 'null' }],
    },
  },
};

function describePaths(side: string, noun: string): [string, object][] {
  const title = `${side}${noun}`.replace('-', '_');
  const operation = (verb: string, more: object = {}) => ({
    operationId: `${verb}_${title}`,
    responses: {
      '200': { description: 'OK', content: { 'application/json': { schema: reference(noun) } } },
      '4XX': { $ref: '#/components/responses/ClientErrorResponse' },
    },
    security: side === 'bot-' ? [{ BotToken: [] }] : [{ BotToken: [] }, { OAuth2: ['identify'] }, {}],
    ...more,
  });
  const id = { name: `${noun}_id`, in: 'path', required: true, schema: reference('SnowflakeType') };
  const withFiles = {
    required: true,
    content: {
      'multipart/form-data': {
        schema: {
          type: 'object',
          allOf: [reference('MessageCreateRequest')],
          properties: Object.fromEntries(
            Array.from({ length: 10 }, (_, place) => [
              `files[${place}]`,
              { type: 'string', contentEncoding: 'binary' },
            ]),
          ),
        },
      },
    },
  };
  return [
    [
      `/${side}${noun}s`,
      {
        get: operation('list', {
          parameters: [
            { name: 'before', in: 'query', schema: reference('SnowflakeType') },
            { name: 'ids', in: 'query', schema: { type: ['string', 'array'], items: reference('SnowflakeType') } },
          ],
        }),
        post: operation('create', {
          requestBody: { required: true, content: { 'application/json': { schema: reference(noun) } } },
        }),
      },
    ],
    [
      `/${side}${noun}s/{${noun}_id}`,
      {
        parameters: [id],
        get: operation('get'),
        patch: operation('update', {
          requestBody: {
            content: {
              'application/json': {
                schema: { allOf: [reference(noun), { properties: { reason: { type: 'string' } } }] },
              },
            },
          },
        }),
        delete: operation('delete', {
          parameters: [{ name: 'X-Audit-Reason', in: 'header', schema: { type: 'string' } }],
        }),
      },
    ],
    [
      `/${side}${noun}s/{${noun}_id}/messages`,
      { parameters: [id], post: operation('send_to', { requestBody: withFiles }) },
    ],
    [
      `/${side}${noun}s/{${noun}_id}/reactions/{emoji}/@me`,
      {
        parameters: [id, { name: 'emoji', in: 'path', required: true, schema: { type: 'string' } }],
        put: operation('react_to'),
      },
    ],
  ];
}

/** In the shape of a messenger: 420 operations with files in forms and webs of alternatives, OpenAPI 3.1 as YAML with anchors. */
export function makeMessagingApi(server: string): string {
  return stringify({
    openapi: '3.1.0',
    info: { title: 'Messaging', version: '10', 'x-changes': null },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    servers: [{ url: server }],
    paths: Object.fromEntries(sides.flatMap((side) => nouns.flatMap((noun) => describePaths(side, noun)))),
    webhooks: { joined: { post: { operationId: 'joined', responses: {} } } },
    components: {
      securitySchemes: {
        BotToken: { type: 'apiKey', in: 'header', name: 'Authorization' },
        OAuth2: {
          type: 'oauth2',
          flows: {
            authorizationCode: {
              authorizationUrl: 'https://example.org/a',
              tokenUrl: 'https://example.org/t',
              scopes: { identify: 'Who you are' },
            },
          },
        },
      },
      responses: { ClientErrorResponse: { description: 'Refused.' } },
      schemas: {
        SnowflakeType: snowflake,
        MessageCreateRequest: message,
        ...Object.fromEntries(nouns.map((noun) => [noun, describeNoun(noun)])),
        ...Object.fromEntries(componentKinds.map((kind, place) => [kind, describeComponent(kind, place)])),
      },
    },
  });
}
