type Node = { [key: string]: unknown };

const prose = 'Says in some words what this is for, when it is there, and what happens to it later. '.repeat(3);

/** A schema that refers to others, which refer to others, as those of the largest public APIs do. */
function describeSchema(number: number, schemas: number): Node {
  const reference = (step: number) => ({ $ref: `#/components/schemas/Thing${(number * 7 + step) % schemas}` });
  return {
    type: 'object',
    description: prose,
    required: ['name', 'kind'],
    properties: {
      id: { type: 'string', readOnly: true, description: prose },
      name: { type: 'string', description: prose, maxLength: 500 },
      kind: { type: 'string', enum: ['one', 'two', 'three', null], nullable: true },
      amount: { type: 'integer', minimum: 0, exclusiveMinimum: true },
      owner: reference(1),
      parent: { $ref: `#/components/schemas/Thing${number}` },
      parts: { type: 'array', items: reference(3) },
      choice: { oneOf: [reference(5), reference(11), { type: 'string' }] },
      merged: { allOf: [reference(13), { type: 'object', properties: { extra: { type: 'boolean' } } }] },
      labels: { type: 'object', additionalProperties: { type: 'string' } },
    },
  };
}

function describePath(number: number, schemas: number): Node {
  const thing = { $ref: `#/components/schemas/Thing${number % schemas}` };
  const content = { 'application/json': { schema: thing } };
  const operation = (verb: string, rest: Node = {}) => ({
    ...{ operationId: `${verb}Thing${number}`, summary: `${verb} thing ${number}`, description: prose.repeat(3) },
    ...{ tags: [`group${number % 20}`], responses: { 200: { description: prose, content } } },
    ...rest,
  });
  return {
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
    get: operation('get', { parameters: [{ $ref: '#/components/parameters/Page' }] }),
    post: operation('post', { requestBody: { required: true, content } }),
    delete: operation('delete'),
  };
}

/** An OpenAPI 3.0 description as JSON, of three operations a path and about 4 kB each with their schemas. */
export function makeLargeApi({ paths, schemas }: { paths: number; schemas: number }): string {
  const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);
  return JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Large API', version: '1' },
    servers: [{ url: 'https://api.example.org' }],
    paths: Object.fromEntries(numbers(paths).map((number) => [`/things${number}/{id}`, describePath(number, schemas)])),
    components: {
      parameters: { Page: { name: 'page', in: 'query', description: prose, schema: { type: 'integer' } } },
      schemas: Object.fromEntries(
        numbers(schemas).map((number) => [`Thing${number}`, describeSchema(number, schemas)]),
      ),
    },
  });
}
