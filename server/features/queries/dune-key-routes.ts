import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problemResponses } from '#server/contract/problem.ts';
import { DuneAccess, DuneKeyInput } from '#server/contract/sql-engine.ts';
import type { DuneKeyService } from './dune-key-service.ts';

const tags = ['queries'];
const reading = { scope: 'data:read' } as const;
const writing = { scope: 'data:write' } as const;

/** A person's key for Dune, the second engine of their queries. */
export function duneKeyRoutes({ duneKeys }: { duneKeys: DuneKeyService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/dune-key',
      {
        config: reading,
        schema: {
          operationId: 'getDuneKey',
          tags,
          summary: 'Whether the actor has a key for Dune, and how it ends',
          response: { 200: DuneAccess },
        },
      },
      (request) => duneKeys.read(request.actor),
    );

    app.put(
      '/api/dune-key',
      {
        config: writing,
        schema: {
          operationId: 'putDuneKey',
          tags,
          summary: 'Stores the actor’s key for Dune, sealed; it is never shown again',
          description:
            'Queries with `engine: "dune"` of this person run at Dune with it, on Dune’s tables and at the cost of its credits. Nobody else’s queries use it.',
          body: DuneKeyInput,
          response: { 200: DuneAccess, ...problemResponses(400) },
        },
      },
      (request) => duneKeys.put(request.actor, request.body.apiKey),
    );

    app.delete(
      '/api/dune-key',
      {
        config: writing,
        schema: {
          operationId: 'deleteDuneKey',
          tags,
          summary: 'Removes the key; results that came with it stay until they expire',
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        await duneKeys.remove(request.actor);
        return reply.code(204).send(null);
      },
    );
  };
}
