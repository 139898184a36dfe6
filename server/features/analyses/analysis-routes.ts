import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Analysis, AnalysisSummary, ForecastInput, IndicatorInput, ProfileInput } from '#server/contract/analysis.ts';
import { Identifier } from '#server/contract/identifier.ts';
import { pageOf, PageQuery } from '#server/contract/page.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { readLanguage } from '#server/read-language.ts';
import { keptPictureHeaders, toDisposition } from '#server/to-file-headers.ts';
import { untilLeft } from '#server/until-left.ts';
import type { AnalysisService } from './analysis-service.ts';

const tags = ['analyses'];
const params = z.object({ analysis: Identifier });
/** An analysis is work: some a minute. */
const writing = { scope: 'data:write', rateLimit: { max: 60, timeWindow: '1 minute' } } as const;
const reading = { scope: 'data:read' } as const;
const made = { 201: Analysis, ...problemResponses(400, 403, 404, 409, 503) };

/** `/api/analyses`: profiles, forecasts and indicators, a person's own. */
export function analysisRoutes({ analyses }: { analyses: AnalysisService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      '/api/analyses/profile',
      {
        config: writing,
        schema: {
          operationId: 'profileTable',
          tags,
          summary: 'Describes the columns of a table or a result, and keeps the report',
          description:
            'Counts, quantiles, distributions, outliers, correlations, duplicates and gaps in time, each with the SQL that gives the same figure in the workbench.',
          body: ProfileInput,
          response: made,
        },
      },
      async (request, reply) =>
        reply.code(201).send(await analyses.profile(request.actor, request.body, untilLeft(reply.raw))),
    );

    app.post(
      '/api/analyses/forecast',
      {
        config: writing,
        schema: {
          operationId: 'forecastSeries',
          tags,
          summary: 'Foretells a series, and keeps the report',
          description:
            'Naive, seasonal naive, drift, Holt, Holt-Winters and ARIMA are tried by a rolling back-test; the best one that beats the naive one beyond chance is used, with intervals of 80 and 95 % as wide as it was wrong before. No advice.',
          body: ForecastInput,
          response: made,
        },
      },
      async (request, reply) =>
        reply.code(201).send(await analyses.forecast(request.actor, request.body, untilLeft(reply.raw))),
    );

    app.post(
      '/api/analyses/indicators',
      {
        config: writing,
        schema: {
          operationId: 'computeIndicators',
          tags,
          summary:
            'Moving averages, RSI, MACD, Bollinger bands, volatility, drawdown and Sharpe ratio; keeps the report',
          body: IndicatorInput,
          response: made,
        },
      },
      async (request, reply) =>
        reply.code(201).send(await analyses.indicators(request.actor, request.body, untilLeft(reply.raw))),
    );

    app.get(
      '/api/analyses',
      {
        config: reading,
        schema: {
          operationId: 'listAnalyses',
          tags,
          summary: 'Your analyses, newest first',
          querystring: PageQuery,
          response: { 200: pageOf(AnalysisSummary), ...problemResponses(400, 403) },
        },
      },
      (request) => analyses.list(request.actor, request.query),
    );

    app.get(
      '/api/analyses/:analysis',
      {
        config: reading,
        schema: {
          operationId: 'getAnalysis',
          tags,
          summary: 'An analysis with its report',
          params,
          response: { 200: Analysis, ...problemResponses(403, 404) },
        },
      },
      (request) => analyses.get(request.actor, request.params.analysis),
    );

    app.delete(
      '/api/analyses/:analysis',
      {
        config: { scope: 'data:write' },
        schema: {
          operationId: 'deleteAnalysis',
          tags,
          summary: 'Deletes an analysis',
          params,
          response: { 204: z.null(), ...problemResponses(403, 404) },
        },
      },
      async (request, reply) => {
        await analyses.remove(request.actor, request.params.analysis);
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/api/analyses/:analysis/charts/:chartName',
      {
        config: reading,
        schema: {
          operationId: 'drawAnalysisChart',
          tags,
          summary: 'A chart of an analysis as SVG, in the language that is asked for or of Accept-Language',
          produces: ['image/svg+xml'],
          params: params.extend({ chartName: z.string().max(60) }),
          querystring: z.object({ language: z.enum(['en', 'zh']).optional() }),
          response: {
            200: { description: 'The chart', content: { 'image/svg+xml': { schema: z.string() } } },
            ...problemResponses(400, 403, 404, 503),
          },
        },
      },
      async (request, reply) => {
        const { analysis: id, chartName: chart } = request.params;
        const language = request.query.language ?? readLanguage(request.headers);
        const svg = await analyses.drawChart(request.actor, { id, chart, language }, untilLeft(reply.raw));
        return reply.headers(keptPictureHeaders).type('image/svg+xml').send(svg);
      },
    );

    for (const [ending, operationId, type] of [
      ['md', 'getAnalysisMarkdown', 'text/markdown; charset=utf-8'],
      ['pdf', 'getAnalysisPdf', 'application/pdf'],
    ] as const) {
      app.get(
        `/api/analyses/:analysis/report.${ending}`,
        {
          config: reading,
          schema: {
            operationId,
            tags,
            summary: `The report as ${ending === 'md' ? 'Markdown' : 'PDF'}, in the language of Accept-Language`,
            produces: [ending === 'md' ? 'text/markdown' : 'application/pdf'],
            params,
            response: {
              200: {
                description: 'The report',
                content: { [ending === 'md' ? 'text/markdown' : 'application/pdf']: { schema: z.any() } },
              },
              ...problemResponses(403, 404),
            },
          },
        },
        async (request, reply) => {
          const { analysis } = request.params;
          const language = readLanguage(request.headers);
          const report =
            ending === 'md'
              ? await analyses.writeMarkdown(request.actor, analysis, language)
              : Buffer.from(await analyses.writePdf(request.actor, analysis, language, untilLeft(reply.raw)));
          return reply
            .headers({
              'content-disposition': toDisposition(`analysis.${ending}`),
              'x-content-type-options': 'nosniff',
            })
            .type(type)
            .send(report);
        },
      );
    }
  };
}
