import type { JsonObject } from '#server/contract/json.ts';
import type { OpenApiDescription, OpenApiOperation } from '#server/contract/openapi-operation.ts';
import { findSchemaIssues } from '#server/find-schema-issues.ts';
import { createEgress } from '#server/platform/egress/create-egress.ts';
import { createOpenApiReader } from '#server/platform/openapi/openapi-reader.ts';
import { expect } from 'vitest';
import { startLocalServer } from './local-server.ts';
import { workersFolder } from './test-database.ts';

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

/** Expects what holds for every operation, whatever was read. */
export function checkOperations({ operations }: OpenApiDescription) {
  expect(new Set(operations.map(({ name }) => name)).size).toBe(operations.length);
  for (const { inputSchema, parameters, body, ...operation } of operations) {
    const json = JSON.stringify(inputSchema);
    expect(json.length).toBeLessThanOrEqual(16_000);
    expect(json).not.toMatch(/"\$ref":|"pattern":"/);
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
