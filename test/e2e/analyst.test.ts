import type { IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Alert, AlertWithSecret } from '#server/contract/alert.ts';
import type { Run } from '#server/contract/run.ts';
import { findOverflow, patienceMs, phone, useHubPages } from '#test/support/hub-pages.ts';
import { startLocalServer } from '#test/support/local-server.ts';
import { sayIn } from '#test/support/say-in.ts';
import { anvilProgram, layDevnet } from '#test/support/seeded-devnet.ts';

type Post = { headers: IncomingHttpHeaders; body: string };
const posts: Post[] = [];
const receiver = await startLocalServer((request, response) => {
  void text(request).then((body) => {
    posts.push({ headers: request.headers, body });
    response.writeHead(204).end();
  });
});
const hub = useHubPages({ variables: { HUB_EGRESS_ALLOW: receiver.entry } });

beforeAll(() => (anvilProgram === null ? undefined : layDevnet(hub.dataFolder())));
afterAll(() => receiver.close());

const whale = '0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f';
const findAmounts = (text: string) => text.match(/\d[\d.]* [A-Z]{3,5}(?=[,、，]| at )/g);
const hash = /block hash 0x[0-9a-f]{64}/;

describe.skipIf(anvilProgram === null)('an analyst without internet', () => {
  const say = sayIn('en');
  const sayInChinese = sayIn('zh-CN');
  const person = hub.usePage({ viewport: phone, isSignedIn: true });
  const inChinese = hub.usePage({ viewport: phone, isSignedIn: true, locale: 'zh-CN' });

  test(
    'asks, keeps, draws, watches, and is told with the facts as sources',
    async () => {
      const { page } = person;
      const get = async <Answer>(path: string) =>
        (await page.context().request.get(hub.url() + path)).json() as Promise<Answer>;
      const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click();

      await hub.open(page, '/chat/portfolio-analyst');
      await page.getByRole('textbox').last().fill(`What does ${whale} hold on the devnet? Show it as a chart.`);
      await page.keyboard.press('Enter');
      const sources = page.getByRole('region', { name: say('runs:source.list') });
      await sources.getByText(hash).waitFor();
      const english = (await sources.textContent()) ?? '';
      expect(english).toMatch(/[\d.]+ ETH, [\d.]+ DUSD.* at block \d+/);
      await page.getByRole('img', { name: 'amount by symbol' }).waitFor();
      expect(await findOverflow(page)).toBeLessThanOrEqual(0);

      const chinese = inChinese.page;
      await hub.open(chinese, '/chat/portfolio-analyst');
      await chinese.getByRole('textbox').last().fill(`${whale} 在开发网上持有什么？画成图表。`);
      await chinese.keyboard.press('Enter');
      const sameSources = chinese.getByRole('region', { name: sayInChinese('runs:source.list') });
      await sameSources.getByText(/区块哈希 0x[0-9a-f]{64}/).waitFor();
      expect(findAmounts((await sameSources.textContent()) ?? '')).toEqual(findAmounts(english));
      await chinese.getByRole('img', { name: '各代币的数量' }).waitFor();
      expect(await chinese.getByRole('log').textContent()).not.toMatch(/\b(?:Chart|Title|Rows|Holdings)\b/);
      expect(await findOverflow(chinese)).toBeLessThanOrEqual(0);

      await hub.open(page, '/data');
      await press(say('queries:starters.devnet'));
      // The hub's first SQL starts a process and the chain, which a busy machine takes long for.
      await page.getByRole('button', { name: say('queries:result.export') }).waitFor({ timeout: 40_000 });
      await press(say('queries:action.save'));
      await page.getByLabel(say('queries:save.name')).fill('Tokens that moved');
      await page
        .getByRole('dialog')
        .getByRole('button', { name: say('queries:action.save') })
        .click();
      await page.getByRole('heading', { level: 1, name: 'Tokens that moved' }).waitFor();
      await press(say('queries:run.start'));
      await page.getByText(say('queries:result.asChart'), { exact: true }).click();
      await page.getByRole('img').first().waitFor();
      await press(say('dashboards:keep.action'));
      await page.getByLabel(say('dashboards:form.title')).fill('Transfers by token');
      await page
        .getByRole('dialog')
        .getByRole('button', { name: say('common:action.save') })
        .click();
      await page.waitForURL(/\/dashboards\//);
      await page.getByRole('img').first().waitFor();

      await hub.open(page, '/alerts');
      await press(say('alerts:new'));
      const form = page.getByRole('dialog');
      await form.getByLabel(say('alerts:field.name')).fill('A whale moves');
      await form.getByLabel(say('alerts:field.kind')).selectOption('transfer');
      await form.getByLabel(say('alerts:field.chain')).selectOption('devnet');
      await form.getByLabel(say('alerts:field.address'), { exact: true }).fill(whale);
      await form.getByLabel(say('alerts:field.atLeast')).fill('100');
      await form.getByLabel(say('alerts:field.agent')).selectOption({ label: 'Whale Watcher' });
      await form.getByLabel(say('alerts:field.webhook')).fill(`${receiver.url}/told`);
      await form.getByRole('button', { name: say('alerts:form.create') }).click();
      await press(say('alerts:secret.close'));
      const watch = { kind: 'transfer', chain: 'devnet', address: whale, atLeast: '100' };
      const asking: Partial<AlertWithSecret> = await hub.post('/api/alerts', {
        ...{ name: 'Asks', watch, agent: 'whale-watcher', agentDoes: 'ask' },
      });
      const { accounts } = await get<{ accounts: { address: string; label: string }[] }>('/api/chains/devnet');
      const to = accounts.find(({ label }) => label === 'Ada')?.address;
      await hub.post('/api/chains/devnet/payments', { from: whale, to, amount: '150', moreBlocks: 4 });

      await expect.poll(() => posts.length, { timeout: 25_000, interval: 250 }).toBe(1);
      expect(posts[0]?.headers['webhook-signature']).toMatch(/^v1,/);
      expect(JSON.parse(posts[0]?.body ?? '')).toMatchObject({ data: { facts: { value: '150', unit: 'ETH' } } });
      const find = async (test: (alert: Alert) => boolean) =>
        (await get<{ items: Alert[] }>('/api/alerts?limit=10')).items.find(test) ?? null;
      await expect.poll(async () => (await find(({ id }) => id === asking.id))?.conversationId ?? null).not.toBeNull();
      const told = await find(({ name }) => name === 'A whale moves');
      await hub.open(page, `/chat/whale-watcher/${told?.conversationId}`);
      await page
        .getByRole('region', { name: say('runs:source.list') })
        .getByText(hash)
        .first()
        .waitFor();
      expect(await findOverflow(page)).toBeLessThanOrEqual(0);
      const firings = await get<{ items: { deliveries: { run: string | null }[] }[] }>(
        `/api/alert-firings?alert=${asking.id}`,
      );
      const run = await get<Run>(`/api/runs/${firings.items[0]?.deliveries[0]?.run}`);
      expect(run.sources[0]).toMatchObject({ number: 1, title: expect.stringContaining('transaction 0x') });
      await hub.open(page, `/chat/whale-watcher/${run.conversationId}`);
      await page.getByText(say('conversations:chat.data')).first().click();
      await page.getByText('"summary": {').waitFor();
      expect(await page.getByRole('log').textContent()).not.toContain('[untrusted data');
      expect(await findOverflow(page)).toBeLessThanOrEqual(0);
    },
    2 * patienceMs,
  );
});
