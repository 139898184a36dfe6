import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { HubError } from '#server/hub-error.ts';
import { readLanguage } from '#server/read-language.ts';
import { rememberRoutes } from './allowed-methods.ts';
import { toFailure } from './to-failure.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Why nothing answers at a request's address: there is none, or it takes other methods, which `Allow` then names. */
    explainAddress: (request: FastifyRequest, reply: FastifyReply) => HubError;
  }
}

/** Work that was stopped because its reader left: an abort while the connection still stands is a failure like any other. */
const isForReaderWhoLeft = ({ raw }: FastifyReply, { cause }: HubError) =>
  raw.closed && !raw.writableFinished && cause instanceof Error && cause.name === 'AbortError';

/** Answers with a failure as `application/problem+json` (RFC 9457) and the headers that belong to its status. */
export function sendFailure(request: FastifyRequest, reply: FastifyReply, failure: HubError) {
  if (isForReaderWhoLeft(reply, failure)) request.log.debug('the reader left before the answer');
  else if (failure.code === 'internal')
    request.log.error({ err: failure.cause }, 'a request failed without an expected reason');
  else request.log.debug({ code: failure.code, detail: failure.message }, 'a request was refused');
  if (failure.retryAfterSeconds !== undefined) void reply.header('Retry-After', String(failure.retryAfterSeconds));
  if (failure.status === 401 && !reply.hasHeader('WWW-Authenticate'))
    void reply.header('WWW-Authenticate', 'Bearer realm="atrium"');
  return reply
    .code(failure.status)
    .type('application/problem+json')
    .serializer((problem: unknown) => JSON.stringify(problem))
    .send(failure.toProblem(request.id, readLanguage(request.headers)));
}

/** An address that cannot even be routed. */
export const toUnreadable = (cause: Error) =>
  new HubError(
    'bad_request',
    { en: `The address cannot be read: ${cause.message}`, zh: `无法读取此地址：${cause.message}` },
    { cause },
  );

const plugin: FastifyPluginAsync = async (app) => {
  const findMethods = rememberRoutes(app);

  app.setErrorHandler((thrown, request, reply) => sendFailure(request, reply, toFailure(thrown, request)));

  app.decorate('explainAddress', (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    const methods = findMethods(path);
    if (methods.length === 0 || methods.includes(request.method)) {
      return new HubError('not_found', {
        en: `There is nothing at ${request.method} ${path}.`,
        zh: `${request.method} ${path} 没有任何内容。`,
      });
    }
    void reply.header('Allow', methods.join(', '));
    return new HubError('method_not_allowed', {
      en: `${path} takes ${methods.join(', ')}.`,
      zh: `${path} 只接受 ${methods.join('、')}。`,
    });
  });
  app.setNotFoundHandler((request, reply) => sendFailure(request, reply, app.explainAddress(request, reply)));
};

/** Makes every failure an RFC 9457 problem; register it before any route. */
export const errorHandler = fastifyPlugin(plugin, { name: 'atrium-error-handler', fastify: '5.x' });
