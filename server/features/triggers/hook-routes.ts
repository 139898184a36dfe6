import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Identifier } from '#server/contract/identifier.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { HookAnswer, maximumPayloadBytes } from '#server/contract/trigger.ts';
import type { TriggerService } from './trigger-service.ts';

/** Where other software posts webhooks to. The body is kept as it came: its bytes are what was signed. */
export function hookRoutes({ triggers }: { triggers: TriggerService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.removeContentTypeParser('application/json');
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

    app.post(
      '/api/hooks/:hook',
      {
        bodyLimit: maximumPayloadBytes,
        config: { access: 'anonymous', rateLimit: { max: 300, timeWindow: '1 minute' } },
        schema: {
          operationId: 'receiveWebhook',
          tags: ['triggers'],
          summary: 'Takes a signed webhook and starts a run of its trigger',
          description:
            'Signed as Standard Webhooks 1.0 has it: `webhook-id`, `webhook-timestamp` (seconds, at most five minutes off) and ' +
            '`webhook-signature` (`v1,` and the base64 of the HMAC-SHA256 over `id.timestamp.body`); or, where the trigger says ' +
            'so, as GitHub does with `X-Hub-Signature-256`. A delivery that came before starts nothing and is answered 200 with ' +
            'the same run. An unknown address and a wrong signature are answered alike.',
          params: z.object({ hook: Identifier }),
          body: z.unknown().describe('Any JSON, at most 256 kB; held to the schema of the trigger.'),
          response: { 200: HookAnswer, 202: HookAnswer, ...problemResponses(401, 409, 503) },
        },
      },
      async (request, reply) => {
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const answer = await triggers.receiveHook(request.params.hook, request.headers, body);
        return reply.code(answer.repeated ? 200 : 202).send(answer);
      },
    );
  };
}
