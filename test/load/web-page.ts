import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { muteNews } from '#test/support/chromium.ts';
import { benchPerson } from './start-hub.ts';

/** How much slower than this machine a phone of the middle class is taken to be. */
export const slowDown = 4;

declare global {
  interface Window {
    /** What the page of the bench has seen of itself. */
    seen: { paintMs: number; interactionsMs: number[]; sinceMs: number };
  }
}

export type BenchPage = { page: Page; cdp: CDPSession; close: () => Promise<void> };
type Session = Awaited<ReturnType<BrowserContext['storageState']>>;

/** Signs the bench's person in; the answer opens pages of theirs, each in a browser that knows nothing of the hub. */
export async function signIn(browser: Browser, url: string) {
  const context = await browser.newContext({ extraHTTPHeaders: { origin: url } });
  const answer = await context.request.post(`${url}/api/session`, { data: benchPerson });
  if (!answer.ok()) throw new Error(`The bench's person could not sign in (${answer.status()}).`);
  const storageState = await context.storageState();
  await context.close();
  return (options: { slower: number }) => openPage(browser, storageState, options);
}

async function openPage(browser: Browser, storageState: Session, { slower }: { slower: number }): Promise<BenchPage> {
  const context = await browser.newContext({ storageState, viewport: { width: 1440, height: 900 } });
  await muteNews(context);
  const page = await context.newPage();
  await page.addInitScript(watchPage);
  const cdp = await context.newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slower });
  return { page, cdp, close: () => context.close() };
}

/** Runs in the page, before its own code. */
function watchPage() {
  const seen: Window['seen'] = { paintMs: 0, interactionsMs: [], sinceMs: 0 };
  window.seen = seen;
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) seen.paintMs = startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      // One that paints nothing is told of with the next paint, seconds later.
      const isNew = entry.startTime >= seen.sinceMs;
      if (isNew && 'interactionId' in entry && Number(entry.interactionId) > 0)
        seen.interactionsMs.push(entry.duration);
    }
  }).observe({ type: 'event', buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
}

/** Has the browser show each frame; of a page that nobody looks at it tells of many interactions only seconds later. */
export async function lookAt({ cdp }: BenchPage) {
  cdp.on(
    'Page.screencastFrame',
    ({ sessionId }) => void cdp.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined),
  );
  await cdp.send('Page.startScreencast', { format: 'jpeg', quality: 1, maxWidth: 16, maxHeight: 16 });
}

/** Forgets what was seen so far, once what is under way has been seen. */
export async function lookAnew(page: Page) {
  await page.waitForTimeout(300);
  await page.evaluate(() => {
    window.seen.sinceMs = performance.now();
    window.seen.interactionsMs.length = 0;
  });
}

/** The longest time from a person's doing to the next paint; what is under 16 ms is not told by the browser. */
export async function readSlowestInteraction(page: Page): Promise<number> {
  await page.waitForTimeout(500);
  return page.evaluate(() => Math.max(16, ...window.seen.interactionsMs));
}
