import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { textRooms } from '#web/lib/i18n/text-rooms.ts';

const readTexts = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

function listFolders(): string[] {
  const features = readdirSync('web/features').map((name) => `web/features/${name}/locales`);
  return [...Object.values(textRooms).map((room) => `web/${room}/locales`), ...features];
}

function flatten(texts: unknown, path = ''): [string, string][] {
  if (typeof texts === 'string') return [[path, texts]];
  return Object.entries(texts as object).flatMap(([key, value]) => flatten(value, `${path}.${key}`));
}

/** English texts of the page that are otherwise in Chinese; those with a place for a value are left out. */
function listEnglish(): string[] {
  return listFolders().flatMap((folder) => {
    const chinese = new Map(flatten(readTexts(`${folder}/zh-CN.json`)));
    return flatten(readTexts(`${folder}/en.json`)).flatMap(([path, text]) =>
      text.includes('{{') || chinese.get(path) === text ? [] : [text],
    );
  });
}

let known: Set<string> | undefined;

/** The English texts that stand in a page that is shown in Chinese: its words, and the names of its controls. */
export async function findUntranslated(page: Page): Promise<string[]> {
  const english = (known ??= new Set(listEnglish()));
  const shown = await page.evaluate(() => {
    const texts: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      // What an agent wrote is in the language that it was asked in; names of columns are nobody's words.
      if (!node.parentElement?.closest('.markdown, pre, [translate=no]')) texts.push(node.nodeValue?.trim() ?? '');
    }
    for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]')) {
      for (const name of ['aria-label', 'placeholder', 'title']) texts.push(element.getAttribute(name) ?? '');
    }
    return texts;
  });
  return [...new Set(shown)].filter((text) => english.has(text));
}
