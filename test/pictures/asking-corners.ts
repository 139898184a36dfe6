import type { Page, Route } from 'playwright-core';
import { AgentTool } from '#server/contract/agent-definition.ts';
import type { Say } from '#test/support/say-in.ts';
import { type Corner, openDialog, press } from './corner.ts';

type Body = Record<string, unknown>;

const edit = '/agents/tested/edit';
const talk = '/chat/counting-desk/conversation';
const agentOf = (page: Page) => `/api/agents/${new URL(page.url()).pathname.split('/')[2] ?? ''}`;
const fulfil = (route: Route, json: unknown, status = 200) => route.fulfill({ status, json });
const problem = (status: number, code: string, detail: string, errors?: Body[]) => ({
  ...{ type: 'about:blank', title: code, status, code, detail },
  ...(errors && { errors }),
});

const square = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" height="100" fill="#0b6457"/><circle cx="50" cy="50" r="28" fill="#f2c14e"/></svg>`;
const card = `<!doctype html><meta charset="utf-8"><body style="font:16px system-ui;padding:2rem"><h1>Tea shop</h1><p>Open from nine to six.</p></body>`;

const holdings = {
  sharedAgents: [
    { id: 'a1', name: 'Invoice Reader', handle: 'invoice-reader', translations: {}, visibility: 'hub', people: 14 },
  ],
  counts: {
    ...{ agents: 3, conversations: 41, files: 12, keys: 1, connections: 0, toolsets: 1 },
    ...{ triggers: 2, datasets: 0, queries: 5, dashboards: 1, audits: 0 },
  },
};

/** States in which the page asks something of its person, or shows what a model or a stranger made. */
export const askingCorners: Corner[] = [
  {
    name: 'conflict',
    path: edit,
    open: async (page, say) => {
      const url = new URL(agentOf(page), page.url()).href;
      const read = await page.request.get(url);
      const { definition } = (await read.json()) as { definition: { identity: Body } };
      const theirs = `Counts what you give it, and says the sum (${Date.now() % 1000})`;
      await page.request.patch(`${url}/draft`, {
        headers: { 'if-match': read.headers()['etag'] ?? '', origin: new URL(url).origin },
        data: { identity: { ...definition.identity, tagline: theirs } },
      });
      await writeTagline(page, say);
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'leave-guard',
    path: edit,
    open: async (page, say) => {
      const refused = problem(400, 'validation_failed', 'The tagline is not valid.', [
        { path: 'body.identity.tagline', message: 'Too long.' },
      ]);
      await page.route('**/draft', (route) => fulfil(route, refused, 400));
      await writeTagline(page, say);
      await page.getByText(say('agents:save.failed')).locator('visible=true').first().waitFor();
      await page.locator('a[href="/agents"]').locator('visible=true').first().click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'import-failed',
    path: '/agents',
    open: async (page) => {
      const errors = [
        { path: 'agent.yaml: identity.name', message: 'Is missing.' },
        { path: 'agent.yaml: tools.0.id', message: 'Is no name of a tool.' },
      ];
      const detail = 'The package has two problems.';
      await page.route('**/api/agents/import', (route) =>
        fulfil(route, problem(400, 'package_invalid', detail, errors), 400),
      );
      await importPackage(page);
    },
  },
  {
    name: 'import-lacks',
    path: '/agents',
    open: async (page) => {
      const read = await page.request.get(new URL('/api/agents/careful-desk', page.url()).href);
      const agent = (await read.json()) as { definition: { model: Body; tools: Body[] } };
      const { definition } = agent;
      const tool = AgentTool.parse({ id: 'ledger/find-payment' });
      const changed = {
        ...definition,
        model: { ...definition.model, wishes: ['acme/large-2'] },
        tools: [...definition.tools, tool],
      };
      await page.route('**/api/agents/import', (route) => fulfil(route, { ...agent, definition: changed }, 201));
      await importPackage(page);
    },
  },
  {
    name: 'avatar-by-model',
    path: '/agents',
    open: async (page, say) => {
      await page.route('**/api/models', async (route) => {
        const answer = await route.fetch();
        await fulfil(route, { ...((await answer.json()) as Body), imageModel: 'openai/painter' });
      });
      await page.route('**/api/files/drawn', (route) => route.fulfill({ contentType: 'image/svg+xml', body: square }));
      const image = { kind: 'image', id: 'i', title: 'icon', file: 'drawn', thumbnail: 'drawn' };
      const artifact = { ...image, mediaType: 'image/png', width: 1024, height: 1024 };
      const made = { isError: false, output: {}, textForModel: '', sources: [], artifacts: [artifact] };
      await page.route('**/api/tools/call', (route) =>
        fulfil(route, { ...made, file: null, durationMs: 9, request: null }),
      );
      await page.goto(new URL('/agents/careful-desk/edit', page.url()).href);
      await openDialog(page, say('agents:avatar.generate'));
      await page.getByRole('button', { name: say('agents:avatar.drawIt') }).click();
      await page.getByAltText(say('agents:avatar.preview')).waitFor();
    },
  },
  {
    name: 'rewrite',
    path: edit,
    open: async (page, say) => {
      await page.route('**/talk', async (route) => {
        const answer = await route.fetch();
        await fulfil(route, { ...((await answer.json()) as Body), model: 'openai/writer' });
      });
      const part = say('agents:rewrite.instructions');
      await page.route('**/rewrite', async (route) => {
        const { text } = route.request().postDataJSON() as { text: string };
        const lines = text.split('\n');
        const better = [
          ...lines.slice(0, -1),
          `${lines.at(-1) ?? ''} Give one example.`,
          'Say what you could not find.',
        ];
        await fulfil(route, { text: better.join('\n'), model: 'openai/writer' });
      });
      await openDialog(page, say('agents:rewrite.of', { part }));
      await page
        .getByRole('dialog')
        .getByRole('button', { name: say('proposals:rewrite.start') })
        .click();
      await page.getByRole('button', { name: say('proposals:rewrite.apply') }).waitFor();
    },
  },
  {
    name: 'page-preview',
    path: '/agents',
    open: async (page, say) => {
      const artifact = { kind: 'file', id: 'p', title: 'tea-shop.html', file: 'made-page', mediaType: 'text/html' };
      await page.route('**/api/conversations/*/messages*', async (route) => {
        const answer = await route.fetch();
        const list = (await answer.json()) as { items: { role: string; run: Body | null }[] };
        const last = list.items.find(({ role }) => role === 'assistant');
        if (last?.run) last.run = { ...last.run, artifacts: [{ ...artifact, size: card.length, table: null }] };
        await fulfil(route, list);
      });
      await page.route('**/api/files/made-page', (route) => route.fulfill({ contentType: 'text/html', body: card }));
      await openTalk(page);
      await press(page, say('runs:artifact.openPage'));
      await page.frameLocator('iframe').getByText('Tea shop').waitFor();
    },
  },
  {
    name: 'picture-viewer',
    path: talk,
    open: (page, say) => openDialog(page, new RegExp(`^${say('runs:artifact.view', { title: '' }).slice(0, 3)}`)),
  },
  {
    name: 'remove-person',
    path: '/settings',
    open: async (page, say) => {
      const mia = {
        id: 'mia',
        name: 'Mia',
        email: 'mia@example.org',
        role: 'creator',
        createdAt: '2026-11-02T09:00:00Z',
      };
      await page.route(/\/api\/people(?:\?|$)/, async (route) => {
        const answer = await route.fetch();
        const list = (await answer.json()) as { items: Body[] };
        await fulfil(route, { ...list, items: [...list.items, mia] });
      });
      await page.route('**/api/people/mia/removal', (route) => fulfil(route, holdings));
      await page.locator('a[href="/settings/people"]').locator('visible=true').first().click();
      await openDialog(page, say('accounts:removal.open', { name: 'Mia' }));
    },
  },
];

async function writeTagline(page: Page, say: Say) {
  await page.getByLabel(new RegExp(`^${say('agents:identity.tagline')}`)).fill('Sums up, and shows how');
}

async function importPackage(page: Page) {
  const file = { name: 'agent.zip', mimeType: 'application/zip', buffer: Buffer.from('zip') };
  await page.locator('input[type=file][accept*=zip]').setInputFiles(file);
  await page.getByRole('dialog').waitFor();
}

/** The newest conversation, by the page's own way: what the document brings cannot be changed here. */
async function openTalk(page: Page) {
  const list = (await (
    await page.request.get(new URL('/api/conversations?agent=counting-desk&limit=1', page.url()).href)
  ).json()) as { items: { id: string }[] };
  await page.evaluate(
    (path) => {
      history.pushState(null, '', path);
      dispatchEvent(new PopStateEvent('popstate'));
    },
    `/chat/counting-desk/${list.items[0]?.id ?? ''}`,
  );
  await page.getByRole('log').waitFor();
  await page.waitForLoadState('networkidle');
}
