import { z } from 'zod';
import { sampleOf, type Components } from '#test/support/sample-of-schema.ts';

const Operation = z.looseObject({
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z
    .array(z.looseObject({ in: z.string(), name: z.string(), required: z.boolean().optional() }))
    .default([]),
  requestBody: z
    .looseObject({ content: z.record(z.string(), z.looseObject({ schema: z.looseObject({}) })) })
    .optional(),
});
const Document = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
});

/** A route as `/api/openapi.json` describes it. */
export type DocumentedRoute = {
  /** Such as `GET /api/agents/{agent}`. */
  name: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  isPublic: boolean;
  /** The scope that a key needs; null where no key is let in. */
  scope: string | null;
  /** Names of the path's parameters. */
  parameters: string[];
  /** Names of the query's required parameters. */
  query: string[];
  /** The smallest body that the route takes. */
  body: unknown;
};

export function readDocumentedRoutes(document: unknown): DocumentedRoute[] {
  const { paths, components } = Document.parse(document);
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([verb, { security, parameters, requestBody }]) => {
      const method = verb.toUpperCase() as DocumentedRoute['method'];
      const schema = requestBody?.content['application/json']?.schema;
      return {
        name: `${method} ${path}`,
        method,
        path,
        isPublic: security.length === 0,
        scope: security.flatMap((way) => way['apiKey'] ?? [])[0] ?? null,
        parameters: parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name),
        query: parameters.filter((parameter) => parameter.in === 'query' && parameter.required).map(({ name }) => name),
        body: schema === undefined ? undefined : sampleOf(schema, components.schemas as Components),
      };
    }),
  );
}
