const names = ['account', 'charge', 'coupon', 'customer', 'dispute', 'invoice', 'mandate', 'payout', 'price', 'refund'];
const areas = ['', 'billing_', 'capital_', 'climate_', 'issuing_', 'radar_', 'tax_', 'terminal_', 'test_', 'treasury_'];
const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** An object whose members are identifiers or, expanded, the objects that hold it: all schemas hang together in circles. */
function describeResource(name: string, place: number, all: string[]) {
  const expandable = (step: number) => {
    const other = reference(all[(place * 3 + step) % all.length] ?? name);
    return { anyOf: [{ maxLength: 5000, type: 'string' }, other], 'x-expansionResources': { oneOf: [other] } };
  };
  return {
    type: 'object',
    required: ['id', 'object'],
    properties: {
      id: { type: 'string', maxLength: 5000 },
      object: { type: 'string', enum: [name] },
      parent: { ...expandable(0), nullable: true },
      balance: expandable(1),
      owner: expandable(7),
      metadata: { type: 'object', additionalProperties: { type: 'string', maxLength: 500 } },
    },
    'x-expandableFields': ['parent', 'balance', 'owner'],
  };
}

const address = {
  type: 'object',
  title: 'optional_fields_address',
  properties: { city: { type: 'string', maxLength: 5000 }, country: { type: 'string' }, line1: { type: 'string' } },
};
const formBody = {
  content: {
    'application/x-www-form-urlencoded': {
      encoding: {
        address: { explode: true, style: 'deepObject' },
        expand: { explode: true, style: 'deepObject' },
        metadata: { explode: true, style: 'deepObject' },
      },
      schema: {
        type: 'object',
        properties: {
          amount: { type: 'integer', description: 'In the <a href="/currencies">smallest unit</a> of its currency.' },
          description: {
            anyOf: [
              { type: 'string', maxLength: 350 },
              { type: 'string', enum: [''] },
            ],
          },
          address: { anyOf: [address, { type: 'string', enum: [''] }] },
          expand: { type: 'array', items: { type: 'string', maxLength: 5000 } },
          metadata: {
            anyOf: [
              { type: 'object', additionalProperties: { type: 'string' } },
              { type: 'string', enum: [''] },
            ],
          },
        },
        additionalProperties: false,
      },
    },
  },
};
const inQuery = (name: string, schema: object, more: object = {}) => ({ name, in: 'query', schema, ...more });
const expand = inQuery('expand', { type: 'array', items: { type: 'string' } }, { explode: true, style: 'deepObject' });
const created = {
  anyOf: [{ type: 'object', properties: { gt: { type: 'integer' }, lt: { type: 'integer' } } }, { type: 'integer' }],
};

function describePaths(name: string) {
  const id = { name: 'id', in: 'path', required: true, style: 'simple', schema: { type: 'string', maxLength: 5000 } };
  const operation = (kind: string, more: object = {}) => ({
    operationId: `${kind}_${name}`,
    description: `<p>${kind} of ${name}, as <code>${name}</code>.</p>`,
    responses: { 200: { description: 'Done.', content: { 'application/json': { schema: reference(name) } } } },
    ...more,
  });
  return [
    [
      `/${name}s`,
      {
        get: operation('list', {
          parameters: [
            inQuery('created', created, { explode: true, style: 'deepObject' }),
            expand,
            inQuery('limit', { type: 'integer' }),
          ],
        }),
        post: operation('create', { requestBody: formBody }),
      },
    ],
    [
      `/${name}s/{id}`,
      {
        get: operation('retrieve', { parameters: [expand, id] }),
        post: operation('update', { parameters: [id], requestBody: formBody }),
        delete: operation('delete', { parameters: [id] }),
      },
    ],
  ];
}

/** In the shape of a payment service: 500 operations with forms for bodies, OpenAPI 3.0 as JSON. */
export function makePaymentsApi(server: string): string {
  const all = areas.flatMap((area) => names.map((name) => area + name));
  return JSON.stringify({
    openapi: '3.0.0',
    info: { title: 'Payments', version: '2026-11-20' },
    servers: [{ url: `${server}/` }],
    security: [{ basicAuth: [] }, { bearerAuth: [] }],
    paths: Object.fromEntries(all.flatMap(describePaths)),
    components: {
      securitySchemes: {
        basicAuth: { type: 'http', scheme: 'basic' },
        bearerAuth: { type: 'http', scheme: 'bearer', bearerFormat: 'auth-scheme' },
      },
      schemas: Object.fromEntries(all.map((name, place) => [name, describeResource(name, place, all)])),
    },
  });
}
