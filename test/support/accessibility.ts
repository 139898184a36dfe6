import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';
import { expect } from 'vitest';

const everyRule = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] } as const;
const rulesOfColours = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } as const;
const newlyShown = 'data-newly-shown';
const whatIsNewlyShown = `[${newlyShown}], [${newlyShown}] *`;

type Look = {
  only: typeof everyRule | typeof rulesOfColours;
  /** The contrast is that of what this finds. */
  contrastOf?: string;
};

/** Half a megabyte of script, brought once to each document. */
async function bringAxe(frame: Frame) {
  if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(axe.source);
}

async function findViolations(page: Page, { only, contrastOf = '*' }: Look): Promise<string[]> {
  const others = page.frames().filter((frame) => frame !== page.mainFrame());
  // Axe leaves out a frame that it cannot be brought to.
  await Promise.all([bringAxe(page.mainFrame()), ...others.map((frame) => bringAxe(frame).catch(() => {}))]);
  return page.evaluate(
    async ({ runOnly, selector }) => {
      const { configure, run } = (window as unknown as { axe: typeof axe }).axe;
      configure({ rules: [{ id: 'color-contrast', selector }] });
      const { violations } = await run(document, { runOnly, resultTypes: ['violations'] });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
    },
    { runOnly: { type: only.type, values: [...only.values] }, selector: contrastOf },
  );
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
  expect(await findViolations(page, { only: everyRule })).toEqual([]);
  await setTheme(page, 'dark');
  expect(await findViolations(page, { only: rulesOfColours })).toEqual([]);
}

/**
 * In another size, after {@link expectAccessible}: all that a layout can change, and, in both themes, the contrast of what is shown
 * in this size alone, for the colours of the rest have been looked at.
 */
export async function expectAccessibleIn(page: Page, size: { width: number; height: number }) {
  await rememberShown(page);
  await page.setViewportSize(size);
  await settle(page);
  if ((await markNewlyShown(page)) > 0)
    expect(await findViolations(page, { only: rulesOfColours, contrastOf: whatIsNewlyShown })).toEqual([]);
  await setTheme(page, 'light');
  expect(await findViolations(page, { only: everyRule, contrastOf: whatIsNewlyShown })).toEqual([]);
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
