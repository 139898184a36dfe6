import type { Page } from 'playwright-core';
import type { Say } from '#test/support/say-in.ts';

/** A view to which no address leads: `open` is what a person does on the page to see it. */
export type Corner = { name: string; path: string; open: (page: Page, say: Say) => Promise<void> };

export async function press(page: Page, text: string) {
  await page.getByText(text, { exact: true }).locator('visible=true').first().click();
  await page.waitForLoadState('networkidle');
}

export async function openDialog(page: Page, name: string | RegExp) {
  await page.getByRole('button', { name }).locator('visible=true').first().click();
  await page.getByRole('dialog').waitFor();
  await page.waitForLoadState('networkidle');
}
