import type { JsonObject } from '#server/contract/json.ts';
import type { OpenApiDescription, OpenApiOperation } from '#server/contract/openapi-operation.ts';
import { findSchemaIssues } from '#server/find-schema-issues.ts';
import { createEgress } from '#server/platform/egress/create-egress.ts';
import { createOpenApiReader } from '#server/platform/openapi/openapi-reader.ts';
import { startLocalServer } from './local-server.ts';
import { workersFolder } from './prepared-folder.ts';

export type DescriptionDesk = Awaited<ReturnType<typeof openDescriptionDesk>>;

const signal = new AbortController().signal;

/** A reader of OpenAPI descriptions with the hub's own egress client, and a server that it may reach. */
export async function openDescriptionDesk() {
  const served = new Map<string, string>();
  const site = await startLocalServer((request, response) => {
    const text = served.get(request.url ?? '');
    response.writeHead(text === undefined ? 404 : 200).end(text);
  });
  const egress = createEgress({ allowed: [site.entry] });
  const open = (limits: Parameters<typeof createOpenApiReader>[0]['limits']) =>
    createOpenApiReader({ workerFile: new URL('openapi-worker.js', workersFolder), fetch: egress.fetch, limits });
  const reader = open({});
  return {
    /** What the server answers, by path. */
    served,
    url: site.url,
    reader,
    /** Another reader, which its test closes. */
    open,
    read: (text: string) => reader.read({ text }, { signal }),
    readAt: (path: string) => reader.read({ url: `${site.url}${path}` }, { signal }),
    close: async () => {
      await Promise.all([reader.close(), egress.close()]);
      await site.close();
    },
  };
}

type Node = { [key: string]: unknown };

/** A description of OpenAPI 3.1 with these paths. */
export const toDescriptionText = (paths: Node, rest: Node = {}) =>
  JSON.stringify({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths, ...rest });

export function propertiesOf(operation: OpenApiOperation | undefined): JsonObject {
  return (operation?.inputSchema['properties'] ?? {}) as JsonObject;
}

/** What is wrong with operations, of all that holds for each one whatever was read; none when all is well. */
export function findFaults({ operations }: OpenApiDescription): string[] {
  const names = new Set(operations.map(({ name }) => name));
  const faults = operations.flatMap((operation) => findOperationFaults(operation));
  return names.size === operations.length ? faults : ['Two operations have the same name.', ...faults];
}

function findOperationFaults({ name, path, inputSchema, parameters, body }: OpenApiOperation): string[] {
  const json = JSON.stringify(inputSchema);
  const travelling = [
    ...parameters.map(({ property }) => property),
    ...(body?.content.kind === 'whole' ? [body.content.property] : []),
    ...(body?.content.kind === 'fields' ? body.content.fields.map(({ property }) => property) : []),
  ];
  const templates = [...path.matchAll(/\{([^{}]+)\}/g)].map(([, template]) => template);
  const checks: [string, boolean][] = [
    ['is longer than 16 kB', json.length > 16_000],
    ['refers to something, or enforces a pattern', /"\$ref":|"pattern":"/.test(json)],
    ['cannot be checked against', !isCheckable(inputSchema)],
    [
      'has properties that do not travel, or not all that do',
      travelling.sort().join(' ') !==
        Object.keys(inputSchema['properties'] ?? {})
          .sort()
          .join(' '),
    ],
    ['has a property that providers refuse', travelling.some((property) => !/^[\w.-]{1,64}$/.test(property))],
    [
      'lacks a part of its path',
      templates.some((template) => !parameters.some((one) => one.in === 'path' && one.name === template)),
    ],
  ];
  return checks.filter(([, isWrong]) => isWrong).map(([fault]) => `${name} ${fault}.`);
}

function isCheckable(schema: JsonObject): boolean {
  try {
    findSchemaIssues({}, schema, 'input');
    return true;
  } catch {
    return false;
  }
}
