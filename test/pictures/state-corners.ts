import type { Page } from 'playwright-core';
import type { Say } from '#test/support/say-in.ts';
import { type Corner, openDialog, press } from './corner.ts';

const talk = '/chat/counting-desk/conversation';

/** What comes of a press or two on a page: a menu, an open step, what is shown once. */
export const stateCorners: Corner[] = [
  {
    name: 'public-dashboard',
    path: '/dashboards/dashboard',
    open: async (page) => {
      const answer = await page.request.post(`${page.url().replace('/dashboards/', '/api/dashboards/')}/link`, {
        headers: { origin: new URL(page.url()).origin },
      });
      const { link } = (await answer.json()) as { link: string };
      await page.goto(new URL(`/d/${link}`, page.url()).href);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
    },
  },
  {
    name: 'data-query',
    path: '/data',
    open: async (page, say) => {
      await openSaved(page, say);
      await page.getByRole('button', { name: say('queries:run.start'), exact: true }).click();
      await page.getByRole('button', { name: say('queries:result.export') }).waitFor();
    },
  },
  {
    name: 'query-versions',
    path: '/data',
    open: async (page, say) => {
      await openSaved(page, say);
      await page.getByRole('button', { name: say('queries:saved.more') }).click();
      await page.getByRole('menuitem', { name: say('queries:versions.title') }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'chat-steps',
    path: talk,
    open: async (page, say) => {
      await page
        .getByRole('button', { name: say('runs:chart.asTable') })
        .last()
        .click();
      await page.getByRole('log').locator('summary').last().click();
      await page.waitForTimeout(500);
    },
  },
  {
    name: 'chat-menu',
    path: talk,
    open: async (page, say) => {
      await page
        .getByRole('button', { name: say('conversations:chat.more') })
        .last()
        .click();
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'agent-menu',
    path: '/agents',
    open: async (page) => {
      await page.locator('main button[aria-haspopup=menu]').first().click();
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'new-key-made',
    path: '/settings/keys',
    open: async (page, say) => {
      await openDialog(page, say('keys:new.open'));
      await page.getByLabel(say('keys:field.name')).fill('report script');
      await page.getByRole('button', { name: say('keys:new.submit') }).click();
      await page
        .getByText(/^atr_\w{20,}/)
        .first()
        .waitFor();
    },
  },
  {
    name: 'preview-answer',
    path: '/agents/tested/edit',
    open: async (page, say) => {
      const preview = page.getByText(say('agents:builder.preview'), { exact: true });
      if (await preview.locator('visible=true').count()) await preview.locator('visible=true').first().click();
      const message = page.getByLabel(say('conversations:composer.message', { agent: 'Counting Desk copy' }));
      await message.locator('visible=true').fill('17 * 23');
      await message.locator('visible=true').press('Enter');
      await page.getByText('391').locator('visible=true').first().waitFor();
      await page.waitForLoadState('networkidle');
    },
  },
];

async function openSaved(page: Page, say: Say) {
  await page.getByRole('tab', { name: say('queries:saved.title') }).click();
  await press(page, 'Sales');
}
