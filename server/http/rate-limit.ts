import rateLimitPlugin, { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { HubError } from '#server/hub-error.ts';
import './request-types.ts';

/** Requests in a minute, at most. */
export type RateLimits = {
  address: number;
  anonymous: number;
  person: number;
  key: number;
  failedSignIns: number;
  /** Tries to sign in to one account in a quarter of an hour, from wherever. */
  signIns: number;
};

const defaults: RateLimits = { address: 3000, anonymous: 600, person: 1200, key: 1200, failedSignIns: 30, signIns: 30 };

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * Slows down guessing at one account from many addresses.
     *
     * @throws {HubError} `rate_limited`
     */
    countSignIn: (request: FastifyRequest) => Promise<void>;
  }
}

type Options = { enabled: boolean; limits?: Partial<RateLimits> | undefined };

const addressOf = (request: FastifyRequest) => normalizeIP(request.ip);

type Kind = 'address' | 'account' | 'key' | 'person';
const kindsInChinese: Record<Kind, string> = { address: '此地址', account: '此账户', key: '此密钥', person: '您' };

function tooMany(kind: Kind, maximum: number, retryAfterSeconds: number): HubError {
  const words = {
    en: `More than ${maximum} requests in a minute from this ${kind}. Try again in ${retryAfterSeconds} s.`,
    zh: `${kindsInChinese[kind]}在一分钟内的请求超过 ${maximum} 次，请 ${retryAfterSeconds} 秒后再试。`,
  };
  return new HubError('rate_limited', words, { retryAfterSeconds });
}

/** The e-mail address that a sign-in is tried with. */
const accountOf = ({ body }: FastifyRequest) => String((body as { email?: unknown } | undefined)?.email).toLowerCase();

function tooManySignIns(_kind: Kind, maximum: number, retryAfterSeconds: number): HubError {
  const minutes = Math.ceil(retryAfterSeconds / 60);
  const words = {
    en: `This account was tried more than ${maximum} times in a quarter of an hour. Try again in ${minutes} minutes, or ask an administrator for a link to a new password.`,
    zh: `此账户在一刻钟内被尝试登录超过 ${maximum} 次。请 ${minutes} 分钟后再试，或请管理员提供设置新密码的链接。`,
  };
  return new HubError('rate_limited', words, { retryAfterSeconds });
}

function createLimiter(
  app: FastifyInstance,
  kind: Kind,
  max: number,
  keyOf: (request: FastifyRequest) => string | null,
  { timeWindow = '1 minute', toRefusal = tooMany } = {},
) {
  const count = app.createRateLimit({
    max,
    timeWindow,
    keyGenerator: (request) => `${kind}:${keyOf(request) ?? ''}`,
  });
  return async (request: FastifyRequest, { increment = true } = {}) => {
    if (keyOf(request) === null) return;
    const result = await count(request, { increment });
    if (!result.isAllowed && (increment ? result.isExceeded : result.remaining === 0))
      throw toRefusal(kind, max, result.ttlInSeconds);
  };
}

/**
 * Limits requests a minute per address (before anybody is looked up), then per person and per key.
 *
 * Register it around `authentication`: `rateLimit` first, `authentication` second, `rateLimitActors` third. A route asks
 * for less with `config.rateLimit: { max, timeWindow }`, counted per address, or for none with `false`. The counters are
 * this process's own.
 */
export function rateLimit({ enabled, limits }: Options) {
  const maximum = { ...defaults, ...limits };
  const plugin: FastifyPluginAsync = async (app) => {
    await app.register(rateLimitPlugin, {
      global: false,
      keyGenerator: addressOf,
      addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
      addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
      errorResponseBuilder: (_request, context) => tooMany('address', context.max, Math.ceil(context.ttl / 1000)),
    });
    app.decorate(
      'countSignIn',
      createLimiter(app, 'account', maximum.signIns, accountOf, {
        timeWindow: '15 minutes',
        toRefusal: tooManySignIns,
      }),
    );
    const limitAddress = createLimiter(app, 'address', maximum.address, addressOf);
    const limitFailures = createLimiter(app, 'address', maximum.failedSignIns, addressOf);

    app.addHook('onRequest', async (request) => {
      if (request.routeOptions.config.rateLimit === false) return;
      await limitAddress(request);
      if (request.headers.authorization !== undefined) await limitFailures(request, { increment: false });
    });
    app.addHook('onResponse', async (request, reply) => {
      if (reply.statusCode === 401 && request.headers.authorization !== undefined)
        await limitFailures(request).catch(() => undefined);
    });
  };
  const unlimited: FastifyPluginAsync = async (app) => {
    app.decorate('countSignIn', async () => {});
  };
  return fastifyPlugin(enabled ? plugin : unlimited, { name: 'atrium-rate-limit', fastify: '5.x' });
}

/** The part of the limits that knows who asks; see `rateLimit`. */
export function rateLimitActors({ enabled, limits }: Options) {
  const maximum = { ...defaults, ...limits };
  const plugin: FastifyPluginAsync = async (app) => {
    const limitKey = createLimiter(app, 'key', maximum.key, (request) => request.visitor?.key?.id ?? null);
    const limitPerson = createLimiter(app, 'person', maximum.person, (request) => request.visitor?.userId ?? null);
    const limitAnonymous = createLimiter(app, 'address', maximum.anonymous, (request) =>
      request.visitor === null ? addressOf(request) : null,
    );
    app.addHook('onRequest', async (request) => {
      if (request.routeOptions.config.rateLimit === false) return;
      await limitKey(request);
      await limitPerson(request);
      await limitAnonymous(request);
    });
  };
  return fastifyPlugin(enabled ? plugin : async () => undefined, { name: 'atrium-rate-limit-actors', fastify: '5.x' });
}
