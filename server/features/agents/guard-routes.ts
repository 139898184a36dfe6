import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { CheckGuardsInput, GuardVerdict } from '#server/contract/guard.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { readLanguage } from '#server/read-language.ts';

export type CheckGuards = (input: CheckGuardsInput, language: 'en' | 'zh') => GuardVerdict;

/** What guards would do to a text. */
export function guardRoutes({ checkGuards }: { checkGuards: CheckGuards }): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      '/api/guards/check',
      {
        config: { access: 'signed-in', scope: 'agents:read' },
        schema: {
          operationId: 'checkGuards',
          tags: ['agents'],
          summary: 'Try guards on a text',
          description:
            'Says what they would find, and the text as it would go on. Nothing is stored or sent to a model.',
          body: CheckGuardsInput,
          response: { 200: GuardVerdict, ...problemResponses(400, 401, 403, 413, 415, 429) },
        },
      },
      async (request) => checkGuards(request.body, readLanguage(request.headers)),
    );
  };
}
