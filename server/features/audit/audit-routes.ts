import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { AuditEntry, AuditQuery } from '#server/contract/audit.ts';
import { pageOf } from '#server/contract/page.ts';
import { problemResponses } from '#server/contract/problem.ts';
import type { AuditService } from './audit-service.ts';

/** `/api/audit`: what administrators did, for administrators. */
export function auditRoutes({ audit }: { audit: AuditService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/audit',
      {
        config: { access: 'administrator' },
        schema: {
          operationId: 'listAudit',
          tags: ['audit'],
          summary: 'What administrators did, newest first',
          description:
            'Who changed what, when and from which address, by page, key or command line. Entries are never changed or removed.',
          querystring: AuditQuery,
          response: { 200: pageOf(AuditEntry), ...problemResponses(400, 401, 403, 429) },
        },
      },
      async (request) => audit.listActs(request.query),
    );
  };
}
