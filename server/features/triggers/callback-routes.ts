import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Identifier } from '#server/contract/identifier.ts';
import { pageOf } from '#server/contract/page.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { CallbackSecret, Delivery, DeliveryListQuery, NewCallbackSecret } from '#server/contract/trigger.ts';
import type { TriggerService } from './trigger-service.ts';

const tags = ['runs'];

/** The callbacks of runs that were started with one, and what signs them. */
export function callbackRoutes({ triggers }: { triggers: TriggerService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/callbacks',
      {
        config: { scope: 'runs:write' },
        schema: {
          operationId: 'listCallbacks',
          tags,
          summary: 'The callbacks of your runs, newest first; those that were given up with `status=dead`',
          description:
            'Of runs that were started with `callback`, once they have ended. Those of triggers are with them.',
          querystring: DeliveryListQuery,
          response: { 200: pageOf(Delivery), ...problemResponses(400) },
        },
      },
      async (request) => triggers.listCallbacks(request.actor, request.query),
    );

    app.post(
      '/api/callbacks/:callback/send',
      {
        config: { scope: 'runs:write' },
        schema: {
          operationId: 'sendCallbackAgain',
          tags,
          summary: 'Send a callback of a run again, under the same identifier',
          params: z.object({ callback: Identifier }),
          response: { 202: Delivery, ...problemResponses(404) },
        },
      },
      async (request, reply) =>
        reply.code(202).send(await triggers.sendCallbackAgain(request.actor, request.params.callback)),
    );

    app.get(
      '/api/callback-secret',
      {
        config: { access: 'signed-in' },
        schema: {
          operationId: 'getCallbackSecret',
          tags,
          summary: 'Whether you have a secret that signs the callbacks of your runs',
          response: { 200: CallbackSecret, ...problemResponses(401, 403, 429) },
        },
      },
      async (request) => triggers.getCallbackSecret(request.actor),
    );

    app.post(
      '/api/callback-secret',
      {
        config: { access: 'signed-in' },
        schema: {
          operationId: 'makeCallbackSecret',
          tags,
          summary: 'Make the secret that signs the callbacks of your runs, also of those of your keys',
          description: 'Only this answer has it. The one before ends at once.',
          response: { 201: NewCallbackSecret, ...problemResponses(401, 403, 429) },
        },
      },
      async (request, reply) =>
        reply
          .header('cache-control', 'no-store')
          .code(201)
          .send(await triggers.makeCallbackSecret(request.actor)),
    );
  };
}
