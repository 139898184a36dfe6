import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import type { Actor } from '#server/contract/actor.ts';
import { HubError } from '#server/hub-error.ts';
import { type AccessRule, findRefusal, scopeFor } from './route-access.ts';
import { changesState, findOrigin } from './same-origin.ts';
import './request-types.ts';

type Needs = {
  /** The person behind a session cookie, or null. */
  resolveSession: (headers: IncomingHttpHeaders) => Promise<Actor | null>;
  /** The actor behind an API key; null when no such key exists, `unauthenticated` when it expired. */
  resolveKey: (bearer: string) => Promise<Actor | null>;
  /** Where people reach the hub from outside, if it is not what `Host` says. */
  publicUrl?: string | undefined;
};

const realm = 'Bearer realm="atrium"';

function readBearer(request: FastifyRequest): string | null {
  const { keyHeader } = request.routeOptions.config;
  const named = keyHeader === undefined ? undefined : request.headers[keyHeader];
  if (typeof named === 'string') return named;
  const header = request.headers.authorization;
  if (header === undefined) return null;
  const match = /^Bearer +(\S+)$/i.exec(header);
  if (!match?.[1]) {
    throw new HubError('unauthenticated', {
      en: 'Send the API key as "Authorization: Bearer <key>".',
      zh: '请以“Authorization: Bearer <密钥>”发送 API 密钥。',
    });
  }
  return match[1];
}

function challenge(reply: FastifyReply, error: HubError, rule: AccessRule, sentKey: boolean) {
  const scope = scopeFor(rule);
  if (error.code === 'unauthenticated') {
    void reply.header('WWW-Authenticate', sentKey ? `${realm}, error="invalid_token"` : realm);
  } else if (error.code === 'insufficient_scope' && scope !== null) {
    void reply.header('WWW-Authenticate', `${realm}, error="insufficient_scope", scope="${scope}"`);
  }
}

function refuseOtherSites(request: FastifyRequest, publicHost: string | null) {
  if (!changesState(request)) return;
  const origin = findOrigin(request, publicHost);
  if (origin === 'same' || (origin === 'unknown' && request.visitor === null)) return;
  throw new HubError('forbidden', {
    en: 'A session may only change things from the page of this hub (same origin).',
    zh: '登录会话只能从此中枢的页面（同源）进行修改。',
  });
}

/**
 * Finds out who asks and enforces each route's `config.access` and `config.scope` before its body is read.
 *
 * A Bearer key wins over a cookie. Cookie requests that change something must come from the hub's own origin.
 */
export function authentication({ resolveSession, resolveKey, publicUrl }: Needs) {
  const publicHost = publicUrl === undefined ? null : new URL(publicUrl).host;

  async function findKeyActor(bearer: string): Promise<Actor> {
    const actor = await resolveKey(bearer);
    if (actor === null) {
      throw new HubError('unauthenticated', {
        en: 'This API key does not exist here; it may have been deleted.',
        zh: '此中枢没有这个 API 密钥，它可能已被删除。',
      });
    }
    return actor;
  }

  async function admit(request: FastifyRequest, rule: AccessRule) {
    const bearer = readBearer(request);
    if (bearer === null) {
      request.visitor = await resolveSession(request.headers);
      refuseOtherSites(request, publicHost);
    } else {
      request.visitor = await findKeyActor(bearer);
    }
    if (rule.access === 'public') return;
    if (request.visitor === null) {
      throw new HubError('unauthenticated', {
        en: 'Sign in, or send an API key as "Authorization: Bearer <key>".',
        zh: '请登录，或以“Authorization: Bearer <密钥>”发送 API 密钥。',
      });
    }
    const refusal = findRefusal(request.visitor, rule);
    if (refusal !== null) throw refusal;
  }

  const plugin: FastifyPluginAsync = async (app) => {
    app.decorateRequest('visitor', null);
    app.decorateRequest('actor', {
      getter(this: FastifyRequest) {
        if (this.visitor === null) throw new HubError('unauthenticated', { en: 'Sign in first.', zh: '请先登录。' });
        return this.visitor;
      },
    });
    app.addHook('onRequest', async (request, reply) => {
      const { access = 'signed-in', scope } = request.routeOptions.config;
      if (request.is404 || access === 'anonymous') return;
      try {
        await admit(request, { access, scope });
      } catch (error) {
        if (error instanceof HubError)
          challenge(reply, error, { access, scope }, request.headers.authorization !== undefined);
        throw error;
      }
    });
  };
  return fastifyPlugin(plugin, { name: 'atrium-authentication', fastify: '5.x' });
}
