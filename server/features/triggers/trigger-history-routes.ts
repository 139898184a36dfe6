import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Identifier } from '#server/contract/identifier.ts';
import { PageQuery, pageOf } from '#server/contract/page.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { Delivery, DeliveryListQuery, Firing, TryTriggerInput } from '#server/contract/trigger.ts';
import type { TriggerService } from './trigger-service.ts';

const tags = ['triggers'];
const params = z.object({ trigger: Identifier });
const config = { scope: 'triggers:write' } as const;

/** What a trigger did: its firings and its callbacks. */
export function triggerHistoryRoutes({ triggers }: { triggers: TriggerService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/triggers/:trigger/firings',
      {
        config,
        schema: {
          operationId: 'listFirings',
          tags,
          summary: 'The times that a trigger fired, with their runs, newest first',
          params,
          querystring: PageQuery,
          response: { 200: pageOf(Firing), ...problemResponses(400, 404) },
        },
      },
      async (request) => triggers.listFirings(request.actor, request.params.trigger, request.query),
    );

    app.post(
      '/api/triggers/:trigger/firings',
      {
        config,
        schema: {
          operationId: 'tryTrigger',
          tags,
          summary: 'Fire a trigger now, once; a webhook with the payload that you send',
          params,
          body: TryTriggerInput,
          response: { 201: Firing, ...problemResponses(404) },
        },
      },
      async (request, reply) =>
        reply.code(201).send(await triggers.tryTrigger(request.actor, request.params.trigger, request.body.payload)),
    );

    app.get(
      '/api/triggers/:trigger/deliveries',
      {
        config,
        schema: {
          operationId: 'listDeliveries',
          tags,
          summary: 'The callbacks of a trigger, newest first; those that were given up with `status=dead`',
          params,
          querystring: DeliveryListQuery,
          response: { 200: pageOf(Delivery), ...problemResponses(400, 404) },
        },
      },
      async (request) => triggers.listDeliveries(request.actor, request.params.trigger, request.query),
    );

    app.post(
      '/api/triggers/:trigger/deliveries/:delivery/send',
      {
        config,
        schema: {
          operationId: 'sendDeliveryAgain',
          tags,
          summary: 'Send a callback again, under the same identifier',
          params: params.extend({ delivery: Identifier }),
          response: { 202: Delivery, ...problemResponses(404) },
        },
      },
      async (request, reply) =>
        reply.code(202).send(await triggers.sendAgain(request.actor, request.params.trigger, request.params.delivery)),
    );
  };
}
