import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readPageScripts } from '#test/support/page-weight.ts';

const limitBytes = 200_000;
const languages = ['lib/i18n/en.ts', 'lib/i18n/zh-cn.ts'];
/** What a page asks for by itself soon after its first view. */
const soonAfter: Record<string, string[]> = {
  'app/routes/chat-page.tsx': ['features/conversations/components/turn-list.tsx'],
};

const scripts = readPageScripts();

describe('the first load of a page', () => {
  test('is weighed for every page', () => {
    const pages = readdirSync('web/app/routes').map((name) => `app/routes/${name}`);
    expect(scripts.pages.sort()).toEqual(pages.sort());
  });

  test.each(scripts.pages.flatMap((page) => languages.map((language) => [page, language] as const)))(
    '%s with %s brings at most 200 kB of JavaScript',
    (page, language) => {
      const files = scripts.filesWith([language, page, ...(soonAfter[page] ?? [])]);
      expect(scripts.weigh(files)).toBeLessThanOrEqual(limitBytes);
    },
  );
});
