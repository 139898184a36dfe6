import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { everywhere, readPageTexts } from '#test/support/page-texts.ts';
import { readPageScripts } from '#test/support/page-weight.ts';

const limitBytes = 186_000;
const languages = ['en', 'zh-CN'];
/** What a page asks for by itself soon after its first view. */
const soonAfter: Record<string, string[]> = {
  'app/routes/chat-page.tsx': ['features/conversations/components/turn-list.tsx'],
};
const rooms: Record<string, string> = { common: 'lib/i18n', app: 'app' };

const scripts = readPageScripts();
const texts = readPageTexts();

describe('the first load of a page', () => {
  test('is weighed for every page', () => {
    const pages = readdirSync('web/app/routes').map((name) => `app/routes/${name}`);
    expect(scripts.pages.sort()).toEqual(pages.sort());
    expect([...texts.keys()].sort()).toEqual(pages.sort());
  });

  test.each(scripts.pages.flatMap((page) => languages.map((language) => [page, language] as const)))(
    '%s in %s brings at most 186 kB of JavaScript',
    (page, language) => {
      const locales = [...everywhere, ...(texts.get(page) ?? [])].map(
        (feature) => `${rooms[feature] ?? `features/${feature}`}/locales/${language}.json`,
      );
      expect(scripts.weigh(scripts.filesWith([...locales, page, ...(soonAfter[page] ?? [])]))).toBeLessThanOrEqual(
        limitBytes,
      );
    },
  );
});

test.each(languages)('the page in another site’s frame brings at most 120 kB, in %s', (language) => {
  const locales = ['lib/i18n', 'features/embeds'].map((room) => `${room}/locales/${language}.json`);
  expect(scripts.weigh(scripts.filesWith(locales, 'embed.html'))).toBeLessThanOrEqual(120_000);
});

test('the script that other sites load has at most 5 kB', () => {
  expect(scripts.weigh(['embed.js'])).toBeLessThanOrEqual(5000);
});
