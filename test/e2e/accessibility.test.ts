import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, expectAccessibleIn } from '#test/support/accessibility.ts';
import { borrowBrowser } from '#test/support/borrow-browser.ts';
import { desk, phone } from '#test/support/hub-pages.ts';

const dark = '(prefers-color-scheme: dark)';
const light = '(prefers-color-scheme: light)';
const narrow = '(width < 500px)';
const pale = 'color: #999';
/** In both themes, and with some that only a phone shows. */
const toPage = (fault: string) => `<!doctype html>
  <html lang="en">
    <head>
      <title>A page</title>
      <style>
        body { background: #fff; color: #000 }
        .phone { display: none }
        @media ${dark} { body { background: #000; color: #fff } }
        @media ${narrow} { .phone { display: block } }
        ${fault}
      </style>
    </head>
    <body>
      <main>
        <h1>A page</h1>
        <p>Words everywhere</p>
        <p class="phone"><span>Words on a phone</span></p>
        <button><span>One</span></button><button>Two</button>
      </main>
    </body>
  </html>`;

const withFinding = (found: string) => ({
  actual: expect.arrayContaining([expect.stringContaining(found) as string]) as string[],
});

describe('what looks at a page in both themes, and again in another size', () => {
  let browser: Browser;
  let giveBack: () => Promise<void>;
  let page: Page;

  beforeAll(async () => {
    ({ browser, giveBack } = await borrowBrowser());
    page = await browser.newPage();
  });
  afterAll(() => giveBack());

  async function show(fault: string) {
    await page.setViewportSize(desk);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setContent(toPage(fault));
  }

  test.each([
    ['pale words in the light theme', `@media ${light} { p { ${pale} } }`, 'color-contrast: <p>Words everywhere'],
    ['pale words in the dark theme', `@media ${dark} { p { color: #666 } }`, 'color-contrast: <p>Words everywhere'],
    ['a control without a name', `span { display: none }`, 'button-name'],
  ])('finds %s', async (_kind, fault, found) => {
    await show(fault);
    await expect(expectAccessible(page)).rejects.toMatchObject(withFinding(found));
  });

  test.each([
    [
      'pale words in the light theme',
      `@media ${light} { .phone { ${pale} } }`,
      'color-contrast: <span>Words on a phone',
    ],
    [
      'pale words in the dark theme',
      `@media ${dark} { .phone { color: #666 } }`,
      'color-contrast: <span>Words on a phone',
    ],
    ['a control without a name', `@media ${narrow} { button > span { display: none } }`, 'button-name'],
    [
      'controls too small to touch',
      `@media ${narrow} { button { width: 9px; height: 9px; padding: 0; overflow: hidden } }`,
      'target-size',
    ],
  ])('finds %s that only a phone shows', async (_kind, fault, found) => {
    await show(fault);
    await expectAccessible(page);
    await expect(expectAccessibleIn(page, phone)).rejects.toMatchObject(withFinding(found));
  });

  test('finds nothing where there is nothing', async () => {
    await show('');
    await expectAccessible(page);
    await expectAccessibleIn(page, phone);
  });
});
