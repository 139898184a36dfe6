// Keeps the built files of the page, whose names change with what is in them, and a page for when the hub is away. Answers of
// the API are never looked at: on a device that several people use, nothing of theirs is kept.

/** @typedef {Event & { waitUntil: (work: Promise<unknown>) => void }} LifeEvent */
/** @typedef {Event & { request: Request, respondWith: (answer: Promise<Response>) => void }} AskEvent */

// The build writes its own stamp here, so that each build's files are kept apart, and the last one's are let go.
const cacheName = 'atrium-BUILD';
const whenAway = ['/offline.html', '/offline.js', '/before-paint.js', '/icon.svg'];
const notPages = /^\/(api|v1|health|metrics|embed)(\/|$)/;

/**
 * Compiled beside the page, whose global is a window.
 *
 * @typedef {{ skipWaiting: () => Promise<void>, clients: { claim: () => Promise<void> } }} ServiceWorkerScope
 */
const worker = /** @type {ServiceWorkerScope} */ (/** @type {unknown} */ (self));

async function install() {
  const cache = await caches.open(cacheName);
  await cache.addAll(whenAway.map((path) => new Request(path, { cache: 'reload' })));
  await worker.skipWaiting();
}

async function activate() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** @param {Request} request */
async function findAsset(request) {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(request);
  if (kept !== undefined) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

/**
 * From the hub or not at all, so that a page is never older than the hub.
 *
 * @param {Request} request
 */
async function openPage(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const away = await caches.match('/offline.html');
    if (away === undefined) throw error;
    return away;
  }
}

/** @param {Request} request */
async function findWhenAway(request) {
  return fetch(request).catch(async (error) => {
    const kept = await caches.match(request);
    if (kept === undefined) throw error;
    return kept;
  });
}

addEventListener('install', (event) => /** @type {LifeEvent} */ (event).waitUntil(install()));
addEventListener('activate', (event) => /** @type {LifeEvent} */ (event).waitUntil(activate()));
addEventListener('fetch', (event) => {
  const asked = /** @type {AskEvent} */ (event);
  const { request } = asked;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (pathname.startsWith('/assets/')) asked.respondWith(findAsset(request));
  else if (request.mode === 'navigate' && !notPages.test(pathname)) asked.respondWith(openPage(request));
  else if (whenAway.includes(pathname)) asked.respondWith(findWhenAway(request));
});
