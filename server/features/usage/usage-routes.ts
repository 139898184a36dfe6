import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { problemResponses } from '#server/contract/problem.ts';
import { UsageQuery, UsageReport } from '#server/contract/usage-report.ts';
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
          description: 'At most 1,000 rows; `total` always covers the whole span. `person=all` is for administrators.',
          querystring: UsageQuery,
          response: { 200: UsageReport, ...problemResponses(400, 401, 403, 429) },
        },
      },
      async (request) => usage.report(request.actor, request.query),
    );
  };
}
