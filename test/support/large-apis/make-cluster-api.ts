const groups = ['core', 'apps', 'batch', 'networking', 'policy', 'storage'];
const kinds = ['Account', 'Claim', 'Config', 'Job', 'Node', 'Pod', 'Quota', 'Role', 'Secret', 'Service'];
const schemaName = (group: string, kind: string) => `io.cluster.api.${group}.v1.${kind}`;
const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const meta = 'io.cluster.apimachinery.meta.v1';

/** Twelve steps deep before the first leaf, and with members of its own kind. */
function describeSpec(depth: number): [string, object][] {
  const own = `${meta}.Spec${depth}`;
  return [
    [
      own,
      {
        type: 'object',
        description: `Part ${depth} of what is wanted.`,
        properties: {
          name: { type: 'string' },
          replicas: { type: 'integer', format: 'int32' },
          selector: { type: 'object', additionalProperties: { type: 'string' } },
          template: {
            allOf: [reference(`${meta}.Spec${Math.max(0, depth - 1)}`)],
            default: {},
            description: 'The next.',
          },
          not: reference(own),
          quantity: { oneOf: [{ type: 'string' }, { type: 'number' }] },
        },
      },
    ],
  ];
}

function describeKind(group: string, kind: string): [string, object] {
  return [
    schemaName(group, kind),
    {
      type: 'object',
      properties: {
        apiVersion: { type: 'string' },
        kind: { type: 'string' },
        metadata: { allOf: [reference(`${meta}.ObjectMeta`)], default: {} },
        spec: { allOf: [reference(`${meta}.Spec12`)], default: {} },
        status: { readOnly: true, type: 'object' },
      },
      'x-group-version-kind': [{ group, kind, version: 'v1' }],
    },
  ];
}

const parameter = (name: string) => ({ $ref: `#/components/parameters/${name}` });
const patchBody = {
  required: true,
  content: Object.fromEntries(
    ['application/json-patch+json', 'application/merge-patch+json', 'application/strategic-merge-patch+json'].map(
      (type) => [type, { schema: reference(`${meta}.Patch`) }],
    ),
  ),
};

function describePaths(group: string, kind: string): [string, object][] {
  const thing = reference(schemaName(group, kind));
  const operation = (verb: string, more: object = {}) => ({
    operationId: `${verb}${group}V1Namespaced${kind}`,
    description: `${verb} of ${kind}`,
    responses: { 200: { description: 'OK', content: { 'application/json': { schema: thing } } } },
    ...more,
  });
  const body = { requestBody: { required: true, content: { '*/*': { schema: thing } } } };
  const dryRun = { parameters: [{ name: 'dryRun', in: 'query', schema: { type: 'string', uniqueItems: true } }] };
  const base = `/apis/${group}/v1/namespaces/{namespace}/${kind.toLowerCase()}s`;
  const named = { parameters: [parameter('name'), parameter('namespace'), parameter('pretty')] };
  return [
    [
      base,
      {
        parameters: [parameter('namespace'), parameter('pretty')],
        get: operation('list', { parameters: [parameter('labelSelector'), parameter('watch')] }),
        post: operation('create', { ...dryRun, ...body }),
        delete: operation('deleteCollectionOf'),
      },
    ],
    [
      `${base}/{name}`,
      {
        ...named,
        get: operation('read'),
        put: operation('replace', { ...dryRun, ...body }),
        patch: operation('patch', { requestBody: patchBody }),
        delete: operation('delete', dryRun),
      },
    ],
    [`${base}/{name}/status`, { ...named, get: operation('readStatusOf'), put: operation('replaceStatusOf', body) }],
    [`${base}/{name}/proxy/{path}`, { ...named, get: operation('proxy', { parameters: [parameter('path')] }) }],
  ];
}

const inPath = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string', uniqueItems: true } });
const inQuery = (name: string, type: string) => ({ name, in: 'query', schema: { type, uniqueItems: true } });

/** In the shape of a cluster's control plane: 600 operations of few patterns, deep and circular schemas, OpenAPI 3.0 as JSON. */
export function makeClusterApi(server: string): string {
  const all = groups.flatMap((group) => kinds.map((kind) => [group, kind] as const));
  return JSON.stringify({
    openapi: '3.0.0',
    info: { title: 'Cluster', version: 'v1.35.0' },
    servers: [{ url: server }],
    security: [{ BearerToken: [] }],
    paths: Object.fromEntries(all.flatMap(([group, kind]) => describePaths(group, kind))),
    components: {
      securitySchemes: { BearerToken: { type: 'apiKey', name: 'authorization', in: 'header' } },
      parameters: {
        ...Object.fromEntries(['name', 'namespace', 'path'].map((name) => [name, inPath(name)])),
        pretty: inQuery('pretty', 'string'),
        labelSelector: inQuery('labelSelector', 'string'),
        watch: inQuery('watch', 'boolean'),
      },
      schemas: {
        ...Object.fromEntries(Array.from({ length: 13 }, (_, depth) => describeSpec(depth)).flat()),
        ...Object.fromEntries(all.map(([group, kind]) => describeKind(group, kind))),
        [`${meta}.ObjectMeta`]: {
          type: 'object',
          properties: {
            name: { type: 'string' },
            labels: { type: 'object', additionalProperties: { type: 'string', default: '' } },
            owners: { type: 'array', items: reference(`${meta}.ObjectMeta`) },
          },
        },
        [`${meta}.Patch`]: { type: 'object', description: 'A change.' },
      },
    },
  });
}
