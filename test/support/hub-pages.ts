import type { Browser, BrowserContext, Frame, Locator, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { borrowBrowser } from './borrow-browser.ts';
import { muteNews } from './chromium.ts';
import { fillHub, fillPages, toRealPath } from './page-data.ts';
import { joinSharedHub, password } from './shared-hub.ts';
import { type BuiltHub, startBuiltHub } from './start-built-hub.ts';

export const desk = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };
export const patienceMs = 60_000;

type Session = Awaited<ReturnType<BrowserContext['storageState']>>;
type PageOptions = NonNullable<Parameters<Browser['newContext']>[0]>;

/** A hub by itself: what it is told when it starts, and what its first person finds on it. */
type OwnHub = {
  variables?: Record<string, string>;
  /** On most pages, or on every page, also an audit and an analysis: these cost a file several seconds of processor. */
  filled?: 'most' | 'every';
};

/**
 * A built hub with a person and a browser to look at it; for a whole test file.
 *
 * @param own - where a file needs a hub by itself, whose administrator is the person; otherwise they are a creator on one that all files share: starting one costs 6 s of processor
 */
export function useHubPages(own?: OwnHub) {
  let hub: BuiltHub | undefined;
  let url = '';
  let browser: Browser;
  let giveBack: () => Promise<void>;
  let context: BrowserContext;
  let session: Session;
  let toAddress = (path: string) => path;

  /** Asks the hub's API in the person's name. */
  const post = async (path: string, data: object) => {
    const answer = await context.request.post(url + path, { data, headers: { origin: url }, timeout: patienceMs });
    expect([path, answer.status()]).toEqual([path, expect.toSatisfy((status: number) => status < 300)]);
    return (await answer.json()) as { conversationId: string; id: string; handle: string; token: string };
  };
  const startOwn = async ({ variables = {}, filled }: OwnHub) => {
    hub = await startBuiltHub({ variables: { HUB_RATE_LIMIT: 'off', ...variables } });
    url = hub.url;
    const token = new URL(hub.setUpLink).searchParams.get('token');
    await post('/api/setup', { token, name: 'Ada', email: 'ada@example.org', password });
    if (filled === 'every') {
      const made = await fillPages(post);
      toAddress = (path) => toRealPath(path, made);
    } else if (filled === 'most') await fillHub(post);
  };

  beforeAll(async () => {
    ({ browser, giveBack } = await borrowBrowser());
    context = await browser.newContext();
    if (own === undefined) url = await joinSharedHub(context.request);
    else await startOwn(own);
    session = await context.storageState();
  }, 150_000);
  afterAll(async () => {
    await giveBack();
    await hub?.stop();
  });

  return {
    url: () => url,
    dataFolder: () => hub?.dataFolder ?? '',
    post,
    /** What asks the hub as somebody else, who is nobody yet. */
    newRequest: async () => (await browser.newContext({ extraHTTPHeaders: { origin: url } })).request,
    /** One page for many addresses: a new context for each would be most of the time. */
    usePage: ({ isSignedIn, ...options }: PageOptions & { isSignedIn: boolean }) => {
      const shared = {} as { page: Page };
      const errors: string[] = [];
      beforeAll(async () => {
        const context = await browser.newContext(isSignedIn ? { ...options, storageState: session } : options);
        await muteNews(context);
        shared.page = await context.newPage();
        shared.page.setDefaultTimeout(20_000);
        shared.page.on('pageerror', ({ message, cause }) => errors.push(`${message} ${String(cause)}`));
      });
      afterAll(async () => {
        await shared.page.context().close();
        expect(errors).toEqual([]);
      });
      return shared;
    },
    open: async (page: Page, path: string) => {
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await page.goto(url + toAddress(path));
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.waitForLoadState('networkidle');
    },
    /** Goes there as a link within the page does: half of a load's processor, where how a page begins is not looked at. */
    walk: async (page: Page, path: string) => {
      const rest = whenAtRest(page);
      await page.evaluate((address) => {
        history.pushState(null, '', address);
        dispatchEvent(new PopStateEvent('popstate'));
      }, toAddress(path));
      await rest();
      await page.getByRole('heading', { level: 1 }).first().waitFor();
    },
  };
}

const restMs = 500;
const longestUnrestMs = 45_000;

/** Listens from now on; then waits until nothing is on its way and nothing has been for half a second, as `networkidle` does for a load. */
function whenAtRest(page: Page) {
  const underWay = new Set<Request>();
  let changedAt = Date.now();
  const begin = (request: Request) => {
    changedAt = Date.now();
    underWay.add(request);
  };
  const end = (request: Request) => {
    changedAt = Date.now();
    underWay.delete(request);
  };
  page.on('request', begin).on('requestfinished', end).on('requestfailed', end);
  return async () => {
    await expect
      .poll(() => underWay.size === 0 && Date.now() - changedAt >= restMs, { interval: 100, timeout: longestUnrestMs })
      .toBe(true);
    page.off('request', begin).off('requestfinished', end).off('requestfailed', end);
  };
}

/** By how many pixels a page is wider than its window, or a message or a composer than its place, which cuts it off. */
export const findOverflow = (page: Page | Frame) =>
  page.evaluate(() =>
    Math.max(
      document.documentElement.scrollWidth - window.innerWidth,
      ...[...document.querySelectorAll('[role=log] article, [data-full-frame] form')].map(
        (place) => place.scrollWidth - place.clientWidth,
      ),
    ),
  );

const mostTabs = 120;

/** Goes to something as who has no mouse does: by the Tab key. */
export async function reach(page: Page, target: Locator) {
  let element = await findElement(target);
  for (let pressed = 0; pressed < mostTabs; pressed += 1) {
    // To find it by its role, names of much of the page are computed: it is found again only where it was drawn anew.
    const state = await element.evaluate((it) => (it === document.activeElement ? 'reached' : it.isConnected));
    if (state === 'reached') return;
    if (state) await page.keyboard.press('Tab');
    else element = await findElement(target);
  }
  throw new Error(`The Tab key does not lead to ${String(target)}.`);
}

async function findElement(target: Locator) {
  await target.waitFor();
  return target.elementHandle();
}
