const subjects = [
  'actions',
  'branches',
  'checks',
  'commits',
  'deployments',
  'environments',
  'forks',
  'hooks',
  'issues',
  'keys',
  'labels',
  'milestones',
  'pages',
  'pulls',
  'releases',
  'rulesets',
  'runners',
  'secrets',
  'tags',
  'teams',
  'topics',
  'traffic',
  'variables',
  'workflows',
  'alerts',
];
const parts = ['', '/comments', '/events', '/reactions', '/approvals'];
const prose =
  'Works for **everybody** with the `repo` scope. See "[Rate limits](https://docs.example.org/limits)". '.repeat(4);
const parameter = (name: string) => ({ $ref: `#/components/parameters/${name}` });
const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const pathOf = (name: string, type = 'string') => ({ name, in: 'path', required: true, schema: { type } });
const queryOf = (name: string, schema: object) => ({ name, in: 'query', description: prose, schema });

function describeSubject(subject: string) {
  return {
    title: subject,
    type: 'object',
    required: ['id', 'url'],
    properties: {
      id: { type: 'integer', format: 'int64', readOnly: true },
      url: { type: 'string', format: 'uri', readOnly: true },
      title: { oneOf: [{ type: 'string' }, { type: 'integer' }], description: prose },
      body: { type: 'string', nullable: true },
      assignee: { nullable: true, anyOf: [reference('simple-user'), reference('enterprise-team')] },
      labels: { type: 'array', items: { oneOf: [{ type: 'string' }, reference('label')] } },
      state: { type: 'string', enum: ['open', 'closed'], default: 'open' },
      parent: { nullable: true, allOf: [reference(subject)] },
    },
  };
}

function describePaths(subject: string, part: string): [string, object][] {
  const name = `${subject}${part.replace('/', '-')}`;
  const content = {
    'application/json': { schema: reference(subject), examples: { default: { $ref: '#/components/examples/any' } } },
  };
  const operation = (verb: string, more: object = {}) => ({
    operationId: `${name}/${verb}`,
    summary: `${verb} ${name}`,
    description: prose,
    tags: [subject],
    externalDocs: { url: `https://docs.example.org/${name}#${verb}` },
    responses: { 200: { description: 'Response', content }, 404: { $ref: '#/components/responses/not_found' } },
    'x-github': { category: subject, triggersNotification: true },
    ...more,
  });
  const inRepository = [parameter('owner'), parameter('repo')];
  const ofOne = [...inRepository, pathOf('number', 'integer')];
  const list = `/repos/{owner}/{repo}/${subject}`;
  const base = part === '' ? list : `${list}/{parent}${part}`;
  const above = part === '' ? [] : [pathOf('parent', 'integer')];
  return [
    [
      base,
      {
        get: operation('list', {
          parameters: [
            ...inRepository,
            ...above,
            parameter('per-page'),
            queryOf('since', { type: 'string', format: 'date-time' }),
          ],
        }),
        post: operation('create', {
          parameters: [...inRepository, ...above],
          requestBody: { required: true, content },
        }),
      },
    ],
    [
      `${base}/{number}`,
      {
        get: operation('get', { parameters: [...ofOne, ...above] }),
        patch: operation('update', { parameters: [...ofOne, ...above], requestBody: { content } }),
        delete: operation('remove', { parameters: [...ofOne, ...above] }),
      },
    ],
    [
      `${base}/{number}/labels`,
      {
        parameters: [...ofOne, ...above],
        put: operation('set-labels', {
          requestBody: {
            content: {
              'application/json': {
                schema: {
                  oneOf: [
                    { type: 'object', properties: { labels: { type: 'array', items: { type: 'string' } } } },
                    { type: 'array', items: { type: 'string' } },
                  ],
                },
              },
            },
          },
        }),
        get: operation('list-labels'),
      },
    ],
    [
      `${base}/{number}/assets`,
      {
        post: operation('upload-asset', {
          servers: [{ url: '{origin}/uploads', variables: { origin: { default: 'ORIGIN' } } }],
          parameters: [...ofOne, ...above, queryOf('name', { type: 'string' })],
          requestBody: { content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } },
        }),
      },
    ],
  ];
}

/** In the shape of a forge of code: 1,000 operations with long texts and uploads at a server of their own, OpenAPI 3.0 as JSON. */
export function makeForgeApi(server: string): string {
  const described = {
    openapi: '3.0.3',
    info: { title: 'Forge', version: '1.1.4', license: { name: 'MIT' } },
    servers: [{ url: server }],
    tags: subjects.map((name) => ({ name, description: prose })),
    paths: Object.fromEntries(subjects.flatMap((subject) => parts.flatMap((part) => describePaths(subject, part)))),
    'x-webhooks': { ping: { post: { operationId: 'ping', responses: {} } } },
    components: {
      parameters: {
        owner: pathOf('owner'),
        repo: pathOf('repo'),
        'per-page': queryOf('per_page', { type: 'integer', default: 30 }),
      },
      responses: { not_found: { description: 'Resource not found' } },
      examples: { any: { value: { id: 1, title: prose } } },
      schemas: {
        ...Object.fromEntries(subjects.map((subject) => [subject, describeSubject(subject)])),
        'simple-user': {
          type: 'object',
          properties: { login: { type: 'string' }, team: reference('enterprise-team') },
        },
        'enterprise-team': { type: 'object', properties: { slug: { type: 'string' }, lead: reference('simple-user') } },
        label: {
          type: 'object',
          properties: { name: { type: 'string' }, color: { type: 'string', pattern: '^[0-9a-f]{6}$' } },
        },
      },
    },
  };
  return JSON.stringify(described).replaceAll('ORIGIN', new URL(server).origin);
}
