import type { FastifyInstance } from 'fastify';
import type { VisitConversation } from '#server/contract/embed.ts';
import { parseEvents } from './run-engine.ts';

/** Strangers on a site that shows an agent; `agent` is whom they ask unless told. */
export function createVisitors({
  site,
  app,
  agent,
}: {
  site: string;
  app: () => Pick<FastifyInstance, 'inject'>;
  agent: () => string;
}) {
  const open = (reference: string, origin?: string) =>
    app().inject({ url: `/api/embeds/${reference}`, headers: origin === undefined ? {} : { origin } });

  const begin = (reference = agent(), shownOn: string | null = site, headers: Record<string, string> = {}) =>
    app().inject({
      method: 'POST',
      url: `/api/embeds/${reference}/visits`,
      payload: { site: shownOn },
      headers,
    });

  /** A stranger with a visit. */
  async function visit(reference = agent()) {
    const { token } = (await begin(reference)).json<{ token: string }>();
    const headers = { 'x-embed-session': token };
    const base = `/api/embeds/${reference}`;
    const inject = (method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object) =>
      app().inject({ method, url: `${base}/${path}`, headers, ...(payload && { payload }) });
    return {
      inject,
      say: async (input: string | { again: true }, more: object = {}) => {
        const answer = await inject('POST', 'runs', { ...(typeof input === 'string' ? { input } : input), ...more });
        return { status: answer.statusCode, answer, seen: answer.statusCode === 200 ? parseEvents(answer.body) : [] };
      },
      /** Newest first. */
      read: async (query = '') => (await inject('GET', `conversation${query}`)).json<VisitConversation>(),
    };
  }

  return { open, begin, visit };
}
