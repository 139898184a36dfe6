import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '#test/support/chromium.ts';
import { type BuiltHub, startBuiltHub } from '#test/support/start-built-hub.ts';

const paths = [
  '/agents',
  '/agents/new',
  '/agents/counting-desk/edit',
  '/chat/counting-desk',
  '/settings/keys',
  '/settings/models',
  '/settings/people',
  '/settings/usage',
  '/settings/profile',
];
const sizes = [
  { name: 'a desk', width: 1440, height: 900 },
  { name: 'a phone', width: 390, height: 844 },
];

let hub: BuiltHub;
let browser: Browser;
let session: Awaited<ReturnType<BrowserContext['storageState']>>;

beforeAll(async () => {
  [hub, browser] = await Promise.all([startBuiltHub(), launchBrowser()]);
  const context = await browser.newContext();
  const token = new URL(hub.setUpLink).searchParams.get('token');
  const made = await context.request.post(`${hub.url}/api/setup`, {
    headers: { origin: hub.url },
    data: { token, name: 'Ada', email: 'ada@example.org', password: 'correct horse battery' },
  });
  expect(made.status()).toBe(200);
  session = await context.storageState();
  await context.close();
}, 150_000);
afterAll(async () => {
  await browser.close();
  await hub.stop();
});

async function open(
  path: string,
  options: { width: number; height: number; colorScheme: 'light' | 'dark'; locale?: string },
): Promise<Page> {
  const { width, height, ...rest } = options;
  const context = await browser.newContext({ storageState: session, viewport: { width, height }, ...rest });
  const page = await context.newPage();
  await page.goto(`${hub.url}${path}`);
  await page.getByRole('main').waitFor();
  await page.waitForLoadState('networkidle');
  return page;
}

describe.each(sizes)('every page on $name', ({ width, height }) => {
  test.each(paths)('%s is accessible in both themes and does not scroll sideways', async (path) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await open(path, { width, height, colorScheme });
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .analyze();
      expect(
        violations.map(
          ({ id, nodes }) => `${colorScheme} ${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
        ),
      ).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      await page.context().close();
    }
  });
});

describe('the page in 简体中文', () => {
  test('follows the browser and names the hub’s parts in Chinese', async () => {
    const page = await open('/agents', { width: 1440, height: 900, colorScheme: 'light', locale: 'zh-CN' });
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
    await page.getByRole('heading', { level: 1, name: '智能体' }).waitFor();
    await page.context().close();
  });
});

describe('a visitor', () => {
  test('is sent to the sign-in page, and back after signing in', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${hub.url}/settings/keys`);
    await page.waitForURL(/sign-in/);
    await page.getByLabel(/e-?mail/i).fill('ada@example.org');
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/settings\/keys/);
    await context.close();
  });
});
