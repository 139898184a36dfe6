import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Identifier } from '#server/contract/identifier.ts';
import { pageOf } from '#server/contract/page.ts';
import { problemResponses } from '#server/contract/problem.ts';
import {
  CreateQueryInput,
  QueryListQuery,
  QueryVersion,
  SavedQuery,
  UpdateQueryInput,
} from '#server/contract/saved-query.ts';
import type { SavedQueryService } from './saved-query-service.ts';

const tags = ['queries'];
const params = z.object({ query: Identifier });
const reading = { scope: 'data:read' } as const;
const writing = { scope: 'data:write' } as const;

/** Queries that people save: with versions, copies, and a choice of who sees them. */
export function savedQueryRoutes({ savedQueries }: { savedQueries: SavedQueryService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/queries',
      {
        config: reading,
        schema: {
          operationId: 'listQueries',
          tags,
          summary: "Saved queries, last changed first: one's own, or those that everybody on the hub sees",
          querystring: QueryListQuery,
          response: { 200: pageOf(SavedQuery), ...problemResponses(400) },
        },
      },
      (request) => savedQueries.list(request.actor, request.query),
    );

    app.post(
      '/api/queries',
      {
        config: writing,
        schema: {
          operationId: 'createQuery',
          tags,
          summary: 'Saves a query',
          body: CreateQueryInput,
          response: { 201: SavedQuery, ...problemResponses(409) },
        },
      },
      async (request, reply) => reply.code(201).send(await savedQueries.create(request.actor, request.body)),
    );

    app.get(
      '/api/queries/:query',
      {
        config: reading,
        schema: {
          operationId: 'getQuery',
          tags,
          summary: 'A saved query in its newest version',
          params,
          response: { 200: SavedQuery, ...problemResponses(404) },
        },
      },
      (request) => savedQueries.get(request.actor, request.params.query),
    );

    app.patch(
      '/api/queries/:query',
      {
        config: writing,
        schema: {
          operationId: 'updateQuery',
          tags,
          summary: 'Changes a saved query; other SQL or parameters make a new version',
          params,
          body: UpdateQueryInput,
          response: { 200: SavedQuery, ...problemResponses(404) },
        },
      },
      (request) => savedQueries.update(request.actor, request.params.query, request.body),
    );

    app.delete(
      '/api/queries/:query',
      {
        config: writing,
        schema: {
          operationId: 'deleteQuery',
          tags,
          summary: 'Deletes a saved query with its versions; results of it stay until they expire',
          params,
          response: { 204: z.null(), ...problemResponses(404) },
        },
      },
      async (request, reply) => {
        await savedQueries.remove(request.actor, request.params.query);
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/api/queries/:query/fork',
      {
        config: writing,
        schema: {
          operationId: 'forkQuery',
          tags,
          summary: 'Makes a private copy of a query that the actor sees',
          params,
          response: { 201: SavedQuery, ...problemResponses(404, 409) },
        },
      },
      async (request, reply) => reply.code(201).send(await savedQueries.fork(request.actor, request.params.query)),
    );

    app.get(
      '/api/queries/:query/versions',
      {
        config: reading,
        schema: {
          operationId: 'listQueryVersions',
          tags,
          summary: 'The last hundred versions of a saved query, newest first',
          params,
          response: { 200: z.object({ items: z.array(QueryVersion) }), ...problemResponses(404) },
        },
      },
      async (request) => ({ items: await savedQueries.listVersions(request.actor, request.params.query) }),
    );

    app.post(
      '/api/queries/:query/versions/:version/restore',
      {
        config: writing,
        schema: {
          operationId: 'restoreQueryVersion',
          tags,
          summary: 'Makes an earlier version the newest again',
          params: params.extend({ version: z.coerce.number().int().min(1) }),
          response: { 200: SavedQuery, ...problemResponses(404) },
        },
      },
      (request) => savedQueries.restore(request.actor, request.params.query, request.params.version),
    );
  };
}
