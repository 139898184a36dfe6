import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessible } from '#test/support/accessibility.ts';
import { desk, findOverflow, patienceMs, phone, useHubPages } from '#test/support/hub-pages.ts';
import { findUntranslated } from '#test/support/untranslated.ts';

const hub = useHubPages();
const onDesk = hub.usePage({ viewport: desk, isSignedIn: true });
const onPhone = hub.usePage({ viewport: phone, isSignedIn: true });
const inChinese = hub.usePage({ viewport: phone, isSignedIn: true, locale: 'zh-CN' });

/** A copy of the Counting Desk, with its four tests. */
async function copyDesk(page: Page): Promise<string> {
  const answer = await page.request.post(`${hub.url()}/api/agents/counting-desk/duplicate`, {
    headers: { origin: hub.url() },
    data: {},
  });
  return ((await answer.json()) as { handle: string }).handle;
}

test(
  'an answer of the preview becomes a test, all are run, and the draft is published because they pass',
  async () => {
    const { page } = onDesk;
    await hub.open(page, `/agents/${await copyDesk(page)}/edit`);
    const preview = page.getByRole('region', { name: 'Preview' });
    await preview.getByRole('textbox', { name: /Message to/ }).fill('What is 17 + 25?');
    await page.keyboard.press('Enter');
    await preview.getByRole('button', { name: 'Make this a test' }).click();
    const form = page.getByRole('dialog', { name: 'New test' });
    expect(await form.getByLabel('Question').inputValue()).toBe('What is 17 + 25?');
    expect(await form.getByLabel('Check 1', { exact: true }).inputValue()).toBe('calls');
    await form.getByRole('button', { name: 'Save test' }).click();
    await form.waitFor({ state: 'hidden' });

    await page.getByText('Tests', { exact: true }).locator('visible=true').click();
    const tests = page.getByRole('region', { name: 'Tests' });
    await tests.getByRole('button', { name: 'Run all' }).click();
    await tests.getByText('5 of 5 passed').first().waitFor();
    await tests.getByRole('switch', { name: 'Publish only when all tests pass' }).click();
    await tests.getByText('All tests passed on this very draft.').waitFor();
    await tests.getByRole('button', { name: 'What is 17 + 25?, Draft: look at the result' }).click();
    const result = page.getByRole('dialog', { name: 'What is 17 + 25?' });
    await result.getByText('Calls calculator').waitFor();
    await result
      .getByText(/Calculating/)
      .first()
      .waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    const publish = page.getByRole('dialog');
    await publish.getByText('All tests passed on this very draft.').waitFor();
    await publish.getByRole('button', { name: 'Publish', exact: true }).click();
    await publish.waitFor({ state: 'hidden' });
  },
  patienceMs,
);

test(
  'on a phone the tests and their editor are accessible in both themes and do not scroll sideways',
  async () => {
    const { page } = onPhone;
    await hub.open(page, `/agents/${await copyDesk(page)}/edit`);
    await page.getByText('Tests', { exact: true }).locator('visible=true').click();
    await page.getByRole('button', { name: 'Run all' }).click();
    await page.getByText('4 of 4 passed').first().waitFor();
    await expectAccessible(page);
    expect(await findOverflow(page)).toBeLessThanOrEqual(0);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.getByRole('button', { name: 'New test' }).click();
    await page.getByRole('dialog', { name: 'New test' }).waitFor();
    await expectAccessible(page);
    expect(await findOverflow(page)).toBeLessThanOrEqual(0);
  },
  patienceMs,
);

test(
  'in 简体中文 the tests have no English words of the page',
  async () => {
    const { page } = inChinese;
    await hub.open(page, `/agents/${await copyDesk(page)}/edit`);
    await page.getByText('测试', { exact: true }).locator('visible=true').click();
    await page.getByRole('button', { name: '全部运行' }).waitFor();
    expect(await findUntranslated(page)).toEqual([]);
    expect(await findOverflow(page)).toBeLessThanOrEqual(0);
  },
  patienceMs,
);
