import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ApiKey, CreateApiKeyInput, CreatedApiKey, UpdateApiKeyInput } from '#server/contract/api-key.ts';
import { Identifier } from '#server/contract/identifier.ts';
import { PageQuery, pageOf } from '#server/contract/page.ts';
import { problemResponses } from '#server/contract/problem.ts';
import type { KeyService } from './key-service.ts';

/** A person's own API keys: `/api/keys`. No key opens these routes. */
export function keyRoutes({ keys }: { keys: KeyService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/keys',
      {
        config: { access: 'signed-in' },
        schema: {
          operationId: 'listKeys',
          tags: ['keys'],
          summary: 'Your API keys with their use, newest first',
          querystring: PageQuery,
          response: { 200: pageOf(ApiKey), ...problemResponses(400, 401, 403, 429) },
        },
      },
      async (request) => keys.listKeys(request.actor, request.query),
    );

    app.post(
      '/api/keys',
      {
        config: { access: 'signed-in' },
        schema: {
          operationId: 'createKey',
          tags: ['keys'],
          summary: 'Make an API key; only this answer has the key itself',
          body: CreateApiKeyInput,
          response: { 201: CreatedApiKey, ...problemResponses(400, 401, 403, 429) },
        },
      },
      async (request, reply) => {
        const created = await keys.createKey(request.actor, request.body);
        return reply.header('cache-control', 'no-store').code(201).send(created);
      },
    );

    app.patch(
      '/api/keys/:key',
      {
        config: { access: 'signed-in' },
        schema: {
          operationId: 'updateKey',
          tags: ['keys'],
          summary: 'Change the name or the monthly budget of one of your API keys',
          params: z.object({ key: Identifier }),
          body: UpdateApiKeyInput,
          response: { 200: ApiKey, ...problemResponses(400, 401, 403, 404, 429) },
        },
      },
      async (request) => keys.updateKey(request.actor, request.params.key, request.body),
    );

    app.delete(
      '/api/keys/:key',
      {
        config: { access: 'signed-in' },
        schema: {
          operationId: 'deleteKey',
          tags: ['keys'],
          summary: 'Delete one of your API keys; it stops working',
          params: z.object({ key: Identifier }),
          response: { 204: z.null(), ...problemResponses(401, 403, 404, 429) },
        },
      },
      async (request, reply) => {
        await keys.deleteKey(request.actor, request.params.key);
        return reply.code(204).send(null);
      },
    );
  };
}
