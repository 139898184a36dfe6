import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Identifier } from '#server/contract/identifier.ts';
import { pageOf } from '#server/contract/page.ts';
import { problemResponses } from '#server/contract/problem.ts';
import {
  CreateTriggerInput,
  RotateSecretInput,
  ScheduleTimes,
  ScheduleTimesQuery,
  Trigger,
  TriggerListQuery,
  TriggerWithSecrets,
  UpdateTriggerInput,
} from '#server/contract/trigger.ts';
import { readLanguage } from '#server/read-language.ts';
import type { TriggerService } from './trigger-service.ts';

const tags = ['triggers'];
const params = z.object({ trigger: Identifier });
const config = { scope: 'triggers:write' } as const;

/** A person's own triggers. */
export function triggerRoutes({ triggers }: { triggers: TriggerService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/triggers',
      {
        config,
        schema: {
          operationId: 'listTriggers',
          tags,
          summary: 'Your triggers with their next and last runs, newest first',
          querystring: TriggerListQuery,
          response: { 200: pageOf(Trigger), ...problemResponses(400, 404) },
        },
      },
      async (request) => triggers.listTriggers(request.actor, request.query),
    );

    app.post(
      '/api/triggers',
      {
        config,
        schema: {
          operationId: 'createTrigger',
          tags,
          summary: 'Make a trigger: a schedule, or a webhook; only this answer has its secrets',
          description: 'Its runs are started as you, with what you may do, whoever sends the webhook.',
          body: CreateTriggerInput,
          response: { 201: TriggerWithSecrets, ...problemResponses(404, 409) },
        },
      },
      async (request, reply) => {
        const language = readLanguage(request.headers);
        const created = await triggers.createTrigger(request.actor, request.body, language);
        return reply.header('cache-control', 'no-store').code(201).send(created);
      },
    );

    app.get(
      '/api/triggers/:trigger',
      {
        config,
        schema: {
          operationId: 'getTrigger',
          tags,
          summary: 'One of your triggers',
          params,
          response: { 200: Trigger, ...problemResponses(404) },
        },
      },
      async (request) => triggers.getTrigger(request.actor, request.params.trigger),
    );

    app.patch(
      '/api/triggers/:trigger',
      {
        config,
        schema: {
          operationId: 'updateTrigger',
          tags,
          summary: 'Change, pause or resume a trigger',
          params,
          body: UpdateTriggerInput,
          response: { 200: TriggerWithSecrets, ...problemResponses(404) },
        },
      },
      async (request, reply) =>
        reply
          .header('cache-control', 'no-store')
          .send(await triggers.updateTrigger(request.actor, request.params.trigger, request.body)),
    );

    app.delete(
      '/api/triggers/:trigger',
      {
        config,
        schema: {
          operationId: 'deleteTrigger',
          tags,
          summary: 'Delete a trigger with its history; its runs and conversations stay',
          params,
          response: { 204: z.null(), ...problemResponses(404) },
        },
      },
      async (request, reply) => {
        await triggers.deleteTrigger(request.actor, request.params.trigger);
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/api/triggers/:trigger/secret',
      {
        config,
        schema: {
          operationId: 'rotateTriggerSecret',
          tags,
          summary: 'Make a new secret for its webhook or its callbacks; the old one ends at once',
          params,
          body: RotateSecretInput,
          response: { 200: TriggerWithSecrets, ...problemResponses(404, 409) },
        },
      },
      async (request, reply) =>
        reply
          .header('cache-control', 'no-store')
          .send(await triggers.rotateSecret(request.actor, request.params.trigger, request.body.secret)),
    );

    app.get(
      '/api/schedule-times',
      {
        config,
        schema: {
          operationId: 'listScheduleTimes',
          tags,
          summary: 'The next five times of a schedule, and how often it comes in a month',
          querystring: ScheduleTimesQuery,
          response: { 200: ScheduleTimes, ...problemResponses(400) },
        },
      },
      async (request) => triggers.listTimes(request.query),
    );
  };
}
