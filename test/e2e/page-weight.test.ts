import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { pageTexts } from '#test/support/page-texts.ts';
import { readPageScripts } from '#test/support/page-weight.ts';
import { everywhere, toTextFile } from '#web/lib/i18n/text-rooms.ts';

const limitBytes = 166_000;
/** A chat before its first message, and before anybody touches it. */
const openingLimitBytes = 134_000;
/** A conversation until nothing comes any more that nobody touched it for; with what the wire adds to each file, 170 kB. */
const restingLimitBytes = 168_000;
const languages = ['en', 'zh-CN'];
/** What a page shows too, or asks for by itself soon after its first view: a conversation's messages. */
const soonAfter: Record<string, string[]> = {
  'app/routes/chat-page.tsx': ['turns', 'blocks'],
};
/** What a conversation with code and tables loads by itself after its first view. */
const untilRest = ['kept', 'actions', 'later'];

const scripts = readPageScripts();

const listTexts = (page: string, language: string) =>
  [...everywhere, ...(pageTexts.get(page) ?? [])].map((feature) => toTextFile(feature, language));

describe('the first load of a page', () => {
  test('is weighed for every page', () => {
    const pages = readdirSync('web/app/routes').map((name) => `app/routes/${name}`);
    expect(scripts.pages.sort()).toEqual(pages.sort());
    expect([...pageTexts.keys()].sort()).toEqual(pages.sort());
  });

  test.each(scripts.pages.flatMap((page) => languages.map((language) => [page, language] as const)))(
    '%s in %s brings at most 166 kB of JavaScript',
    (page, language) => {
      const files = scripts.filesWith([...listTexts(page, language), page, ...(soonAfter[page] ?? [])]);
      expect(scripts.weigh(files)).toBeLessThanOrEqual(limitBytes);
    },
  );

  test.each(languages)('a chat that begins brings at most 134 kB, in %s', (language) => {
    const page = 'app/routes/chat-page.tsx';
    expect(scripts.weigh(scripts.filesWith([...listTexts(page, language), page]))).toBeLessThanOrEqual(
      openingLimitBytes,
    );
  });

  test.each(languages)('a conversation brings at most 168 kB before it is touched, in %s', (language) => {
    const page = 'app/routes/chat-page.tsx';
    const files = scripts.filesWith([...listTexts(page, language), page, ...(soonAfter[page] ?? []), ...untilRest]);
    expect(scripts.weigh(files)).toBeLessThanOrEqual(restingLimitBytes);
  });
});

test.each(languages)('the page in another site’s frame brings at most 85 kB, in %s', (language) => {
  const locales = ['common', 'embeds'].map((feature) => toTextFile(feature, language));
  expect(scripts.weigh(scripts.filesWith(locales, 'embed.html'))).toBeLessThanOrEqual(85_000);
});

test('the script that other sites load has at most 5 kB', () => {
  expect(scripts.weigh(['embed.js'])).toBeLessThanOrEqual(5000);
});
