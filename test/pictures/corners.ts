import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

type Texts = ReturnType<typeof createTexts>;

/** Reads the page's words in a language, so that what is pressed is found by its name. */
export function createTexts(root: string, language: string) {
  return (feature: string, key: string): string => {
    const file = join(root, 'web/features', feature, 'locales', `${language}.json`);
    const found = key
      .split('.')
      .reduce<unknown>(
        (texts, part) => (texts as Record<string, unknown>)[part],
        JSON.parse(readFileSync(file, 'utf8')),
      );
    if (typeof found !== 'string') throw new Error(`There is no text "${key}" in ${file}.`);
    return found;
  };
}

/** What no address leads to: views and dialogs behind a button. `/tested` is an agent whose tests were run. */
export const corners: { name: string; path: string; open: (page: Page, texts: Texts) => Promise<void> }[] = [
  { name: 'tests', path: '/agents/tested/edit', open: openTests },
  {
    name: 'tests-none',
    path: '/agents/careful-desk/edit',
    open: (page, texts) => press(page, texts('agents', 'builder.tests')),
  },
  {
    name: 'tests-new',
    path: '/agents/tested/edit',
    open: async (page, texts) => {
      await openTests(page, texts);
      await openDialog(page, texts('evals', 'new'));
    },
  },
  {
    name: 'tests-csv',
    path: '/agents/tested/edit',
    open: async (page, texts) => {
      await openTests(page, texts);
      await openDialog(page, texts('evals', 'csv.open'));
    },
  },
  {
    name: 'tests-result',
    path: '/agents/tested/edit',
    open: async (page, texts) => {
      await openTests(page, texts);
      await openDialog(page, /^Says the sum in words[,，]/);
    },
  },
  {
    name: 'publish',
    path: '/agents/careful-desk/edit',
    open: (page, texts) => openDialog(page, texts('agents', 'builder.publish')),
  },
  {
    name: 'chat-by-triggers',
    path: '/chat/counting-desk/conversation',
    open: async (page, texts) => {
      const list = page.getByRole('button', { name: texts('conversations', 'list.label') });
      if (await list.isVisible()) await list.click();
      await press(page, texts('conversations', 'list.view.trigger'));
    },
  },
  { name: 'bench', path: '/toolsets/toolset', open: (page, texts) => openDialog(page, texts('tools', 'bench.try')) },
  { name: 'new-key', path: '/settings/keys', open: (page, texts) => openDialog(page, texts('keys', 'new.open')) },
  { name: 'new-trigger', path: '/triggers', open: (page, texts) => openDialog(page, texts('triggers', 'new')) },
];

async function openTests(page: Page, texts: Texts) {
  await press(page, texts('agents', 'builder.tests'));
  await page.getByText('Says the sum in words').waitFor();
}

async function press(page: Page, text: string) {
  await page.getByText(text, { exact: true }).locator('visible=true').first().click();
  await page.waitForLoadState('networkidle');
}

async function openDialog(page: Page, name: string | RegExp) {
  await page.getByRole('button', { name }).locator('visible=true').first().click();
  await page.getByRole('dialog').waitFor();
  await page.waitForLoadState('networkidle');
}
