import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, type Writable } from 'node:stream';
import { BrotliCompress, constants, createBrotliCompress } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type FirstViewTask, givenAnswersId } from '#server/contract/first-view.ts';
import { readLanguage, toLanguageTag } from '#server/read-language.ts';
import type { PageDocument } from './page-documents.ts';

export type DrawView = (task: FirstViewTask) => Promise<string>;

/** For so long a document waits for its view; it is then sent without. */
const patienceMs = 400;
/** More takes the browser longer to read than to ask for. */
const mostCharacters = 300_000;
/** One address of each page. */
const openedMost = ['/sign-in', '/', '/agents', '/chat/any/any', '/agents/any/edit'];
const fast = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

/** Nothing in it does anything before the page's own code has drawn it anew; the second says so to software that drives a browser. */
const inert = '<div inert aria-disabled="true">';

type CutDocument = { head: string; standIn: string; end: string; policy: string };
/** What `web/index.html` has in its place until the page is drawn. */
const root = /(<div id="root">)([^]*?)<\/div>\s*<!-- end of root -->/;
/** What it asks, where its answer is not given. */
const firstRequest = /<link rel="preload" href="\/api\/session"[^>]*>/;
const pageScript = /<script type="module" crossorigin src="([^"]+)"><\/script>/;
const pagePart = /\s*<link rel="modulepreload" crossorigin href="([^"]+)">/g;
/** By far the largest, and every page begins with it: the one that is fetched meanwhile. */
const startPart = /\/start-[^/]+\.js$/;
const scriptBeforePaint = '<script src="/before-paint.js"></script>';
/** Has the first frame show the whole view: of one that comes in pieces, each would be laid out and painted. */
const untilViewIsRead = `<link rel="expect" href="#${givenAnswersId}" blocking="render">`;

/**
 * Has the browser run none of the page's code before all that the view is painted with, and ask for little of it:
 * `web/public/before-paint.js` asks for the rest and starts it. That script stands in the document, which else would wait for it.
 */
function holdScripts(head: string, script: string): string {
  const [whole = '', address = ''] = pageScript.exec(head) ?? [];
  if (whole === '') throw new Error('The document has no script to hold.');
  const parts = [...head.matchAll(pagePart)].map(([, part = '']) => part);
  const start = parts.find((part) => startPart.test(part));
  const later = [address, ...parts.filter((part) => part !== start)];
  const meanwhile =
    start === undefined ? '' : `<link rel="modulepreload" fetchpriority="low" crossorigin href="${start}">`;
  return head
    .replaceAll(pagePart, '')
    .replace(whole, '')
    .replace('</head>', () => `${meanwhile}</head>`)
    .replace(
      scriptBeforePaint,
      () => `${untilViewIsRead}<script data-page="${address}" data-parts="${later.join(' ')}">${script}</script>`,
    );
}

function cut(html: string, script: string): CutDocument {
  const [whole = '', begin = '', standIn = ''] = root.exec(html) ?? [];
  if (whole === '') throw new Error('The document has no place for a first view.');
  const [before = '', end = ''] = html.split(whole);
  const hash = createHash('sha256').update(script).digest('base64');
  const head = holdScripts(before.replace(firstRequest, ''), script) + begin;
  return { head, standIn, end, policy: `'sha256-${hash}'` };
}

/**
 * Sends documents with the page as it is first seen and with the hub's answers that it is made of, so that it is painted before
 * any script has run. Only for who is signed in, of what the API answers to them, and kept by nobody.
 */
export function createFirstViews({ app, folder, draw }: { app: FastifyInstance; folder: string; draw: DrawView }) {
  const documents = new Map<string, Promise<CutDocument>>();
  const readDocument = (file: string) => {
    const read = (name: string) => readFile(join(folder, name), 'utf8');
    const known =
      documents.get(file) ??
      Promise.all([read(file), read('before-paint.js')]).then(([html, script]) => cut(html, script.trim()));
    documents.set(file, known);
    return known;
  };

  /** As the page would ask, by the same cookie: the API decides who sees what. */
  async function ask(address: string, { headers, ip }: FastifyRequest) {
    const { cookie, 'accept-language': language } = headers;
    return app.inject({
      url: address,
      remoteAddress: ip,
      headers: {
        accept: 'application/json',
        ...(cookie && { cookie }),
        ...(language && { 'accept-language': language }),
      },
    });
  }

  /** Draws what nobody sees, as nobody: what draws has then started, and has the code of the pages that are opened most. */
  async function prepare(): Promise<void> {
    const { payload } = await app.inject({ url: '/api/session', headers: { accept: 'application/json' } });
    const answers = `{"language":"en","bodies":{"/api/session":${payload}}}`;
    for (const pathname of openedMost) await draw({ pathname, answers });
  }

  /** The document, of which what comes before the view is sent at once; null where the API gives no answers to draw it of. */
  async function write(
    request: FastifyRequest,
    reply: FastifyReply,
    { file, asks }: PageDocument,
  ): Promise<Writable | null> {
    const addresses = ['/api/session', ...asks];
    const given = await Promise.all(addresses.map((address) => ask(address, request)));
    if (given.some(({ statusCode }) => statusCode !== 200)) return null;
    const bodies = given.map(({ payload }, place) => `${JSON.stringify(addresses[place])}:${payload}`);
    const language = toLanguageTag(readLanguage(request.headers));
    const answers = `{"language":"${language}","bodies":{${bodies.join()}}}`;
    if (answers.length > mostCharacters) return null;
    const view = inTime(draw({ pathname: request.url, answers }));
    const { head, standIn, end, policy } = await readDocument(file);
    const data = answers.replaceAll('<', String.raw`\u003c`);
    const cookies = given.flatMap(({ headers }) => headers['set-cookie'] ?? []);
    const isBrotli = /\bbr\b/.test(String(request.headers['accept-encoding']));
    void reply.headers({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': allowScript(String(reply.getHeader('content-security-policy')), policy),
      ...(isBrotli && { 'content-encoding': 'br' }),
      ...(cookies.length > 0 && { 'set-cookie': cookies }),
    });
    const body = isBrotli ? createBrotliCompress(fast) : new PassThrough();
    body.write(head);
    if (body instanceof BrotliCompress) body.flush();
    void view.then((drawn) =>
      body.end(
        `${drawn === null ? standIn : `${inert}${drawn}</div>`}</div><script type="application/json" id="${givenAnswersId}">${data}</script>${end}`,
      ),
    );
    return body;
  }

  return { prepare, write };
}

/** The page's policy, and one script that stands in the document. */
const allowScript = (policy: string, source: string) =>
  policy.replace("script-src 'self'", `script-src 'self' ${source}`);

/** Null where it comes too late, or not at all; it is no failure of the document. */
async function inTime(view: Promise<string>): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), patienceMs);
  });
  return Promise.race([view.catch(() => null), late]).finally(() => clearTimeout(timer));
}
