import type { Page } from 'playwright-core';
import type { Say } from '#test/support/say-in.ts';
import { type Corner, openDialog, press } from './corner.ts';

type Words = (say: Say) => string | RegExp;

/** A window behind one button. */
const behind = (name: string, path: string, button: Words): Corner => ({
  name,
  path,
  open: (page, say) => openDialog(page, button(say)),
});

/** A window behind an entry of a menu. */
const inMenu = (name: string, path: string, menu: Words, entry: Words): Corner => ({
  name,
  path,
  open: async (page, say) => {
    await choose(page, menu(say), entry(say));
    await page.getByRole('dialog').waitFor();
    await page.waitForLoadState('networkidle');
  },
});

const edit = '/agents/careful-desk/edit';
const talk = '/chat/counting-desk/conversation';
const table = 'payments';

/** Windows that stand over a page; those of the builder's own work and of tests are among the other corners. */
export const dialogCorners: Corner[] = [
  { name: 'shortcuts', path: '/', open: (page) => openByKey(page, '?') },
  behind('new-person', '/settings/people', (say) => say('accounts:invitations.invite')),
  behind('person-budget', '/settings/people', (say) => say('usage:budget.ofPerson', { name: 'bench' })),
  behind('close-account', '/settings/profile', (say) => say('accounts:closing.open')),
  behind('new-password', '/settings/profile', (say) => say('accounts:password.open')),
  {
    name: 'new-category',
    path: '/settings/hub',
    open: async (page, say) => {
      await page.getByRole('tab', { name: say('hub:desk.categories') }).click();
      await openDialog(page, say('hub:category.add'));
    },
  },
  {
    name: 'refuse',
    path: '/settings/hub',
    open: async (page, say) => {
      await page
        .getByRole('button', { name: say('hub:desk.refuse') })
        .first()
        .click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  behind('report', '/hub/copywriter', (say) => say('hub:report.button')),
  behind('new-connection', '/settings/models', (say) => say('models:connections.hub.add')),
  behind('price', '/settings/models', (say) => say('models:price.editNamed', { model: 'claude-opus-4-6' })),
  behind('key-budget', '/settings/keys', (say) => say('keys:budget.open', { name: 'report script' })),
  behind('new-chain', '/settings/chains', (say) => say('chains:add')),
  behind('new-endpoint', '/settings/chains', (say) => say('chains:endpoint.addNamed', { name: 'Ethereum' })),
  behind('import-openapi', '/toolsets', (say) => say('toolsets:import.open')),
  behind('connect-mcp', '/toolsets', (say) => say('toolsets:connect.open')),
  behind('edit-toolset', '/toolsets/toolset', (say) => say('common:action.edit')),
  behind('new-credential', '/toolsets/toolset', (say) => say('toolsets:credential.add')),
  behind('load-toolset', '/toolsets/toolset', (say) => say('toolsets:load.again')),
  behind('new-dashboard', '/dashboards', (say) => say('dashboards:list.new')),
  behind('dune', '/data', (say) => say('queries:engine.connect')),
  behind('model-picker', edit, (say) => say('agents:model.add')),
  behind('tool-library', edit, (say) => say('agents:tools.add')),
  {
    name: 'bad-answer',
    path: talk,
    open: async (page, say) => {
      const rated = page.getByRole('button', { name: say('feedback:rating.down'), pressed: true });
      // From the picture before, of another width.
      for (let left = await rated.count(); left > 0; left -= 1) {
        await rated.first().click();
        await page.waitForLoadState('networkidle');
      }
      await openDialog(page, say('feedback:rating.down'));
    },
  },
  ...(['details', 'link'] as const).map((part) =>
    inMenu(
      `dashboard-${part}`,
      '/dashboards/dashboard',
      (say) => say('dashboards:more'),
      (say) => say(`dashboards:${part}.title`),
    ),
  ),
  inMenu(
    'feedback',
    '/agents/compared/edit',
    (say) => say('agents:builder.more'),
    (say) => say('agents:builder.feedback'),
  ),
  inMenu(
    'trigger-history',
    '/triggers',
    (say) => say('triggers:card.actions', { name: 'Morning count' }),
    (say) => say('triggers:card.history'),
  ),
  inMenu(
    'other-model',
    talk,
    (say) => say('conversations:chat.more'),
    (say) => say('conversations:chat.retryWith'),
  ),
  ...(['rename', 'move', 'share'] as const).map((act): Corner => ({
    name: `conversation-${act}`,
    path: talk,
    open: async (page, say) => {
      const list = page.getByRole('button', { name: say('app:chat.conversations'), exact: true });
      if (await list.isVisible()) await list.click();
      const actions = new RegExp(`^${say('conversations:list.actions', { title: 'Draw a bar chart' }).slice(0, 8)}`);
      await choose(page, actions, say(`conversations:list.${act}`));
      await page.getByRole('dialog').last().waitFor();
      await page.waitForLoadState('networkidle');
    },
  })),
  {
    name: 'new-index',
    path: '/data',
    open: async (page, say) => {
      await page.getByRole('tab', { name: say('queries:chains') }).click();
      await openDialog(page, say('indexes:add'));
    },
  },
  {
    name: 'table-types',
    path: '/data',
    open: async (page, say) => {
      await page.locator('summary', { hasText: table }).last().click();
      await choose(page, say('queries:tables.more', { name: table }), say('queries:tables.change'));
      await page.getByRole('dialog').waitFor();
    },
  },
  ...(['save', 'dashboard', 'analyse'] as const).map((kind): Corner => ({
    name: `result-${kind}`,
    path: '/data',
    open: async (page, say) => {
      await press(page, say('queries:starters.sample'));
      await page.getByRole('button', { name: say('queries:result.export') }).waitFor();
      if (kind === 'save') return openDialog(page, say('queries:action.save'));
      if (kind === 'dashboard') return openDialog(page, say('dashboards:keep.action'));
      const result = say('queries:analyse.of', { name: say('queries:result.label') });
      await choose(page, result, say('queries:analyse.forecast'));
      await page.getByRole('dialog').waitFor();
    },
  })),
  {
    name: 'describe',
    path: edit,
    open: async (page, say) => {
      await press(page, say('agents:builder.describe'));
      await page.waitForLoadState('networkidle');
    },
  },
  {
    name: 'chat-asks',
    path: '/waiting',
    open: async (page, say) => {
      await press(page, say('waits:waiting.open'));
      await page.getByRole('log').waitFor();
    },
  },
  {
    name: 'trigger-edit',
    path: '/triggers',
    open: async (page, say) => {
      await choose(page, say('triggers:card.actions', { name: 'Orders' }), say('common:action.edit'));
      await page.getByRole('dialog').waitFor();
    },
  },
];

async function choose(page: Page, menu: string | RegExp, entry: string | RegExp) {
  await page.getByRole('button', { name: menu }).locator('visible=true').last().click();
  await page.getByRole('menuitem', { name: entry }).click();
}

async function openByKey(page: Page, key: string) {
  await page.keyboard.press(key);
  await page.getByRole('dialog').waitFor();
}
