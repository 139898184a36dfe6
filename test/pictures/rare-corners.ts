import type { Page, Route } from 'playwright-core';
import type { Say } from '#test/support/say-in.ts';
import { openDialog, press, type Corner } from './corner.ts';

type Body = Record<string, unknown>;
type List = { items: Body[] };

const oldHead = {
  en: 'The newest block that the RPCs of Ethereum have is 41 minutes old: what happened since is missing. Try again later; an administrator can add another RPC under Chains.',
  zh: 'Ethereum 的 RPC 所给的最新区块已是 41 分钟前的：此后发生的事缺失。请稍后再试；管理员可在“区块链”页添加其他 RPC。',
};
const manyRows = `SELECT range AS place, range * range AS square, 'shop ' || range % 4 AS shop\nFROM range(40)\nORDER BY place`;
const withList = `SELECT {{network}} AS network, range AS place\nFROM range({{rows}})`;

/** States that a hub seldom is in, or only after some writing: what it answers is changed for some of them. */
export const rareCorners: Corner[] = [
  {
    name: 'alerts-old-head',
    path: '/alerts',
    open: async (page) => {
      await changeAnswer<List>(page, /\/api\/alerts(\?|$)/, warnAll);
      await page.getByRole('listitem').filter({ hasText: '41' }).first().waitFor();
    },
  },
  {
    name: 'alerts-old-head-history',
    path: '/alerts',
    open: async (page, say) => {
      await changeAnswer<List>(page, /\/api\/alert-firings/, ({ items, ...list }) => ({
        ...list,
        items: items.map(({ facts, ...firing }) => ({ ...firing, facts: { ...(facts as Body), warnings: [oldHead] } })),
      }));
      await page.getByRole('tab', { name: new RegExp(`^${say('alerts:tab.history')}`) }).click();
      await page.getByRole('listitem').filter({ hasText: '41' }).first().waitFor();
    },
  },
  {
    name: 'alerts-old-head-preview',
    path: '/alerts',
    open: async (page, say) => {
      await changeAnswer<Body>(page, '**/api/alerts/preview', (preview) => ({ ...preview, warnings: [oldHead] }));
      await page.getByRole('button', { name: say('alerts:card.actions', { name: 'Sales above five' }) }).click();
      await page.getByRole('menuitem', { name: say('common:action.edit') }).click();
      await page.getByRole('button', { name: say('alerts:preview.look') }).click();
      await page.getByRole('dialog').getByText('41').waitFor();
    },
  },
  {
    name: 'data-checksums',
    path: '/data',
    open: async (page, say) => {
      await press(page, say('queries:tables.upload'));
      await upload(page);
      await page.getByText(say('queries:checksums.text')).locator('visible=true').first().waitFor();
    },
  },
  {
    name: 'data-table-checksums',
    path: '/data',
    open: async (page, say) => {
      await page.locator('summary', { hasText: 'payments' }).last().click();
      await page.getByText(say('queries:checksums.text')).locator('visible=true').first().waitFor();
    },
  },
  {
    name: 'data-filter',
    path: '/data',
    open: async (page, say) => {
      await write(page, say, manyRows);
      await page.getByRole('button', { name: say('queries:run.start'), exact: true }).click();
      await page.getByLabel(say('queries:result.filter')).fill("square > 400 AND shop IN ('shop 1', 'shop 2')");
      await page.getByRole('button', { name: say('queries:result.applyFilter') }).click();
      await page.getByRole('button', { name: say('queries:result.clearFilter') }).waitFor();
    },
  },
  {
    name: 'data-parameters',
    path: '/data',
    open: async (page, say) => {
      await write(page, say, withList);
      await page.getByLabel(say('queries:parameters.type', { name: 'network' })).selectOption('enum');
      await page.getByLabel(say('queries:parameters.type', { name: 'rows' })).selectOption('number');
      await page.getByLabel(say('queries:parameters.options', { name: 'network' })).fill('ethereum, base, arbitrum');
      await page.getByLabel('rows', { exact: true }).fill('12');
      await page.locator('.cm-line').last().click();
      await page.keyboard.press('End');
      await page.keyboard.press('Shift+Home');
      await page.getByRole('button', { name: say('queries:run.selected') }).waitFor();
    },
  },
  {
    name: 'versions',
    path: '/agents/compared/edit',
    open: async (page, say) => {
      await page.getByRole('button', { name: say('agents:builder.more') }).click();
      await page.getByRole('menuitem', { name: say('agents:builder.versions') }).click();
      await page.getByRole('dialog').getByText(say('agents:versions.compare')).waitFor();
    },
  },
  {
    name: 'tests-compared',
    path: '/agents/compared/edit',
    open: async (page, say) => {
      await press(page, say('agents:builder.tests'));
      await page.getByText('Says the sum in words').waitFor();
    },
  },
  {
    name: 'settings-hub-queue',
    path: '/settings/hub',
    open: async (page, say) => {
      await page.route(/\/api\/hub\/requests/, async (route) => {
        const shown = await page.request.get(new URL('/api/hub/agents?limit=2', page.url()).href);
        const { items } = (await shown.json()) as List;
        const isRefused = route.request().url().includes('refused');
        const listing = isRefused ? 'refused' : 'waiting';
        const asked = items.map((item) => ({ ...item, listing, refusal: isRefused ? 'It promises returns.' : '' }));
        await route.fulfill({ json: { items: isRefused ? asked.slice(0, 1) : asked, nextCursor: null } });
      });
      await page.reload();
      await page.getByText('It promises returns.').waitFor();
      await page
        .getByRole('button', { name: new RegExp(say('hub:desk.dismiss')) })
        .first()
        .waitFor();
    },
  },
  {
    name: 'settings-models-connected',
    path: '/settings/models',
    open: async (page) => {
      await changeAnswer<List>(page, '**/api/connections*', (list) => ({ ...list, items: connections }));
      await page.getByText('Our gateway').waitFor();
      await page.getByText('Our gateway').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'publish-again',
    path: '/agents/compared/edit',
    open: (page, say) => openDialog(page, say('agents:builder.publish')),
  },
];

/** A hub that nobody has set up yet. */
export const firstSetUp: Corner = {
  name: 'set-up',
  path: '/set-up?token=x',
  open: async (page) => {
    const toFresh = (text: string) => text.replace(/("|\\")needsSetup\1:false/g, '$1needsSetup$1:true');
    await page.route(/\/(set-up|api\/session)(\?|$)/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: toFresh(await response.text()) });
    });
    await page.reload();
    await page.locator('input[type=password]').first().waitFor();
  },
};

const connection = { provider: 'openai', origin: 'stored', hasKey: true, createdAt: '2026-11-02T09:30:00.000Z' };
const connections = [
  {
    ...connection,
    id: '01a222f1-2d2e-7685-bc18-2953db501d70',
    name: 'Our gateway',
    personal: false,
    baseUrl: 'https://models.example.org/v1',
    api: 'chat',
    maximumConcurrentCalls: 8,
  },
  {
    ...connection,
    id: '01a222f1-2d2e-7685-bc18-2953db501d71',
    name: 'My own key',
    personal: true,
    baseUrl: 'https://api.openai.com/v1',
    api: 'responses',
    maximumConcurrentCalls: null,
  },
];

const warnAll = ({ items, ...list }: List) => ({
  ...list,
  items: items.map((item) => ({ ...item, warnings: [oldHead] })),
});

async function changeAnswer<Answer>(page: Page, address: string | RegExp, change: (answer: Answer) => object) {
  await page.route(address, async (route: Route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: change((await response.json()) as Answer) });
  });
  await page.reload();
}

async function write(page: Page, say: Say, sql: string) {
  await page.getByRole('textbox', { name: say('queries:editor.label') }).click();
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(sql);
  await page.keyboard.press('Escape');
}

/** Addresses of which two have a wrong capital letter. */
async function upload(page: Page) {
  const right = ['0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045', '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48'];
  const wrong = right.map((address) => address.replace(/[a-f](?=[^a-f]*$)/, (letter) => letter.toUpperCase()));
  const rows = [...right, ...wrong].map((payee, place) => `${payee},${(place + 1) * 120}`);
  const file = {
    name: 'payments.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`payee,amount\n${rows.join('\n')}\n`),
  };
  await page.locator('input[type=file]').first().setInputFiles(file);
}
