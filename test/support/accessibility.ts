import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const all = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] } as const;
const contrast = 'color-contrast';
const justContrast = { type: 'rule', values: [contrast] } as const;
const newlyShown = 'data-newly-shown';

type Look = {
  only: { type: 'tag' | 'rule'; values: readonly string[] };
  withoutContrast?: boolean;
  /** A selector, where not the whole page is looked at. */
  within?: string;
};

/** Whether axe is in the page already: bringing its half megabyte of script each time was a tenth of a look. */
async function hasAxe(page: Page): Promise<boolean> {
  const isThere = page.frames().map((frame) => frame.evaluate(() => 'axe' in window).catch(() => false));
  return (await Promise.all(isThere)).every(Boolean);
}

async function findViolations(page: Page, { only, withoutContrast = false, within }: Look): Promise<string[]> {
  const axe = new AxeBuilder((await hasAxe(page)) ? { page, axeSource: 'void 0' } : { page }).setLegacyMode();
  if (within !== undefined) axe.include(within);
  const { violations } = await axe
    .options({
      runOnly: { type: only.type, values: [...only.values] },
      resultTypes: ['violations'],
      ...(withoutContrast && { rules: { [contrast]: { enabled: false } } }),
    })
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
}

async function setTheme(page: Page, colorScheme: 'light' | 'dark') {
  await page.emulateMedia({ colorScheme });
  // A colour on its way from one theme to the other is of neither.
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) if (animation instanceof CSSTransition) animation.finish();
  });
}

/** In both themes; only colours differ between them. */
export async function expectAccessible(page: Page) {
  expect(await findViolations(page, { only: all })).toEqual([]);
  await setTheme(page, 'dark');
  expect(await findViolations(page, { only: justContrast })).toEqual([]);
}

/**
 * In another size, after {@link expectAccessible}: all that a layout can change, and, in both themes, the contrast of what is shown
 * in this size alone, for the colours of the rest have been looked at.
 */
export async function expectAccessibleIn(page: Page, size: { width: number; height: number }) {
  await rememberShown(page);
  await page.setViewportSize(size);
  await settle(page);
  const isMore = (await markNewlyShown(page)) > 0;
  const expectContrast = async () => {
    if (isMore) expect(await findViolations(page, { only: justContrast, within: `[${newlyShown}]` })).toEqual([]);
  };
  await expectContrast();
  await setTheme(page, 'light');
  await expectContrast();
  expect(await findViolations(page, { only: all, withoutContrast: true })).toEqual([]);
}

/** Until nothing of the page has changed for a moment. */
const settle = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const finish = () => {
          observer.disconnect();
          resolve();
        };
        let quiet = setTimeout(finish, 150);
        const observer = new MutationObserver(() => {
          clearTimeout(quiet);
          quiet = setTimeout(finish, 150);
        });
        observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
        setTimeout(finish, 5000);
      }),
  );

type Remembering = { shownBefore?: WeakSet<Element>; isShown?: (element: Element) => boolean };

const rememberShown = (page: Page) =>
  page.evaluate(() => {
    const remembering = window as Remembering;
    remembering.isShown = (element) => {
      const { left, right, width, height } = element.getBoundingClientRect();
      return (
        element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
        // What only a screen reader reads is one pixel large.
        width > 1 &&
        height > 1 &&
        right > 0 &&
        left < window.innerWidth
      );
    };
    remembering.shownBefore = new WeakSet([...document.body.querySelectorAll('*')].filter(remembering.isShown));
  });

const markNewlyShown = (page: Page) =>
  page.evaluate((mark) => {
    const { shownBefore, isShown = () => true } = window as Remembering;
    const isFresh = (element: Element) => shownBefore?.has(element) !== true && isShown(element);
    // The outermost have the others in them: axe takes long over what is named twice.
    const fresh = [...document.body.querySelectorAll('*')].filter(
      (element) => isFresh(element) && (element.parentElement === null || !isFresh(element.parentElement)),
    );
    for (const element of fresh) element.setAttribute(mark, '');
    return fresh.length;
  }, newlyShown);
