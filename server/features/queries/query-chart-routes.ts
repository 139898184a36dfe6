import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ChartViewQuery, QueryChart, ResultReportQuery, SaveChartInput } from '#server/contract/chart-view.ts';
import { Identifier } from '#server/contract/identifier.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { readLanguage } from '#server/read-language.ts';
import { toReportHeaders } from '#server/to-file-headers.ts';
import { untilLeft } from '#server/until-left.ts';
import type { QueryChartService } from './query-chart-service.ts';

const tags = ['queries'];
const params = z.object({ query: Identifier });
const chartParams = params.extend({ chart: Identifier });
const executionParams = z.object({ execution: Identifier });
const reading = { scope: 'data:read' } as const;
const writing = { scope: 'data:write' } as const;
/** A picture that is opened by itself runs nothing. */
const pictureHeaders = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'cache-control': 'private, no-store',
  'x-content-type-options': 'nosniff',
};
const picture = (type: string) => ({
  200: { description: 'The picture', content: { [type]: { schema: z.string() } } },
  ...problemResponses(400, 404, 409, 503),
});

/** Charts of saved queries, and every result as a picture. */
export function queryChartRoutes({ queryCharts }: { queryCharts: QueryChartService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/queries/:query/charts',
      {
        config: reading,
        schema: {
          operationId: 'listQueryCharts',
          tags,
          summary: 'The charts that were saved with a query, oldest first',
          params,
          response: { 200: z.object({ items: z.array(QueryChart) }), ...problemResponses(404) },
        },
      },
      async (request) => ({ items: await queryCharts.list(request.actor, request.params.query) }),
    );

    app.post(
      '/api/queries/:query/charts',
      {
        config: writing,
        schema: {
          operationId: 'createQueryChart',
          tags,
          summary: 'Saves a chart with a query, by a name',
          params,
          body: SaveChartInput,
          response: { 201: QueryChart, ...problemResponses(404, 409) },
        },
      },
      async (request, reply) =>
        reply.code(201).send(await queryCharts.create(request.actor, request.params.query, request.body)),
    );

    app.put(
      '/api/queries/:query/charts/:chart',
      {
        config: writing,
        schema: {
          operationId: 'updateQueryChart',
          tags,
          summary: 'Changes a chart of a query',
          params: chartParams,
          body: SaveChartInput,
          response: { 200: QueryChart, ...problemResponses(404) },
        },
      },
      (request) => queryCharts.update(request.actor, request.params.query, request.params.chart, request.body),
    );

    app.delete(
      '/api/queries/:query/charts/:chart',
      {
        config: writing,
        schema: {
          operationId: 'deleteQueryChart',
          tags,
          summary: 'Deletes a chart of a query',
          params: chartParams,
          response: { 204: z.null(), ...problemResponses(404) },
        },
      },
      async (request, reply) => {
        await queryCharts.remove(request.actor, request.params.query, request.params.chart);
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/api/queries/:query/charts/:chart.svg',
      {
        config: reading,
        schema: {
          operationId: 'drawQueryChart',
          tags,
          summary: "A chart of the actor's last result of a query, as SVG",
          produces: ['image/svg+xml'],
          params: chartParams,
          response: picture('image/svg+xml'),
        },
      },
      async (request, reply) => {
        const { query, chart } = request.params;
        const svg = await queryCharts.drawChart(request.actor, query, chart, untilLeft(reply.raw));
        return reply.headers(pictureHeaders).type('image/svg+xml; charset=utf-8').send(svg);
      },
    );

    app.get(
      '/api/queries/:query/charts/:chart.png',
      {
        config: reading,
        schema: {
          operationId: 'drawQueryChartPicture',
          tags,
          summary: "A chart of the actor's last result of a query, as PNG",
          produces: ['image/png'],
          params: chartParams,
          response: picture('image/png'),
        },
      },
      async (request, reply) => {
        const { query, chart } = request.params;
        const png = await queryCharts.drawChartPicture(request.actor, query, chart, untilLeft(reply.raw));
        return reply
          .headers(pictureHeaders)
          .type('image/png')
          .send(Buffer.from(png) as never);
      },
    );

    app.get(
      '/api/executions/:execution/chart.svg',
      {
        config: reading,
        schema: {
          operationId: 'drawExecution',
          tags,
          summary: 'A result as SVG: the chart that is asked for, or without columns the one that suits it',
          description: 'Of the first 5,000 rows.',
          produces: ['image/svg+xml'],
          params: executionParams,
          querystring: ChartViewQuery,
          response: picture('image/svg+xml'),
        },
      },
      async (request, reply) => {
        const { execution } = request.params;
        const svg = await queryCharts.drawResult(request.actor, execution, request.query, untilLeft(reply.raw));
        return reply.headers(pictureHeaders).type('image/svg+xml; charset=utf-8').send(svg);
      },
    );

    app.get(
      '/api/executions/:execution/chart.png',
      {
        config: reading,
        schema: {
          operationId: 'drawExecutionPicture',
          tags,
          summary: 'A result as PNG',
          produces: ['image/png'],
          params: executionParams,
          querystring: ChartViewQuery,
          response: picture('image/png'),
        },
      },
      async (request, reply) => {
        const { execution } = request.params;
        const png = await queryCharts.drawResultPicture(request.actor, execution, request.query, untilLeft(reply.raw));
        return reply
          .headers(pictureHeaders)
          .type('image/png')
          .send(Buffer.from(png) as never);
      },
    );

    app.get(
      '/api/executions/:execution/report.pdf',
      {
        config: reading,
        schema: {
          operationId: 'writeExecutionReport',
          tags,
          summary: 'A result on paper: its chart, its first 100 rows and the SQL',
          description: 'In the language that is asked for, or of Accept-Language.',
          produces: ['application/pdf'],
          params: executionParams,
          querystring: ResultReportQuery,
          response: picture('application/pdf'),
        },
      },
      async (request, reply) => {
        const { language = readLanguage(request.headers), ...view } = request.query;
        const asked = { id: request.params.execution, view, language };
        const report = await queryCharts.writeReport(request.actor, asked, untilLeft(reply.raw));
        return reply
          .headers(toReportHeaders('result.pdf'))
          .type('application/pdf')
          .send(Buffer.from(report) as never);
      },
    );
  };
}
