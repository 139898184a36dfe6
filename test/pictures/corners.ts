import type { Page } from 'playwright-core';
import type { Say } from '#test/support/say-in.ts';
import { type Corner, openDialog, press } from './corner.ts';

/** What a wallet of the devnet and a question to its tables show. */
export const chainCorners: Corner[] = [
  {
    name: 'data-devnet',
    path: '/data',
    open: async (page, say) => {
      await press(page, say('queries:starters.devnet'));
      await page.getByRole('button', { name: say('queries:result.export') }).waitFor({ timeout: 90_000 });
      await page.getByRole('tab', { name: say('queries:chains') }).click();
    },
  },
  {
    name: 'wallet',
    path: '/wallets',
    open: async (page, say) => {
      await page.getByRole('button', { name: say('chains:wallet.empty.example') }).click();
      // Both reports have one.
      await page.getByRole('button', { name: 'PDF' }).nth(1).waitFor({ timeout: 90_000 });
      await page.waitForLoadState('networkidle');
    },
  },
];

const unavailable = {
  type: 'about:blank',
  title: 'Service Unavailable',
  status: 503,
  code: 'unavailable',
  detail: 'The database does not answer.',
};

/** What no address leads to: views and dialogs behind a button. `/tested` is an agent whose tests were run. */
export const corners: Corner[] = [
  {
    name: 'analyses',
    path: '/analyses',
    open: (page, say) => page.getByRole('heading', { name: say('analyses:title') }).waitFor(),
  },
  {
    name: 'data-result',
    path: '/data',
    open: async (page, say) => {
      await press(page, say('queries:starters.sample'));
      await page.getByRole('button', { name: say('queries:result.export') }).waitFor();
      await press(page, say('queries:result.asChart'));
    },
  },
  {
    name: 'alerts-history',
    path: '/alerts',
    open: async (page, say) => {
      await page.getByRole('tab', { name: new RegExp(`^${say('alerts:tab.history')}`) }).click();
      await page.waitForLoadState('networkidle');
    },
  },
  ...(['featured', 'categories'] as const).map((tab) => ({
    name: `settings-hub-${tab}`,
    path: '/settings/hub',
    open: async (page: Page, say: Say) => {
      await page.getByRole('tab', { name: say(`hub:desk.${tab}`) }).click();
      await page.waitForLoadState('networkidle');
    },
  })),
  ...(['saved', 'history'] as const).map((tab) => ({
    name: `data-${tab}`,
    path: '/data',
    open: async (page: Page, say: Say) => {
      await page.getByRole('tab', { name: say(`queries:${tab}.title`) }).click();
      await page.waitForLoadState('networkidle');
    },
  })),
  {
    name: 'offline',
    path: '/offline.html',
    open: (page) => page.getByRole('heading', { level: 1 }).waitFor(),
  },
  {
    name: 'dashboards-failed',
    path: '/settings',
    open: async (page, say) => {
      const failed = { status: 503, contentType: 'application/problem+json', body: JSON.stringify(unavailable) };
      await page.route('**/api/dashboards*', (route) => route.fulfill(failed));
      await page
        .getByRole('link', { name: new RegExp(`^${say('app:navigation.dashboards')}`) })
        .locator('visible=true')
        .first()
        .click();
      await page.getByRole('alert').first().waitFor();
    },
  },
  { name: 'new-alert', path: '/alerts', open: (page, say) => openDialog(page, say('alerts:new')) },
  {
    name: 'audits',
    path: '/audits',
    open: (page, say) => page.getByRole('heading', { name: say('contract-audits:title') }).waitFor(),
  },
  {
    name: 'dashboards',
    path: '/dashboards',
    open: (page, say) => page.getByRole('heading', { name: say('dashboards:title') }).waitFor(),
  },
  {
    name: 'dashboard-edit',
    path: '/dashboards/dashboard',
    open: async (page, say) => {
      await press(page, say('dashboards:edit'));
      await press(page, say('dashboards:editor.add'));
    },
  },
  { name: 'tests', path: '/agents/tested/edit', open: openTests },
  {
    name: 'tests-none',
    path: '/agents/careful-desk/edit',
    open: async (page, say) => {
      await press(page, say('agents:builder.tests'));
      await page.getByText(say('evals:empty.title')).waitFor();
    },
  },
  {
    name: 'tests-new',
    path: '/agents/tested/edit',
    open: async (page, say) => {
      await openTests(page, say);
      await openDialog(page, say('evals:new'));
    },
  },
  {
    name: 'tests-csv',
    path: '/agents/tested/edit',
    open: async (page, say) => {
      await openTests(page, say);
      await openDialog(page, say('evals:csv.open'));
    },
  },
  {
    name: 'tests-result',
    path: '/agents/tested/edit',
    open: async (page, say) => {
      await openTests(page, say);
      await openDialog(page, /^Says the sum in words[,，]/);
    },
  },
  {
    name: 'publish',
    path: '/agents/careful-desk/edit',
    open: (page, say) => openDialog(page, say('agents:builder.publish')),
  },
  { name: 'share', path: '/agents/tested/edit', open: (page, say) => openDialog(page, say('app:share')) },
  {
    name: 'share-embed',
    path: '/agents/tested/edit',
    open: async (page, say) => {
      await openDialog(page, say('app:share'));
      await page.getByRole('tab', { name: say('agents:share.embed') }).click();
      await page.getByText(say('embeds:settings.sites')).first().waitFor();
    },
  },
  {
    name: 'palette',
    path: '/agents',
    open: (page, say) => openDialog(page, new RegExp(`^${say('app:palette.open')}`)),
  },
  {
    name: 'chat-by-triggers',
    path: '/chat/counting-desk/conversation',
    open: async (page, say) => {
      const list = page.getByRole('button', { name: say('app:chat.conversations') });
      if (await list.isVisible()) await list.click();
      // The page's navigation has the same word.
      await page
        .getByRole('group', { name: say('conversations:list.view.label') })
        .getByText(say('conversations:list.view.trigger'))
        .click();
      await page.waitForLoadState('networkidle');
    },
  },
  { name: 'bench', path: '/toolsets/toolset', open: (page, say) => openDialog(page, say('tools:bench.try')) },
  { name: 'new-key', path: '/settings/keys', open: (page, say) => openDialog(page, say('keys:new.open')) },
  { name: 'new-trigger', path: '/triggers', open: (page, say) => openDialog(page, say('triggers:new')) },
];

async function openTests(page: Page, say: Say) {
  await press(page, say('agents:builder.tests'));
  await page.getByText('Says the sum in words').waitFor();
}
