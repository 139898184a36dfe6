import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Identifier } from '#server/contract/identifier.ts';
import { CloseAccountInput, PersonHoldings, RemovePersonInput } from '#server/contract/person-removal.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { guessLimit } from './account-routes.ts';
import type { PersonRemover } from './remove-person.ts';

const tags = ['accounts'];

/** How people leave: `/api/people/:person/removal`, `/api/profile/removal`. */
export function removalRoutes({ removals }: { removals: PersonRemover }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/people/:person/removal',
      {
        config: { access: 'administrator' },
        schema: {
          operationId: 'getPersonHoldings',
          tags,
          summary: 'What a person has on the hub, and so what goes when they are removed',
          params: z.object({ person: Identifier }),
          response: { 200: PersonHoldings, ...problemResponses(400, 401, 403, 404, 429) },
        },
      },
      async (request) => removals.getHoldings(request.actor, request.params.person),
    );

    app.post(
      '/api/people/:person/removal',
      {
        config: { access: 'administrator' },
        schema: {
          operationId: 'removePerson',
          tags,
          summary:
            'Remove a person with all that is theirs; agents that others use are handed to somebody else or taken down',
          params: z.object({ person: Identifier }),
          body: RemovePersonInput,
          response: { 204: z.null(), ...problemResponses(400, 401, 403, 404, 409, 429) },
        },
      },
      async (request, reply) => {
        const { params, body } = request;
        const { name, heir } = await removals.removePerson(request.actor, params.person, body);
        const detail = { sharedAgents: body.sharedAgents.outcome, ...(heir !== null && { to: heir }) };
        request.act = { kind: 'person-remove', target: { person: params.person, name }, detail };
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/api/profile/removal',
      {
        config: { access: 'signed-in' },
        schema: {
          operationId: 'getOwnHoldings',
          tags,
          summary: 'What you have on the hub, and so what goes when you close your account',
          response: { 200: PersonHoldings, ...problemResponses(401, 403, 429) },
        },
      },
      async (request) => removals.getOwnHoldings(request.actor),
    );

    app.post(
      '/api/profile/removal',
      {
        config: { access: 'signed-in', rateLimit: guessLimit },
        schema: {
          operationId: 'closeAccount',
          tags,
          summary: 'Close your account: all that is yours is deleted, agents that others use too',
          body: CloseAccountInput,
          response: { 204: z.null(), ...problemResponses(400, 401, 403, 409, 429) },
        },
      },
      async (request, reply) => {
        const { setCookie } = await removals.closeAccount(request.actor, request.body, request.headers);
        return reply.header('set-cookie', setCookie).code(204).send(null);
      },
    );
  };
}
