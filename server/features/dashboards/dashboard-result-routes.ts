import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  DashboardResults,
  DashboardValuesQuery,
  PublicDashboard,
  RefreshDashboardInput,
} from '#server/contract/dashboard.ts';
import { Identifier } from '#server/contract/identifier.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { readLanguage } from '#server/read-language.ts';
import { toReportHeaders } from '#server/to-file-headers.ts';
import { untilLeft } from '#server/until-left.ts';
import type { DashboardResultsService } from './dashboard-results.ts';

const tags = ['dashboards'];
const params = z.object({ dashboard: Identifier });
const widgetParams = params.extend({ widget: Identifier });
const linkParams = z.object({ link: Identifier });
const reading = { scope: 'data:read' } as const;
/** Kept by nobody, so that what is revoked is gone at once, and found by no search engine. */
const openHeaders = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
};
/** A picture that is opened by itself runs nothing. */
const pictureHeaders = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'cache-control': 'private, no-store',
  'x-content-type-options': 'nosniff',
};
const svg = { 200: { description: 'The picture', content: { 'image/svg+xml': { schema: z.string() } } } };

/** What dashboards show, for those who may see them, and for everybody with a public link. */
export function dashboardResultRoutes({
  dashboards,
}: {
  dashboards: { results: DashboardResultsService };
}): FastifyPluginAsyncZod {
  const { results } = dashboards;
  return async (app) => {
    app.get(
      '/api/dashboards/:dashboard/results',
      {
        config: reading,
        schema: {
          operationId: 'readDashboardResults',
          tags,
          summary: 'The stored results of all widgets, for some values of the parameters',
          params,
          querystring: DashboardValuesQuery,
          response: { 200: DashboardResults, ...problemResponses(400, 404) },
        },
      },
      (request) => results.read(request.actor, request.params.dashboard, request.query.values),
    );

    app.post(
      '/api/dashboards/:dashboard/refresh',
      {
        config: { scope: 'data:write', rateLimit: { max: 30, timeWindow: '1 minute' } },
        schema: {
          operationId: 'refreshDashboard',
          tags,
          summary: 'Runs the queries again, with the owner’s rights',
          description:
            'It goes on when the caller leaves. Others than the owner choose among the values that are offered, and are shown the stored results when these are younger than a minute.',
          params,
          body: RefreshDashboardInput,
          response: { 200: DashboardResults, ...problemResponses(404) },
        },
      },
      (request, reply) => results.refresh(request.actor, request.params.dashboard, request.body, untilLeft(reply.raw)),
    );

    app.get(
      '/api/dashboards/:dashboard/widgets/:widget.svg',
      {
        config: reading,
        schema: {
          operationId: 'drawDashboardWidget',
          tags,
          summary: 'A chart or counter as SVG',
          produces: ['image/svg+xml'],
          params: widgetParams,
          querystring: DashboardValuesQuery,
          response: { ...svg, ...problemResponses(400, 404, 409, 503) },
        },
      },
      async (request, reply) => {
        const { dashboard: id, widget } = request.params;
        const asked = { id, widget, values: request.query.values };
        return reply
          .headers(pictureHeaders)
          .type('image/svg+xml; charset=utf-8')
          .send(await results.drawWidget(request.actor, asked, untilLeft(reply.raw)));
      },
    );

    app.get(
      '/api/dashboards/:dashboard/widgets/:widget.png',
      {
        config: reading,
        schema: {
          operationId: 'drawDashboardWidgetPicture',
          tags,
          summary: 'A chart or counter as PNG',
          produces: ['image/png'],
          params: widgetParams,
          querystring: DashboardValuesQuery,
          response: {
            200: { description: 'The picture', content: { 'image/png': { schema: z.string() } } },
            ...problemResponses(400, 404, 409, 503),
          },
        },
      },
      async (request, reply) => {
        const { dashboard: id, widget } = request.params;
        const asked = { id, widget, values: request.query.values };
        const picture = await results.drawWidgetPicture(request.actor, asked, untilLeft(reply.raw));
        return reply
          .headers(pictureHeaders)
          .type('image/png')
          .send(Buffer.from(picture) as never);
      },
    );

    app.get(
      '/api/dashboards/:dashboard/report.pdf',
      {
        config: reading,
        schema: {
          operationId: 'writeDashboardReport',
          tags,
          summary: 'The dashboard on paper, in the language of Accept-Language; its owner’s has the SQL',
          produces: ['application/pdf'],
          params,
          querystring: DashboardValuesQuery,
          response: {
            200: { description: 'The report', content: { 'application/pdf': { schema: z.string() } } },
            ...problemResponses(400, 404, 503),
          },
        },
      },
      async (request, reply) => {
        const { values } = request.query;
        const asked = { id: request.params.dashboard, values, language: readLanguage(request.headers) };
        const report = await results.writeReport(request.actor, asked, untilLeft(reply.raw));
        return reply
          .headers(toReportHeaders('dashboard.pdf'))
          .type('application/pdf')
          .send(Buffer.from(report) as never);
      },
    );

    app.get(
      '/api/public-dashboards/:link',
      {
        config: { access: 'anonymous', rateLimit: { max: 60, timeWindow: '1 minute' } },
        schema: {
          operationId: 'readPublicDashboard',
          tags,
          summary: 'A dashboard with its stored results, for everybody with its public link; nothing is run',
          params: linkParams,
          querystring: DashboardValuesQuery,
          response: { 200: PublicDashboard, ...problemResponses(400, 404, 429) },
        },
      },
      async (request, reply) => {
        const shown = await results.readPublic(request.params.link, request.query.values);
        return reply.headers(openHeaders).send(shown);
      },
    );

    app.get(
      '/api/public-dashboards/:link/widgets/:widget.svg',
      {
        config: { access: 'anonymous', rateLimit: { max: 60, timeWindow: '1 minute' } },
        schema: {
          operationId: 'drawPublicWidget',
          tags,
          summary: 'A chart or counter of a dashboard as SVG, for everybody with its public link',
          produces: ['image/svg+xml'],
          params: linkParams.extend({ widget: Identifier }),
          querystring: DashboardValuesQuery,
          response: { ...svg, ...problemResponses(400, 404, 409, 429, 503) },
        },
      },
      async (request, reply) => {
        const { link, widget } = request.params;
        const picture = await results.drawPublicWidget(
          link,
          { widget, values: request.query.values },
          untilLeft(reply.raw),
        );
        return reply
          .headers({ ...pictureHeaders, ...openHeaders })
          .type('image/svg+xml; charset=utf-8')
          .send(picture);
      },
    );
  };
}
