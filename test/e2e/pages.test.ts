import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '#test/support/chromium.ts';
import { readPageScripts } from '#test/support/page-weight.ts';
import { type BuiltHub, startBuiltHub } from '#test/support/start-built-hub.ts';
import { findUntranslated } from '#test/support/untranslated.ts';

const atTheDoor = ['/sign-in', '/set-up?token=x', '/invitations/none', '/new-password/none'];
const inside = [
  '/agents',
  '/agents/new',
  '/agents/counting-desk/edit',
  '/chat/counting-desk',
  '/chat/counting-desk/conversation',
  '/settings',
  '/settings/keys',
  '/settings/models',
  '/settings/people',
  '/settings/usage',
  '/settings/profile',
  '/no/such/place',
];
const desk = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const limitBytes = 200_000;
const patienceMs = 60_000;

let hub: BuiltHub;
let browser: Browser;
let session: Awaited<ReturnType<BrowserContext['storageState']>>;
let conversation: string;

beforeAll(async () => {
  [hub, browser] = await Promise.all([startBuiltHub({ HUB_RATE_LIMIT: 'off' }), launchBrowser()]);
  const context = await browser.newContext({ extraHTTPHeaders: { origin: hub.url } });
  const post = async (path: string, data: object) => {
    const answer = await context.request.post(hub.url + path, { data });
    expect([path, answer.status()]).toEqual([path, expect.toSatisfy((status: number) => status < 300)]);
    return (await answer.json()) as { conversationId: string };
  };
  const token = new URL(hub.setUpLink).searchParams.get('token');
  await post('/api/setup', { token, name: 'Ada', email: 'ada@example.org', password: 'correct horse battery' });
  await post('/api/keys', { name: 'report script', scopes: ['agents:read', 'runs:write'] });
  await post('/api/invitations', { email: 'grace@example.org', role: 'creator' });
  const table = 'Draw a bar chart:\n\n| month | sales |\n|---|---|\n| May | 10 |\n| June | 14 |';
  conversation = (await post('/api/agents/counting-desk/runs', { input: table })).conversationId;
  session = await context.storageState();
  await context.close();
}, 150_000);
afterAll(async () => {
  await browser.close();
  await hub.stop();
});

/** One page for many addresses: a new context for each would be most of the time. */
function usePage(toOptions: () => Parameters<Browser['newContext']>[0]) {
  const shared = {} as { page: Page };
  beforeAll(async () => {
    shared.page = await (await browser.newContext(toOptions())).newPage();
    shared.page.setDefaultTimeout(20_000);
  });
  afterAll(() => shared.page.context().close());
  return shared;
}

async function open(page: Page, path: string) {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto(hub.url + path.replace('/conversation', `/${conversation}`));
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForLoadState('networkidle');
}

async function findViolations(page: Page, type: 'tag' | 'rule', values: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await axe.options({ runOnly: { type, values }, resultTypes: ['violations'] }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
}

const findOverflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

/** Only colours differ between the themes. */
async function expectAccessible(page: Page) {
  expect(await findViolations(page, 'tag', ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await findViolations(page, 'rule', ['color-contrast'])).toEqual([]);
}

describe.each([
  { name: 'a desk', viewport: desk },
  { name: 'a phone', viewport: phone },
])('on $name', ({ viewport }) => {
  const visitor = usePage(() => ({ viewport }));
  const person = usePage(() => ({ viewport, storageState: session }));

  test.each([...atTheDoor.map((path) => [path, visitor] as const), ...inside.map((path) => [path, person] as const)])(
    '%s is accessible in both themes and does not scroll sideways',
    async (path, { page }) => {
      await open(page, path);
      expect(await findOverflow(page)).toBeLessThanOrEqual(0);
      await expectAccessible(page);
    },
    patienceMs,
  );
});

describe('before anybody touches it', () => {
  const { weigh } = readPageScripts();
  const person = usePage(() => ({ viewport: desk, storageState: session }));

  test.each(inside)(
    '%s loads at most 200 kB of JavaScript',
    async (path) => {
      const { page } = person;
      await open(page, path);
      const names = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
      const files = names.map((name) => new URL(name).pathname.slice(1)).filter((name) => name.endsWith('.js'));
      expect(files.length).toBeGreaterThan(5);
      expect(weigh(new Set(files))).toBeLessThanOrEqual(limitBytes);
    },
    patienceMs,
  );
});

describe('in 简体中文', () => {
  const person = usePage(() => ({ viewport: phone, storageState: session, locale: 'zh-CN' }));

  test.each(inside)(
    '%s has no English words of the page, and does not scroll sideways',
    async (path) => {
      const { page } = person;
      await open(page, path);
      expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
      expect(await findUntranslated(page)).toEqual([]);
      expect(await findOverflow(page)).toBeLessThanOrEqual(0);
    },
    patienceMs,
  );
});

describe('a visitor', () => {
  const visitor = usePage(() => ({}));

  test(
    'is sent to the sign-in page, and back after signing in',
    async () => {
      const { page } = visitor;
      await page.goto(`${hub.url}/settings/keys`);
      await page.waitForURL(/sign-in/);
      await page.getByLabel(/e-?mail/i).fill('ada@example.org');
      await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/settings\/keys/);
    },
    patienceMs,
  );
});
