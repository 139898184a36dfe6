import { describe, expect, test } from 'vitest';
import { expectAccessible, findOverflow, patienceMs, phone, useHubPages } from '#test/support/hub-pages.ts';
import { atTheDoor, inside } from '#test/support/page-data.ts';
import { findUntranslated } from '#test/support/untranslated.ts';

const hub = useHubPages({ everyPage: true });

describe('on a phone', () => {
  const visitor = hub.usePage({ viewport: phone, isSignedIn: false });
  const person = hub.usePage({ viewport: phone, isSignedIn: true });

  test.each([...atTheDoor.map((path) => [path, visitor] as const), ...inside.map((path) => [path, person] as const)])(
    '%s is accessible in both themes and does not scroll sideways',
    async (path, { page }) => {
      await hub.open(page, path);
      expect(await findOverflow(page)).toBeLessThanOrEqual(0);
      await expectAccessible(page);
    },
    patienceMs,
  );
});

describe('the command palette', () => {
  const person = hub.usePage({ viewport: phone, isSignedIn: true });

  test(
    'is reached by thumb, is accessible in both themes, and leads to an agent',
    async () => {
      const { page } = person;
      await hub.open(page, '/settings');
      await page.getByRole('button', { name: 'Search' }).click();
      const field = page.getByRole('combobox', { name: /Find pages/ });
      await page
        .getByRole('option', { name: /Careful desk/ })
        .first()
        .waitFor();
      await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
      expect(await findOverflow(page)).toBeLessThanOrEqual(0);
      await expectAccessible(page);
      await field.fill('crfl dsk');
      await page.getByRole('option', { name: /^Careful desk/, selected: true }).waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/chat\/careful-desk/);
    },
    patienceMs,
  );
});

describe('in 简体中文', () => {
  const person = hub.usePage({ viewport: phone, isSignedIn: true, locale: 'zh-CN' });

  test.each(inside)(
    '%s has no English words of the page, and does not scroll sideways',
    async (path) => {
      const { page } = person;
      await hub.open(page, path);
      expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
      expect(await findUntranslated(page)).toEqual([]);
      expect(await findOverflow(page)).toBeLessThanOrEqual(0);
    },
    patienceMs,
  );
});
