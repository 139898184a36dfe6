import { readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';
import { afterEach, describe, expect, it } from 'vitest';
import { setTheme, type Theme } from '#web/lib/theme.ts';

const root = document.documentElement;
const documentHead = readFileSync('web/index.html', 'utf8');
const metas = [...documentHead.matchAll(/<meta name="(?:color-scheme|theme-color)"[^>]+>/g)].join('\n');
const runFirst = () => void runInThisContext(readFileSync('web/public/before-paint.js', 'utf8'));
const read = () => ({
  chosen: root.dataset['theme'],
  metas: [...document.head.querySelectorAll('meta')].map((meta) => [meta.content, meta.getAttribute('media')]),
});

afterEach(() => {
  setTheme('system');
  document.head.innerHTML = '';
});

describe('a chosen theme', () => {
  it.each<[Theme, string, string, string]>([
    ['light', 'light', 'all', 'not all'],
    ['dark', 'dark', 'not all', 'all'],
  ])('%s: the browser’s own parts follow it, and do so at first in the next document', (theme, scheme, light, dark) => {
    document.head.innerHTML = metas;
    const before = read();
    setTheme(theme);
    const after = read();
    expect(after.chosen).toBe(theme);
    expect(after.metas).toEqual([
      [scheme, null],
      ['#f6f2e9', light],
      ['#161410', dark],
    ]);

    delete root.dataset['theme'];
    document.head.innerHTML = metas;
    runFirst();
    expect(read()).toEqual(after);
    setTheme('system');
    expect(read()).toEqual(before);
  });
});
