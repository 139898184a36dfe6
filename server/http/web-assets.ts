import { existsSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { extname, join } from 'node:path';
import staticFiles from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import type { Actor } from '#server/contract/actor.ts';
import { readLanguage } from '#server/read-language.ts';
import { createFirstViews, type DrawView } from './first-view.ts';
import { readPageDocuments } from './page-documents.ts';
import './request-types.ts';

type Needs = {
  folder: string;
  /** The person behind a session cookie, or null. */
  resolveSession: (headers: IncomingHttpHeaders) => Promise<Actor | null>;
  drawView: DrawView;
};

const notPages = /^\/(api|v1|health|metrics)(\/|$)/;
const yearSeconds = 31_536_000;

/** Pages for everybody with a link: found by no search engine, told to no other site, and with nothing to send. */
const sharedPages = /^\/s(\/|$)/;
const sharedHeaders = {
  'x-robots-tag': 'noindex, nofollow',
  'referrer-policy': 'no-referrer',
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "frame-src 'self'",
    "font-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join(';'),
};

/** Scripts and styles of a page are held to the page's own policy; a worker has the one that its script comes with. */
const partsOfPages = /^\/assets\/(?!.*worker)[^/]+\.(?:js|css)$/;
/** What only documents are asked about: half of what a small file took on its way. */
const documentHeaders = [
  'content-security-policy',
  'x-dns-prefetch-control',
  'x-download-options',
  'x-frame-options',
  'x-permitted-cross-domain-policies',
  'x-xss-protection',
];

/** The script with which other sites show an agent. */
const launcherPath = '/embed.js';

const toLink = (address: string) => `<${address}>; rel=preload; as=fetch; crossorigin`;

const pathOf = (url: string) => url.split('?', 1)[0] ?? '/';

/**
 * Serves the built page: hashed files under `/assets/` for ever, everything else checked again each time.
 *
 * A path without a file name that is no part of the API is a page of the router and gets its document: to who is signed in, with
 * its first view, or else with headers that say what the page will ask first (RFC 8288, HTML's `preload`), so that the answers come
 * while its code does.
 */
export function webAssets({ folder, resolveSession, drawView }: Needs) {
  const plugin: FastifyPluginAsync = async (app) => {
    if (!existsSync(join(folder, 'index.html'))) {
      app.log.warn({ folder }, 'the page is not built, so only the API is served');
      return;
    }
    const findDocument = readPageDocuments(folder);
    const firstViews = createFirstViews({ app, folder, draw: drawView });
    // The first document does not wait so long; without it, that one comes as the build wrote it.
    app.addHook('onListen', () => void firstViews.prepare().catch(() => undefined));
    await app.register(staticFiles, {
      root: folder,
      serve: false,
      preCompressed: true,
      cacheControl: false,
      index: false,
    });

    app.get('/*', { config: { access: 'anonymous' }, schema: { hide: true } }, async (request, reply) => {
      const path = pathOf(request.url);
      if (notPages.test(path)) return reply.callNotFound();
      if (sharedPages.test(path)) void reply.headers(sharedHeaders);
      if (extname(path) === '') {
        const document = findDocument(path, readLanguage(request.headers));
        const { file, asks } = document;
        void reply.header('Vary', 'Accept-Language, Cookie');
        // What stands after a question mark may have the page ask for something else.
        if (asks.length > 0 && path === request.url && (await resolveSession(request.headers)) !== null) {
          const withView = request.method === 'GET' ? await firstViews.write(request, reply, document) : null;
          if (withView !== null) return reply.send(withView);
          void reply.header('Link', asks.map(toLink));
        }
        return reply.header('Cache-Control', 'no-cache').sendFile(file);
      }
      if (path === launcherPath) void reply.header('Cross-Origin-Resource-Policy', 'cross-origin');
      if (partsOfPages.test(path)) for (const name of documentHeaders) reply.removeHeader(name);
      const hashed = path.startsWith('/assets/');
      void reply.header('Cache-Control', hashed ? `public, max-age=${yearSeconds}, immutable` : 'no-cache');
      return reply.sendFile((request.params as { '*': string })['*']);
    });
  };
  return fastifyPlugin(plugin, { name: 'atrium-web-assets', fastify: '5.x' });
}
