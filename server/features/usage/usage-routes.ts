import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problemResponses } from '#server/contract/problem.ts';
import { UsageQuery, UsageReport } from '#server/contract/usage-report.ts';
import { toUsageCsv } from './usage-csv.ts';
import type { UsageService } from './usage-service.ts';

/** `/api/usage`: the page's figures, and with the scope `admin` those of an administrator's own software. */
export function usageRoutes({ usage }: { usage: UsageService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/usage',
      {
        config: { access: 'signed-in', scope: 'admin' },
        schema: {
          operationId: 'getUsage',
          tags: ['usage'],
          summary: 'Runs, tokens and cost by day, agent, model, key or person',
          description:
            'At most 1,000 rows; `total` always covers the whole span. By model, a run that several models answered counts ' +
            'in the row of each, with what that one took, and once in `total`. `person=my-agents` sums what others used ' +
            'of your agents. `person=all` and `personId` are for administrators.',
          querystring: UsageQuery,
          response: { 200: UsageReport, ...problemResponses(400, 401, 403, 429) },
        },
      },
      async (request) => usage.report(request.actor, request.query),
    );

    app.get(
      '/api/usage.csv',
      {
        config: { access: 'signed-in', scope: 'admin' },
        schema: {
          operationId: 'getUsageAsCsv',
          tags: ['usage'],
          summary: 'The same as a table for a spreadsheet (RFC 4180, UTF-8)',
          querystring: UsageQuery,
          response: {
            200: { content: { 'text/csv': { schema: z.string() } } },
            ...problemResponses(400, 401, 403, 429),
          },
        },
      },
      async (request, reply) => {
        const report = await usage.report(request.actor, request.query);
        const name = `usage-by-${request.query.groupBy}-${report.from.slice(0, 10)}-${report.to.slice(0, 10)}.csv`;
        return reply
          .type('text/csv; charset=utf-8')
          .header('content-disposition', `attachment; filename="${name}"`)
          .send(toUsageCsv(report, request.query.groupBy));
      },
    );
  };
}
