const services = [
  'alerts',
  'backups',
  'caches',
  'clusters',
  'databases',
  'disks',
  'domains',
  'functions',
  'gateways',
  'images',
  'keys',
  'machines',
  'networks',
  'policies',
  'pools',
  'queues',
  'registries',
  'routes',
  'snapshots',
  'streams',
];
const editions = ['Basic', 'Global', 'Managed', 'Regional'];
const levels = 6;
const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** Each level is the one above and something more; the lowest has the kinds that are made of it. */
function describeLevel(level: number): [string, object] {
  const own = { type: 'object', properties: { [`level${level}`]: { type: 'string', minLength: level } } };
  return [
    `Level${level}`,
    level === 0
      ? { ...own, required: ['kind'], discriminator: { propertyName: 'kind' } }
      : { allOf: [reference(`Level${level - 1}`), own] },
  ];
}

function describeKind(service: string, edition: string): [string, object] {
  const name = `${edition}.${service}`;
  return [
    name,
    {
      allOf: [
        reference(`Level${levels - 1}`),
        {
          type: 'object',
          required: ['location'],
          properties: {
            kind: { const: name },
            location: { $ref: '#/components/schemas/Location', description: 'Where it is.' },
            etag: { type: 'string', readOnly: true },
            password: { type: 'string', writeOnly: true, format: 'password' },
            tags: { type: 'object', maxProperties: 15, additionalProperties: { type: 'string' } },
            peers: { type: 'array', items: reference(name), uniqueItems: true },
            sku: { $ref: '#/components/schemas/Sku/$defs/Named' },
          },
          unevaluatedProperties: false,
        },
      ],
    },
  ];
}

const pathParameter = (name: string) => ({ $ref: `#/components/parameters/${name}` });
const inQuery = (name: string, schema: object, more: object = {}) => ({ name, in: 'query', schema, ...more });
const json = (schema: object) => ({ content: { 'application/json': { schema } } });

function describePaths(service: string, edition: string): [string, object][] {
  const kind = reference(`${edition}.${service}`);
  const operation = (verb: string, more: object = {}) => ({
    operationId: `${edition}_${service}_${verb}`,
    summary: `${verb} ${edition} ${service}`,
    responses: { 200: { description: 'OK', ...json(kind) }, default: { description: 'Error' } },
    ...more,
  });
  const base = `/subscriptions/{subscriptionId}/groups/{group}/providers/Cloud.${edition}/${service}`;
  const parameters = ['subscriptionId', 'group', 'version', 'trace'].map(pathParameter);
  const name = pathParameter('resourceName');
  return [
    [
      base,
      {
        parameters,
        get: operation('List', {
          parameters: [
            inQuery(
              '$filter',
              { type: 'object', additionalProperties: { type: 'string' } },
              { style: 'deepObject', explode: true },
            ),
            inQuery('fields', { type: 'array', items: { type: 'string' } }, { style: 'form', explode: false }),
            inQuery('regions', { type: 'array', items: { type: 'string' } }, { style: 'pipeDelimited' }),
          ],
        }),
      },
    ],
    [
      `${base}/{resourceName}`,
      {
        parameters: [...parameters, name],
        get: operation('Get'),
        put: operation('Put', { requestBody: { required: true, ...json(kind) }, security: [{ oauth: ['write'] }] }),
        patch: operation('Patch', { requestBody: { content: { 'application/merge-patch+json': { schema: kind } } } }),
        delete: operation('Delete', {
          parameters: [{ name: 'If-Match', in: 'header', required: true, schema: { type: 'string' } }],
        }),
        head: operation('Exists'),
      },
    ],
    [
      `${base}/{resourceName}:restart`,
      {
        parameters: [...parameters, name],
        post: operation('Restart', { requestBody: json({ oneOf: [kind, reference('Sku'), { type: 'null' }] }) }),
      },
    ],
    [
      `${base}/{resourceName}/points/{point}.json`,
      {
        servers: [{ url: 'REPLACED/data/{zone}', variables: { zone: { default: 'z1', enum: ['z1', 'z2'] } } }],
        parameters: [
          ...parameters,
          name,
          {
            name: 'point',
            in: 'path',
            required: true,
            style: 'simple',
            schema: { type: 'array', items: { type: 'number' } },
          },
        ],
        get: operation('ReadPoint', { security: [] }),
      },
    ],
  ];
}

const inPath = (name: string, schema: object = { type: 'string' }) => ({ name, in: 'path', required: true, schema });

/** In the shape of a cloud's management: 640 operations, inheritance, many servers, styles and sign-ins, OpenAPI 3.1 as JSON. */
export function makeCloudApi(server: string): string {
  const all = services.flatMap((service) => editions.map((edition) => [service, edition] as const));
  const described = {
    openapi: '3.1.1',
    info: { title: 'Cloud', summary: 'Management of a cloud.', version: '2026-10-01' },
    servers: [
      {
        url: `${server}/{stage}`,
        description: 'Public',
        variables: { stage: { default: 'live', enum: ['live', 'test'] } },
      },
      ...['eu', 'us', 'cn'].map((region) => ({ url: `https://${region}.cloud.example.org`, description: region })),
    ],
    security: [{ oauth: ['read'] }, { key: [] }, { keyInQuery: [] }, { basic: [] }, { session: [], key: [] }],
    paths: Object.fromEntries(all.flatMap(([service, edition]) => describePaths(service, edition))),
    components: {
      securitySchemes: {
        oauth: {
          type: 'oauth2',
          flows: {
            clientCredentials: { tokenUrl: 'https://login.example.org/token', scopes: { read: '', write: '' } },
          },
        },
        key: { type: 'apiKey', in: 'header', name: 'X-Cloud-Key' },
        keyInQuery: { type: 'apiKey', in: 'query', name: 'key' },
        basic: { type: 'http', scheme: 'basic' },
        session: { type: 'apiKey', in: 'cookie', name: 'session' },
        certificate: { type: 'mutualTLS' },
      },
      parameters: {
        subscriptionId: inPath('subscriptionId', { type: 'string', format: 'uuid' }),
        group: inPath('group', { type: 'string', pattern: '^[-\\w._()]+$', maxLength: 90 }),
        resourceName: inPath('resourceName'),
        version: inQuery('api-version', { const: '2026-10-01' }, { required: true }),
        trace: { name: 'trace', in: 'cookie', schema: { type: 'string' } },
      },
      schemas: {
        ...Object.fromEntries(Array.from({ length: levels }, (_, level) => describeLevel(level))),
        ...Object.fromEntries(all.map(([service, edition]) => describeKind(service, edition))),
        Location: { type: 'string', examples: ['eu-north'], enum: ['eu-north', 'us-west'] },
        Sku: {
          $defs: {
            Named: {
              type: 'object',
              properties: { name: { type: 'string' }, next: { $ref: '#/components/schemas/Sku/$defs/Named' } },
            },
          },
          type: ['object', 'null'],
          properties: { capacity: { type: 'integer', exclusiveMinimum: 0 } },
        },
      },
    },
  };
  return JSON.stringify(described).replaceAll('REPLACED', server);
}
