import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HubError } from '#server/hub-error.ts';
import { toOpenAIError } from './to-openai-error.ts';

/** Every address of the door that no other route has. */
export const otherAddresses = ['/v1', '/v1/*'];

export const isOpenAIAddress = (url: string) => /^\/v1(?:[/?]|$)/.test(url);

/** Answers with a failure in the form that clients of OpenAI read. */
export function sendOpenAIFailure(request: FastifyRequest, reply: FastifyReply, failure: HubError) {
  if (failure.code === 'internal')
    request.log.error({ err: failure.cause }, 'a request failed without an expected reason');
  if (failure.retryAfterSeconds !== undefined) void reply.header('retry-after', String(failure.retryAfterSeconds));
  const isElsewhere = otherAddresses.includes(request.routeOptions.url ?? '');
  return reply
    .code(failure.status)
    .type('application/json')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(toOpenAIError(failure.toProblem(request.id), { missing: isElsewhere ? 'unknown_url' : 'model_not_found' }));
}
