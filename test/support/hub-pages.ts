import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Frame, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { borrowBrowser } from './borrow-browser.ts';
import { muteNews } from './chromium.ts';
import { fillHub, fillPages, toRealPath } from './page-data.ts';
import { type BuiltHub, startBuiltHub } from './start-built-hub.ts';

export const desk = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };
export const patienceMs = 60_000;
export const password = 'correct horse battery';

type Session = Awaited<ReturnType<BrowserContext['storageState']>>;
type PageOptions = NonNullable<Parameters<Browser['newContext']>[0]>;

/**
 * A built hub with a person, a key, an invitation and a conversation, and a browser to look at it; for a whole test file.
 *
 * @param everyPage - whether there is something to show on all of them, as an audit: it costs a file several seconds of processor
 */
export function useHubPages({
  variables = {},
  everyPage = false,
}: { variables?: Record<string, string>; everyPage?: boolean } = {}) {
  let hub: BuiltHub;
  let browser: Browser;
  let giveBack: () => Promise<void>;
  let context: BrowserContext;
  let session: Session;
  let toAddress = (path: string) => path;

  /** Asks the hub's API in the person's name. */
  const post = async (path: string, data: object) => {
    const answer = await context.request.post(hub.url + path, { data, timeout: patienceMs });
    expect([path, answer.status()]).toEqual([path, expect.toSatisfy((status: number) => status < 300)]);
    return (await answer.json()) as { conversationId: string; id: string; handle: string; token: string };
  };

  beforeAll(async () => {
    const started = startBuiltHub({ variables: { HUB_RATE_LIMIT: 'off', ...variables } });
    [hub, { browser, giveBack }] = await Promise.all([started, borrowBrowser()]);
    context = await browser.newContext({ extraHTTPHeaders: { origin: hub.url } });
    const token = new URL(hub.setUpLink).searchParams.get('token');
    await post('/api/setup', { token, name: 'Ada', email: 'ada@example.org', password });
    if (everyPage) {
      const made = await fillPages(post);
      toAddress = (path) => toRealPath(path, made);
    } else await fillHub(post);
    session = await context.storageState();
  }, 150_000);
  afterAll(async () => {
    await giveBack();
    await hub.stop();
  });

  return {
    url: () => hub.url,
    dataFolder: () => hub.dataFolder,
    post,
    /** What asks the hub as somebody else, who is nobody yet. */
    newRequest: async () => (await browser.newContext({ extraHTTPHeaders: { origin: hub.url } })).request,
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
      await page.goto(hub.url + toAddress(path));
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.waitForLoadState('networkidle');
    },
  };
}

async function findViolations(page: Page, type: 'tag' | 'rule', values: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await axe.options({ runOnly: { type, values }, resultTypes: ['violations'] }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
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

/** In both themes; only colours differ between them. */
export async function expectAccessible(page: Page) {
  expect(await findViolations(page, 'tag', ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  // A colour on its way from one theme to the other is of neither.
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) if (animation instanceof CSSTransition) animation.finish();
  });
  expect(await findViolations(page, 'rule', ['color-contrast'])).toEqual([]);
}

const mostTabs = 120;

/** Goes to something as who has no mouse does: by the Tab key. */
export async function reach(page: Page, target: Locator) {
  await target.waitFor();
  for (let pressed = 0; pressed < mostTabs; pressed += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The Tab key does not lead to ${String(target)}.`);
}
