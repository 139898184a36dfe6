import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  Alert,
  AlertFiring,
  AlertFiringPage,
  AlertFiringQuery,
  AlertListQuery,
  AlertPreview,
  AlertWithSecret,
  CreateAlertInput,
  PreviewAlertInput,
  ReadFiringsInput,
  UpdateAlertInput,
} from '#server/contract/alert.ts';
import { Identifier } from '#server/contract/identifier.ts';
import { pageOf } from '#server/contract/page.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { readLanguage } from '#server/read-language.ts';
import { untilLeft } from '#server/until-left.ts';
import type { AlertService } from './alert-service.ts';

const tags = ['alerts'];
const params = z.object({ alert: Identifier });
const config = { scope: 'triggers:write' } as const;

/** A person's own alerts, and what they told. */
export function alertRoutes({ alerts }: { alerts: AlertService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/alerts',
      {
        config,
        schema: {
          operationId: 'listAlerts',
          tags,
          summary: 'Your alerts with what they saw last, newest first',
          querystring: AlertListQuery,
          response: { 200: pageOf(Alert), ...problemResponses(400) },
        },
      },
      async (request) => alerts.listAlerts(request.actor, request.query),
    );

    app.post(
      '/api/alerts',
      {
        config,
        schema: {
          operationId: 'createAlert',
          tags,
          summary: 'Make an alert: on the result of a query, an event, transfers, a balance or a price',
          description:
            'What it watches is tried once before. Its messages and runs are yours, with what you may do. Only this answer has the secret that its posts are signed with.',
          body: CreateAlertInput,
          response: { 201: AlertWithSecret, ...problemResponses(404, 409, 503) },
        },
      },
      async (request, reply) => {
        const options = { language: readLanguage(request.headers), signal: untilLeft(reply.raw) };
        const created = await alerts.createAlert(request.actor, request.body, options);
        return reply.header('cache-control', 'no-store').code(201).send(created);
      },
    );

    app.post(
      '/api/alerts/preview',
      {
        config,
        schema: {
          operationId: 'previewAlert',
          tags,
          summary: 'What an alert would see now, without making it',
          body: PreviewAlertInput,
          response: { 200: AlertPreview, ...problemResponses(404, 503) },
        },
      },
      async (request, reply) => alerts.previewAlert(request.actor, request.body.watch, untilLeft(reply.raw)),
    );

    app.get(
      '/api/alerts/:alert',
      {
        config,
        schema: {
          operationId: 'getAlert',
          tags,
          summary: 'One of your alerts',
          params,
          response: { 200: Alert, ...problemResponses(404) },
        },
      },
      async (request) => alerts.getAlert(request.actor, request.params.alert),
    );

    app.patch(
      '/api/alerts/:alert',
      {
        config,
        schema: {
          operationId: 'updateAlert',
          tags,
          summary: 'Change, pause or resume an alert',
          params,
          body: UpdateAlertInput,
          response: { 200: AlertWithSecret, ...problemResponses(404, 503) },
        },
      },
      async (request, reply) => {
        const { actor, params: place, body } = request;
        const updated = await alerts.updateAlert(actor, place.alert, body, untilLeft(reply.raw));
        return reply.header('cache-control', 'no-store').send(updated);
      },
    );

    app.delete(
      '/api/alerts/:alert',
      {
        config,
        schema: {
          operationId: 'deleteAlert',
          tags,
          summary: 'Delete an alert with its history; its conversation stays',
          params,
          response: { 204: z.null(), ...problemResponses(404) },
        },
      },
      async (request, reply) => {
        await alerts.deleteAlert(request.actor, request.params.alert);
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/api/alerts/:alert/secret',
      {
        config,
        schema: {
          operationId: 'rotateAlertSecret',
          tags,
          summary: 'Make a new secret for its posts; the old one ends at once',
          params,
          response: { 200: AlertWithSecret, ...problemResponses(404, 409) },
        },
      },
      async (request, reply) =>
        reply.header('cache-control', 'no-store').send(await alerts.rotateSecret(request.actor, request.params.alert)),
    );

    app.post(
      '/api/alerts/:alert/firings',
      {
        config,
        schema: {
          operationId: 'tryAlert',
          tags,
          summary: 'Look now and tell what is seen, whether or not the condition holds',
          params,
          response: { 201: AlertFiring, ...problemResponses(404, 503) },
        },
      },
      async (request, reply) =>
        reply.code(201).send(await alerts.tryAlert(request.actor, request.params.alert, untilLeft(reply.raw))),
    );

    app.post(
      '/api/alerts/:alert/deliveries/:delivery/send',
      {
        config,
        schema: {
          operationId: 'tellAlertAgain',
          tags,
          summary: 'Tell a firing again by one of its ways, under the same identifier',
          params: params.extend({ delivery: Identifier }),
          response: { 202: z.null(), ...problemResponses(404) },
        },
      },
      async (request, reply) => {
        await alerts.tellAgain(request.actor, request.params.alert, request.params.delivery);
        return reply.code(202).send(null);
      },
    );

    app.get(
      '/api/alert-firings',
      {
        config,
        schema: {
          operationId: 'listAlertFirings',
          tags,
          summary: 'What your alerts told, newest first, and how many of them you have not read',
          querystring: AlertFiringQuery,
          response: { 200: AlertFiringPage, ...problemResponses(400, 404) },
        },
      },
      async (request) => alerts.listFirings(request.actor, request.query),
    );

    app.post(
      '/api/alert-firings/read',
      {
        config,
        schema: {
          operationId: 'readAlertFirings',
          tags,
          summary: 'Mark what one alert told as read, or all',
          body: ReadFiringsInput,
          response: { 204: z.null(), ...problemResponses(404) },
        },
      },
      async (request, reply) => {
        await alerts.markRead(request.actor, request.body.alert);
        return reply.code(204).send(null);
      },
    );
  };
}
