import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Alert, AlertFiring, AlertPreview } from '#server/contract/alert.ts';
import type { Message } from '#server/contract/conversation.ts';
import type { Page } from '#server/contract/page.ts';
import type { ToolCall } from '#server/contract/tool.ts';
import type { Run } from '#server/contract/run.ts';
import { judgeFigure } from '#server/features/alerts/judge-figure.ts';
import { getDecimal, parseDecimal, showDecimal } from '#server/contract/exact-decimal.ts';
import { ask, createPublished } from '#test/support/agent-requests.ts';
import { type AlertHub, ether, openAlertHub, postAlert } from '#test/support/alert-hub.ts';
import type { TestPerson } from '#test/support/build-test-app.ts';
import { sign } from '#test/support/hub-triggers.ts';
import { hasAnvil } from '#test/support/start-anvil.ts';
import { uploadDataset } from '#test/support/upload-dataset.ts';

const receiverAddress = '0x1000000000000000000000000000000000000001';

let alerts: AlertHub;
let ada: TestPerson;
let ben: TestPerson;
let agent: string;

beforeAll(async () => {
  alerts = await openAlertHub();
  ada = alerts.ada;
  ben = await alerts.hub.createPerson({ name: 'Ben' });
  agent = (await createPublished(ada, { name: 'Watcher' })).handle;
});
beforeEach(() => alerts.clear());
afterAll(() => alerts.close());

const get = async (id: string) => (await ask<Alert>(ada, { url: `/api/alerts/${id}` })).body;
async function pay(whole: number, to = receiverAddress): Promise<string> {
  const [from] = await alerts.chain.request<string[]>('eth_accounts');
  return alerts.chain.request<string>('eth_sendTransaction', [{ from, to, value: ether(whole) }]);
}

const transfers = { kind: 'transfer', chain: 'ethereum', address: receiverAddress, direction: 'in', confirmations: 2 };

describe.skipIf(!hasAnvil)('an alert on a chain', () => {
  test('tells a transfer once, when it has its confirmations, signed', async () => {
    const alert = await alerts.create({
      watch: { ...transfers, atLeast: '5' },
      webhookUrl: `${alerts.receiver.url}/told`,
    });
    expect(alert.summary.en).toBe(
      `When ${receiverAddress} on Ethereum receives at least 5 of the coin: post it to ${alerts.receiver.entry}.`,
    );
    await pay(4);
    const hash = await pay(6);
    await alerts.look();
    expect(alerts.received).toEqual([]);
    await alerts.mine(2);
    await alerts.look();
    await alerts.look();
    await alerts.hub.services.alerts.workOnce();
    const [told, ...others] = alerts.received;
    expect(others).toEqual([]);
    const { headers = {}, body = '' } = told ?? {};
    const id = headers['webhook-id'] ?? '';
    const timestamp = headers['webhook-timestamp'] ?? '';
    expect(headers['webhook-signature']).toBe(sign(alert.secret ?? '', { id, timestamp, body }));
    expect(JSON.parse(body)).toMatchObject({
      type: 'alert.fired',
      data: { alert: { id: alert.id }, facts: { value: '6', unit: 'ETH', transaction: hash, block: { chainId: 1 } } },
    });
    const { items, unread } = await alerts.listFirings();
    expect([items.length, unread]).toEqual([1, 1]);
    expect(items[0]?.deliveries).toEqual([
      expect.objectContaining({ way: 'webhook', status: 'done', lastStatus: 204 }),
    ]);
    await ada.inject({ method: 'POST', url: '/api/alert-firings/read', payload: { alert: alert.id } });
    expect((await alerts.listFirings()).unread).toBe(0);
  });

  test('never tells what is reorganised away before its confirmations, and tells what comes in its place', async () => {
    await alerts.create({ watch: transfers });
    await pay(7);
    await alerts.mine(1);
    await alerts.look();
    await alerts.chain.request('anvil_reorg', [2, []]);
    await alerts.mine(3);
    await alerts.look();
    await alerts.look();
    expect((await alerts.listFirings()).items).toEqual([]);
    await pay(8);
    await alerts.mine(2);
    await alerts.look();
    expect((await alerts.listFirings()).items.map(({ facts }) => facts.value)).toEqual(['8']);
  });

  test('takes back what a deeper reorganisation removes', async () => {
    const alert = await alerts.create({ watch: transfers, webhookUrl: `${alerts.receiver.url}/told` });
    await pay(9);
    await alerts.mine(2);
    await alerts.look();
    await alerts.chain.request('anvil_reorg', [4, []]);
    await alerts.mine(3);
    await alerts.look();
    expect(alerts.received.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toEqual([
      'alert.fired',
      'alert.withdrawn',
    ]);
    const { items } = await alerts.listFirings(`&alert=${alert.id}`);
    expect(items).toEqual([expect.objectContaining({ withdrawnAt: expect.any(String), isRead: false })]);
  });

  test('makes up for a long absence in pieces, and two processes tell nothing twice', async () => {
    const alert = await alerts.create({ watch: { ...transfers, confirmations: 0 } });
    await pay(1);
    await alerts.mine(250);
    await pay(2);
    alerts.passTime(3600);
    await Promise.all([alerts.hub.services.alerts.workOnce(), alerts.hub.services.alerts.workOnce()]);
    await alerts.hub.services.alerts.workOnce();
    expect((await alerts.listFirings()).items.map(({ facts }) => facts.value).sort()).toEqual(['1', '2']);
    expect((await get(alert.id)).fault).toBeNull();
  });

  test('on a balance fires when it falls, once until it recovers, in a conversation', async () => {
    const poor = '0x2000000000000000000000000000000000000002';
    await alerts.chain.request('anvil_setBalance', [poor, ether(12)]);
    const condition = { operator: 'below', threshold: '10', recovery: '11' };
    const watch = { kind: 'balance', chain: 'ethereum', address: poor, condition, confirmations: 0 };
    const alert = await alerts.create({ name: 'Purse', watch, agent });
    const setTo = async (whole: number) => {
      await alerts.chain.request('anvil_setBalance', [poor, ether(whole)]);
      await alerts.mine(1);
      await alerts.look();
      return (await alerts.listFirings()).items.length;
    };
    expect([await setTo(12), await setTo(9), await setTo(8), await setTo(10), await setTo(9)]).toEqual([0, 1, 1, 1, 1]);
    expect([await setTo(11), await setTo(9)]).toEqual([1, 2]);
    const { conversationId, value, isMet } = await get(alert.id);
    expect([value, isMet]).toEqual(['9', true]);
    const said = await ask<Page<Message>>(ada, { url: `/api/conversations/${conversationId}/messages` });
    expect(said.body.items.map(({ role }) => role).sort()).toEqual(['assistant', 'assistant', 'user']);
    const content = said.body.items.find(({ role }) => role === 'assistant')?.content ?? '';
    expect(content).toContain('| Chain | Ethereum (1) |');
    expect(content).toMatch(/Block hash \| `0x[0-9a-f]{64}`/);
    expect(content).toContain(' [1][2]\n');
    const { sources } = said.body.items.find(({ role }) => role === 'assistant') ?? {};
    expect(sources?.map(({ number, title }) => [number, title])).toEqual([
      [1, `Ethereum: address ${poor}`],
      [2, expect.stringMatching(/^Ethereum: block \d+$/)],
    ]);
    expect(sources?.[0]?.excerpt).toMatch(/^9 ETH at block \d+, .*, chain 1, block hash 0x[0-9a-f]{64}$/);
    const exported = await ada.inject({ url: `/api/conversations/${conversationId}/export?format=markdown` });
    expect(exported.body).toContain(`1. Ethereum: address ${poor}`);
    const conversation = await ask<{ title: string }>(ada, { url: `/api/conversations/${conversationId}` });
    expect(conversation.body.title).toBe('Purse');
  });

  test('says where the chain’s RPCs are behind, in what it shows and tells, until they are not', async () => {
    const address = '0x3000000000000000000000000000000000000003';
    const condition = { operator: 'below', threshold: '10' };
    const watch = { kind: 'balance', chain: 'ethereum', address, condition, confirmations: 0 };
    await alerts.chain.request('anvil_setBalance', [address, ether(12)]);
    await alerts.mine(1);
    const { id } = await alerts.create({ name: 'Purse', watch });
    await alerts.look();
    await alerts.chain.request('anvil_setBalance', [address, ether(9)]);
    await alerts.mine(1);
    await alerts.look(3600);
    const behind = [
      { en: expect.stringMatching(/Ethereum have is \d+ minutes old/), zh: expect.stringMatching(/Ethereum .*分钟前/) },
    ];
    const { items } = await alerts.listFirings(`&alert=${id}`);
    expect([(await get(id)).warnings, items.map(({ facts }) => facts.warnings)]).toEqual([behind, [behind]]);
    await alerts.chain.request('evm_increaseTime', [36_000]);
    await alerts.mine(1);
    await alerts.look();
    expect((await get(id)).warnings).toEqual([]);
  });

  test('is made and listed by tools', async () => {
    const call = async (tool: string, input: object) =>
      (await ask<ToolCall>(ada, { method: 'POST', url: '/api/tools/call', payload: { tool, input } })).body;
    const input = { watch: 'transfer', chain: 'ethereum', address: receiverAddress, direction: 'in', atLeast: '3' };
    const made = await call('create-alert', input);
    expect(made).toMatchObject({
      isError: false,
      output: { summary: `When ${receiverAddress} on Ethereum receives at least 3 of the coin: list it under Alerts.` },
    });
    expect(await call('create-alert', { watch: 'balance', chain: 'ethereum' })).toMatchObject({ isError: true });
    const listed = await call('list-alerts', {});
    expect(JSON.stringify(listed.output)).toContain('at least 3');
  });

  test('keeps its place while the chain cannot be read, and says why', async () => {
    const alert = await alerts.create({ watch: { ...transfers, confirmations: 0 } });
    await alerts.hub.services.database.pool.query(
      `UPDATE alerts SET watch = jsonb_set(watch, '{chain}', '"nowhere"') WHERE id = $1`,
      [alert.id],
    );
    await alerts.look();
    expect(await get(alert.id)).toMatchObject({
      fault: { count: 1, message: { en: expect.any(String) } },
      block: alert.block,
    });
  });
});

describe('an alert on a query', () => {
  async function saveQuery(sql: string) {
    await uploadDataset(ada.inject, 'prices.csv', 'name,price\na,1\n');
    const made = await ask<{ id: string }>(ada, { method: 'POST', url: '/api/queries', payload: { name: 'Sum', sql } });
    return made.body.id;
  }
  const above = (threshold: string) => ({ operator: 'above', threshold });

  test('compares to the last digit, fires once, and asks an agent', async () => {
    const query = await saveQuery("SELECT 100000000000000000000000000000000000001::HUGEINT AS total, 'text' AS note");
    const figure = { of: 'first-row', column: 'total' };
    const watch = { kind: 'query', query, figure, rhythm: { everyMinutes: 5 } };
    await alerts.create({
      name: 'Not yet',
      watch: { ...watch, condition: above('100000000000000000000000000000000000001') },
    });
    const alert = await alerts.create({
      name: 'Big',
      watch: { ...watch, condition: above('100000000000000000000000000000000000000') },
      agent,
      agentDoes: 'ask',
      question: 'Say hello.',
    });
    await alerts.look(1);
    await alerts.look(301);
    const { items } = await alerts.listFirings();
    expect(items.map((firing) => firing.alert.name)).toEqual(['Big']);
    expect(items[0]?.deliveries[0]).toMatchObject({ way: 'ask', status: 'done' });
    const run = await ask<Run>(ada, { url: `/api/runs/${items[0]?.deliveries[0]?.run}` });
    expect(run.body.startedBy).toEqual({ kind: 'alert', alert: { id: alert.id, name: 'Big' } });
    const execution = items[0]?.facts.execution;
    expect(run.body.sources).toMatchObject([{ number: 1, title: `Execution ${execution} of the query` }]);
  });

  test('says what is wrong with it before it is made', async () => {
    const query = await saveQuery("SELECT 'x' AS word");
    const watch = { kind: 'query', query, rhythm: { everyMinutes: 5 }, condition: above('1') };
    const wrong = await postAlert(ada, {
      name: 'x',
      watch: { ...watch, figure: { of: 'first-row', column: 'nothing' } },
    });
    expect([wrong.status, wrong.body.errors?.[0]?.path]).toEqual([400, 'body.watch.figure.column']);
    const text = await postAlert(ada, { name: 'x', watch: { ...watch, figure: { of: 'first-row', column: 'word' } } });
    expect(text.body.code).toBe('validation_failed');
    const tooOften = await postAlert(ada, { name: 'x', watch: { ...watch, rhythm: { everyMinutes: 0.5 } } });
    expect(tooOften.status).toBe(400);
  });

  test('is paused when its query is gone, tried on demand, and nobody else’s', async () => {
    const query = await saveQuery('SELECT 3 AS n');
    const figure = { of: 'row-count' };
    const watch = { kind: 'query', query, figure, rhythm: { everyMinutes: 1 }, condition: above('5') };
    const alert = await alerts.create({ watch });
    const preview = await ask<AlertPreview>(ada, { method: 'POST', url: '/api/alerts/preview', payload: { watch } });
    expect(preview.body).toMatchObject({ value: '1', isMet: false });
    const tried = await ask<AlertFiring>(ada, { method: 'POST', url: `/api/alerts/${alert.id}/firings` });
    expect(tried.body).toMatchObject({ cause: 'test', facts: { value: '1' } });
    for (const [method, url] of [
      ['GET', `/api/alerts/${alert.id}`],
      ['PATCH', `/api/alerts/${alert.id}`],
      ['DELETE', `/api/alerts/${alert.id}`],
      ['POST', `/api/alerts/${alert.id}/firings`],
      ['GET', `/api/alert-firings?alert=${alert.id}`],
    ] as const) {
      const payload = method === 'PATCH' ? { payload: { paused: true } } : {};
      expect([url, (await ask(ben, { method, url, ...payload })).status]).toEqual([url, 404]);
    }
    await ada.inject({ method: 'DELETE', url: `/api/queries/${query}` });
    await alerts.look(120);
    expect((await get(alert.id)).paused).toMatchObject({ because: 'access-lost' });
  });
});

test('a person has so many alerts and no more', async () => {
  const query = (
    await ask<{ id: string }>(ada, { method: 'POST', url: '/api/queries', payload: { name: 'n', sql: 'SELECT 1' } })
  ).body.id;
  const alert = await alerts.create({
    watch: {
      kind: 'query',
      query,
      figure: { of: 'row-count' },
      rhythm: { everyMinutes: 1 },
      condition: { operator: 'above', threshold: '5' },
    },
  });
  await alerts.hub.services.database.pool.query(
    `INSERT INTO alerts (id, owner_id, name, watch) SELECT 'copy-' || n, owner_id, name, watch
     FROM alerts, generate_series(1, 49) AS n WHERE id = $1`,
    [alert.id],
  );
  expect((await postAlert(ada, { name: 'x', watch: alert.watch })).status).toBe(409);
});

test.each([
  ['0.1', '0.10', 0],
  ['1e21', '999999999999999999999.9', 1],
  ['-2.5', '-2.4', -1],
])('%s and %s compare exactly', (one, other, order) => {
  const { fires } = judgeFigure(
    { operator: order > 0 ? 'above' : order < 0 ? 'below' : 'equals', threshold: other, recovery: null },
    getDecimal(one),
    { isMet: null, base: null },
    one,
  );
  expect(fires).toBe(true);
});

test('numbers keep every digit, and words are none', () => {
  expect(['007.50', '.5', '-0', '1e-3', 12].map((one) => showDecimal(parseDecimal(one) ?? getDecimal('0')))).toEqual([
    '7.5',
    '0.5',
    '0',
    '0.001',
    '12',
  ]);
  expect(['', 'x', '1,000', '0x10', null, true].map(parseDecimal)).toEqual([null, null, null, null, null, null]);
});

test('changes are measured from what was told last', () => {
  const condition = { operator: 'changes-by-percent' as const, threshold: '10', recovery: null };
  let state: { isMet: boolean | null; base: string | null } = { isMet: null, base: null };
  const fired = ['100', '105', '110', '112', '99'].map((text) => {
    const judged = judgeFigure(condition, getDecimal(text), state, text);
    state = judged;
    return judged.fires;
  });
  expect(fired).toEqual([false, false, true, false, true]);
});
