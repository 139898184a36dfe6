import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problemResponses } from '#server/contract/problem.ts';
import { HubError } from '#server/hub-error.ts';
import './request-types.ts';

const config = { access: 'anonymous', rateLimit: false } as const;
const Health = z.object({ status: z.literal('ok') });

/** `GET /health/live` (the process answers) and `GET /health/ready` (it can do its work). */
export function healthRoutes({ isDatabaseReady }: { isDatabaseReady: () => Promise<boolean> }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/health/live',
      {
        config,
        schema: {
          operationId: 'getLiveness',
          tags: ['health'],
          summary: 'Whether the process answers',
          security: [],
          response: { 200: Health },
        },
      },
      async () => ({ status: 'ok' as const }),
    );

    app.get(
      '/health/ready',
      {
        config,
        schema: {
          operationId: 'getReadiness',
          tags: ['health'],
          summary: 'Whether the hub can serve: its database answers and its start is over',
          security: [],
          response: { 200: Health, ...problemResponses(503) },
        },
      },
      async () => {
        if (!(await isDatabaseReady())) {
          const words = { en: 'The database does not answer.', zh: '数据库没有响应。' };
          throw new HubError('unavailable', words, { retryAfterSeconds: 1 });
        }
        return { status: 'ok' as const };
      },
    );
  };
}
