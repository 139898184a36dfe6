import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { HubError } from '#server/hub-error.ts';
import { rememberRoutes } from './allowed-methods.ts';
import { toFailure } from './to-failure.ts';

/** Answers with a failure as `application/problem+json` (RFC 9457) and the headers that belong to its status. */
export function sendFailure(request: FastifyRequest, reply: FastifyReply, failure: HubError) {
  if (failure.code === 'internal')
    request.log.error({ err: failure.cause }, 'a request failed without an expected reason');
  else request.log.debug({ code: failure.code, detail: failure.message }, 'a request was refused');
  if (failure.retryAfterSeconds !== undefined) void reply.header('Retry-After', String(failure.retryAfterSeconds));
  if (failure.status === 401 && !reply.hasHeader('WWW-Authenticate'))
    void reply.header('WWW-Authenticate', 'Bearer realm="atrium"');
  return reply
    .code(failure.status)
    .type('application/problem+json')
    .serializer((problem: unknown) => JSON.stringify(problem))
    .send(failure.toProblem(request.id));
}

/** For Fastify's own option `frameworkErrors`: addresses that cannot even be routed. */
export function frameworkErrors(error: Error, request: FastifyRequest, reply: FastifyReply) {
  const detail = `The address cannot be read: ${error.message}`;
  void sendFailure(request, reply, new HubError('bad_request', detail, { cause: error }));
}

const plugin: FastifyPluginAsync = async (app) => {
  const findMethods = rememberRoutes(app);

  app.setErrorHandler((thrown, request, reply) => sendFailure(request, reply, toFailure(thrown, request)));

  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    const methods = findMethods(path);
    if (methods.length === 0 || methods.includes(request.method)) {
      return sendFailure(request, reply, new HubError('not_found', `There is nothing at ${request.method} ${path}.`));
    }
    void reply.header('Allow', methods.join(', '));
    return sendFailure(request, reply, new HubError('method_not_allowed', `${path} takes ${methods.join(', ')}.`));
  });
};

/** Makes every failure an RFC 9457 problem; register it before any route. */
export const errorHandler = fastifyPlugin(plugin, { name: 'atrium-error-handler', fastify: '5.x' });
