import type { FastifyInstance } from 'fastify';

type KnownRoute = { pattern: RegExp; methods: Set<string> };

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function toPattern(url: string): RegExp {
  const parts = url.split('/').map((part) =>
    part
      .split(/:[A-Za-z0-9_]+/)
      .map(escape)
      .join('[^/]+'),
  );
  return new RegExp(`^${parts.join('/')}/?$`);
}

/**
 * Remembers the routes of an app, to answer which methods an address takes (RFC 9110, section 15.5.6).
 *
 * Wildcard routes are left out: they say nothing about an address.
 */
export function rememberRoutes(app: FastifyInstance) {
  const routes = new Map<string, KnownRoute>();

  app.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return;
    const route = routes.get(url) ?? { pattern: toPattern(url), methods: new Set() };
    for (const name of [method].flat()) route.methods.add(name);
    routes.set(url, route);
  });

  return (path: string): string[] => {
    const matching = [...routes.values()].filter(({ pattern }) => pattern.test(path));
    return [...new Set(matching.flatMap(({ methods }) => [...methods]))].sort();
  };
}
