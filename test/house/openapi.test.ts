import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildTestApp, type TestApp } from '#test/support/build-test-app.ts';

const Operation = z.looseObject({
  operationId: z.string().min(1),
  summary: z.string().min(1),
  tags: z.array(z.string()).min(1),
  responses: z.record(z.string(), z.unknown()),
});
const Document = z.looseObject({
  openapi: z.string(),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
});
/** Pages of the description, and what answers for addresses that have no route of their own. */
const notDescribed = /^(?:\/api\/docs|\*|\/v1\*?$)/;

let hub: TestApp;
let document: z.infer<typeof Document>;
beforeAll(async () => {
  hub = await buildTestApp();
  document = Document.parse((await hub.app.inject('/api/openapi.json')).json());
});
afterAll(() => hub.close());

/** The routes of Fastify's own drawing of its tree, in which four characters are one step down. */
function listRoutes(): string[] {
  const branch: string[] = [];
  return hub.app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent, segment, methods] = /^(.*)[├└]── (\S+) \((.+)\)$/.exec(line) ?? [];
      if (indent === undefined || segment === undefined || methods === undefined) return [];
      branch.splice(indent.length / 4, branch.length, segment);
      const path = branch.join('').replaceAll(/:(\w+)/g, '{$1}');
      return methods.split(', ').flatMap((method) => (method === 'HEAD' ? [] : [`${method} ${path}`]));
    });
}

describe('the OpenAPI file', () => {
  it('has every route, and no others', () => {
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const routes = listRoutes().filter((route) => !notDescribed.test(route.split(' ')[1] ?? ''));
    expect(routes.length).toBeGreaterThan(20);
    expect(described.sort()).toEqual(routes.sort());
  });

  it('is of version 3.1, with an identifier of its own for each operation', () => {
    const identifiers = Object.values(document.paths).flatMap((operations) =>
      Object.values(operations).map(({ operationId }) => operationId),
    );
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(new Set(identifiers).size).toBe(identifiers.length);
  });

  it('says for each operation what succeeds', () => {
    const silent = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations)
        .filter(([, { responses }]) => !Object.keys(responses).some((status) => /^[23]/.test(status)))
        .map(([method]) => `${method} ${path}`),
    );
    expect(silent).toEqual([]);
  });
});
