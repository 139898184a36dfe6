import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import {
  AddWidgetInput,
  CreateDashboardInput,
  Dashboard,
  DashboardListQuery,
  DashboardSummary,
  UpdateDashboardInput,
} from '#server/contract/dashboard.ts';
import { Identifier } from '#server/contract/identifier.ts';
import { pageOf } from '#server/contract/page.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { readIfMatch, toEntityTag } from '#server/if-match.ts';
import type { DashboardService } from './dashboard-service.ts';

const tags = ['dashboards'];
const params = z.object({ dashboard: Identifier });
const reading = { scope: 'data:read' } as const;
const writing = { scope: 'data:write' } as const;
const headers = z.object({
  'if-match': z.string().max(200).optional().describe('The ETag of the dashboard as it was read.'),
});

const answer = (reply: FastifyReply, dashboard: Dashboard) =>
  reply.header('etag', toEntityTag(dashboard.revision)).send(dashboard);

/** Dashboards: charts, tables and figures of saved queries on one page. */
export function dashboardRoutes({ dashboards }: { dashboards: { service: DashboardService } }): FastifyPluginAsyncZod {
  const { service } = dashboards;
  return async (app) => {
    app.get(
      '/api/dashboards',
      {
        config: reading,
        schema: {
          operationId: 'listDashboards',
          tags,
          summary: "Dashboards, last changed first: one's own, or those that everybody on the hub sees",
          querystring: DashboardListQuery,
          response: { 200: pageOf(DashboardSummary), ...problemResponses(400) },
        },
      },
      (request) => service.list(request.actor, request.query),
    );

    app.post(
      '/api/dashboards',
      {
        config: writing,
        schema: {
          operationId: 'createDashboard',
          tags,
          summary: 'Makes a dashboard',
          body: CreateDashboardInput,
          response: { 201: Dashboard, ...problemResponses(409) },
        },
      },
      async (request, reply) => {
        reply.code(201);
        return answer(reply, await service.create(request.actor, request.body));
      },
    );

    app.get(
      '/api/dashboards/:dashboard',
      {
        config: reading,
        schema: {
          operationId: 'getDashboard',
          tags,
          summary: 'A dashboard, without the results',
          params,
          response: { 200: Dashboard, ...problemResponses(404) },
        },
      },
      async (request, reply) => answer(reply, await service.get(request.actor, request.params.dashboard)),
    );

    app.patch(
      '/api/dashboards/:dashboard',
      {
        config: writing,
        schema: {
          operationId: 'updateDashboard',
          tags,
          summary: 'Changes a dashboard',
          description: 'Replaces the top-level keys that are sent. Needs If-Match; a stale one is answered with 412.',
          params,
          headers,
          body: UpdateDashboardInput,
          response: { 200: Dashboard, ...problemResponses(404, 409, 412, 428) },
        },
      },
      async (request, reply) => {
        const revision = readIfMatch(request.headers['if-match']);
        const changed = { id: request.params.dashboard, revision, changes: request.body };
        return answer(reply, await service.update(request.actor, changed));
      },
    );

    app.delete(
      '/api/dashboards/:dashboard',
      {
        config: writing,
        schema: {
          operationId: 'deleteDashboard',
          tags,
          summary: 'Deletes a dashboard with its results; the queries stay',
          params,
          response: { 204: z.null(), ...problemResponses(404) },
        },
      },
      async (request, reply) => {
        await service.remove(request.actor, request.params.dashboard);
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/api/dashboards/:dashboard/widgets',
      {
        config: writing,
        schema: {
          operationId: 'addDashboardWidget',
          tags,
          summary: 'Puts a chart, table or counter of a query or an execution on a dashboard',
          description: 'SQL that was only run is saved as a private query first. The widget is filled at once.',
          params,
          body: AddWidgetInput,
          response: { 201: Dashboard, ...problemResponses(404, 409, 412) },
        },
      },
      async (request, reply) => {
        reply.code(201);
        return answer(reply, await service.addWidget(request.actor, request.params.dashboard, request.body));
      },
    );

    app.post(
      '/api/dashboards/:dashboard/link',
      {
        config: writing,
        schema: {
          operationId: 'openDashboardLink',
          tags,
          summary: 'Makes a public link, at `/d/<link>`; one that was there leads nowhere any more',
          params,
          response: { 200: Dashboard, ...problemResponses(404) },
        },
      },
      async (request, reply) => answer(reply, await service.openLink(request.actor, request.params.dashboard)),
    );

    app.delete(
      '/api/dashboards/:dashboard/link',
      {
        config: writing,
        schema: {
          operationId: 'revokeDashboardLink',
          tags,
          summary: 'Revokes the public link: it leads nowhere from now on',
          params,
          response: { 200: Dashboard, ...problemResponses(404) },
        },
      },
      async (request, reply) => answer(reply, await service.revokeLink(request.actor, request.params.dashboard)),
    );
  };
}
