import { toEventSelector } from 'viem';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Alert, AlertFiringPage, AlertWithSecret } from '#server/contract/alert.ts';
import type { Page } from '#server/contract/page.ts';
import { ask } from '#test/support/agent-requests.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { type LocalServer, startLocalServer } from '#test/support/local-server.ts';
import { hasAnvil, startAnvil } from '#test/support/start-anvil.ts';

const purse = '0x2000000000000000000000000000000000000002';
const feed = '0x3000000000000000000000000000000000000003';
const bell = '0x4000000000000000000000000000000000000004';
const toWord = (value: bigint) => `0x${value.toString(16).padStart(64, '0')}`;
const toHex = (value: bigint) => `0x${value.toString(16)}`;
const ether = (whole: number) => toHex(BigInt(whole) * 10n ** 18n);

/** Answers like Chainlink's feed of ETH / USD with 8 decimals; its newest answer is what its first slot holds. */
const feedCode =
  '0x60003560e01c8063313ce5671460375780637284e4161460425760016000526000546020524260405242606052600160805260a06000f3' +
  `5b600860005260206000f35b6020600052600960205268${Buffer.from('ETH / USD').toString('hex')}60b81b60405260606000f3`;
/** Logs what it is called with. */
const bellCode = `0x6000356000527f${toEventSelector('Rung(uint256)').slice(2)}60206000a100`;

let hub: TestApp;
let chain: Awaited<ReturnType<typeof startAnvil>>;
let receiver: LocalServer;
let ada: TestPerson;
let clock: Date;
const told: { type: string; firing: string }[] = [];

describe.skipIf(!hasAnvil)('an alert on a chain that takes blocks back', () => {
  const variables = () => ({
    HUB_RPC_URLS: JSON.stringify({ ethereum: chain.url }),
    HUB_EGRESS_ALLOW: receiver.entry,
  });
  beforeAll(async () => {
    clock = new Date();
    chain = await startAnvil({ chainId: 1 });
    receiver = await startLocalServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const { type, data } = JSON.parse(Buffer.concat(parts).toString()) as {
          type: string;
          data: { firing: { id: string } };
        };
        told.push({ type, firing: data.firing.id });
        response.writeHead(204).end();
      });
    });
    hub = await buildTestApp({ now: () => clock, variables: variables() });
    ada = await hub.createPerson({ name: 'Ada' });
    await chain.request('anvil_setCode', [feed, feedCode]);
    await chain.request('anvil_setCode', [bell, bellCode]);
  });
  beforeEach(async () => {
    told.splice(0);
    for (const { id } of (await ask<Page<Alert>>(ada, { url: '/api/alerts?limit=100' })).body.items)
      await ada.inject({ method: 'DELETE', url: `/api/alerts/${id}` });
  });
  afterAll(async () => {
    await hub.close();
    await chain.close();
    await receiver.close();
  });

  async function create(watch: object, more: object = {}): Promise<AlertWithSecret> {
    const payload = { name: 'Watch', webhookUrl: `${receiver.url}/told`, ...more };
    const { status, body } = await ask<AlertWithSecret>(ada, {
      method: 'POST',
      url: '/api/alerts',
      payload: { ...payload, watch: { chain: 'ethereum', confirmations: 0, ...watch } },
    });
    if (status !== 201) throw new Error(JSON.stringify(body));
    await look();
    return body;
  }
  /** What was told, and what of it stands, oldest first. */
  async function listTold() {
    const { items } = (await ask<AlertFiringPage>(ada, { url: '/api/alert-firings?limit=100' })).body;
    return items
      .map(({ facts, withdrawnAt, isQuiet }) => [
        facts.value,
        withdrawnAt !== null ? 'gone' : isQuiet ? 'quiet' : 'stands',
      ])
      .reverse();
  }
  async function look(seconds = 20, at = hub) {
    clock = new Date(clock.getTime() + seconds * 1000);
    await at.services.alerts.workOnce();
  }
  /** A block that changes something, and a look at it. */
  async function next(method: string, params: unknown[]) {
    await chain.request(method, params);
    await chain.request('anvil_mine', ['0x1']);
    await look();
  }
  const holdEther = (whole: number) => next('anvil_setBalance', [purse, ether(whole)]);
  const post = (dollars: number) => next('anvil_setStorageAt', [feed, toWord(0n), toWord(BigInt(dollars) * 10n ** 8n)]);
  const takeBack = (blocks: number) => chain.request('anvil_reorg', [blocks, []]);
  async function ring(value: bigint) {
    const [from] = await chain.request<string[]>('eth_accounts');
    await chain.request('eth_sendTransaction', [{ from, to: bell, data: toWord(value) }]);
  }
  const typesTold = () => told.map(({ type }) => type);

  test('withdraws a balance that was told, and tells it again where it comes again', async () => {
    await holdEther(12);
    await create({ kind: 'balance', address: purse, condition: { operator: 'crosses-below', threshold: '10' } });
    await holdEther(9);
    await takeBack(1);
    await holdEther(8);
    expect(typesTold().sort()).toEqual(['alert.fired', 'alert.fired', 'alert.withdrawn']);
    expect(await listTold()).toEqual([
      ['9', 'gone'],
      ['8', 'stands'],
    ]);
  });

  test('does not tell again what stands, where only its recovery is taken back', async () => {
    await holdEther(12);
    await create({ kind: 'balance', address: purse, condition: { operator: 'below', threshold: '10' } });
    await holdEther(9);
    await holdEther(11);
    await takeBack(1);
    await holdEther(9);
    expect(await listTold()).toEqual([['9', 'stands']]);
    expect(typesTold()).toEqual(['alert.fired']);
  });

  test('on a price is told with its feed and its block, withdrawn, and measured from what still stands', async () => {
    await post(2000);
    const condition = { operator: 'changes-by-percent', threshold: '10' };
    await create({ kind: 'price', token: 'ETH', feed, condition });
    await post(2100);
    expect(await listTold()).toEqual([]);
    await post(2300);
    const { items } = (await ask<AlertFiringPage>(ada, { url: '/api/alert-firings' })).body;
    expect(items[0]?.facts).toMatchObject({
      value: '2300',
      unit: 'USD',
      previous: '2100',
      block: { chainId: 1, hash: expect.stringMatching(/^0x[0-9a-f]{64}$/) },
      fields: expect.arrayContaining([{ name: 'contract', value: feed }]),
    });
    await takeBack(1);
    await post(2150);
    await post(2210);
    expect(await listTold()).toEqual([
      ['2300', 'gone'],
      ['2210', 'stands'],
    ]);
    expect(typesTold()).toEqual(['alert.fired', 'alert.withdrawn', 'alert.fired']);
  });

  test('withdraws an event, and tells it anew in the block that it comes in then', async () => {
    await create({ kind: 'event', contract: bell, event: 'event Rung(uint256 value)' });
    await ring(5n);
    await look();
    expect(typesTold()).toEqual(['alert.fired']);
    await takeBack(1);
    await ring(5n);
    await look();
    await look();
    expect(typesTold().sort()).toEqual(['alert.fired', 'alert.fired', 'alert.withdrawn']);
    expect((await listTold()).map(([, state]) => state).sort()).toEqual(['gone', 'stands']);
  });

  test('tells so much in a day and no more: events are listed, a figure is told when it may be', async () => {
    await holdEther(12);
    await create({ kind: 'event', contract: bell, event: 'event Rung(uint256 value)' }, { mostPerDay: 2 });
    for (const value of [1n, 2n, 3n]) await ring(value);
    await look();
    expect((await listTold()).map(([, state]) => state).sort()).toEqual(['quiet', 'stands', 'stands']);
    const condition = { operator: 'below', threshold: '10' };
    await create({ kind: 'balance', address: purse, condition }, { mostPerDay: 1 });
    for (const whole of [9, 11, 8]) await holdEther(whole);
    expect(told).toHaveLength(3);
    clock = new Date(clock.getTime() + 24 * 3_600_000);
    await holdEther(7);
    expect(told).toHaveLength(4);
    expect((await listTold()).at(-1)).toEqual(['7', 'stands']);
  });

  test('tells each event once when the hub ends in the middle of a look', async () => {
    await create({ kind: 'event', contract: bell, event: 'event Rung(uint256 value)' });
    const { database } = hub.services;
    const second = await buildTestApp({
      now: () => clock,
      variables: variables(),
      openDatabase: async () => ({ database, dataFolder: hub.dataFolder, close: async () => {} }),
    });
    await ring(1n);
    await ring(2n);
    const cutOff = look(20, second);
    await second.services.alerts.stop();
    await cutOff;
    await second.app.close();
    await ring(3n);
    await look(20);
    // Nobody else looks before the time of the one that ended is over.
    expect(told).toEqual([]);
    await look(121);
    await look(61);
    expect(typesTold()).toEqual(['alert.fired', 'alert.fired', 'alert.fired']);
    expect(new Set(told.map(({ firing }) => firing)).size).toBe(3);
  });
});
