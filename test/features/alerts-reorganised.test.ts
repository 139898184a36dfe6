import { toEventSelector } from 'viem';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AlertHub, ether, openAlertHub } from '#test/support/alert-hub.ts';
import { buildTestApp } from '#test/support/build-test-app.ts';
import { hasAnvil } from '#test/support/start-anvil.ts';

const purse = '0x2000000000000000000000000000000000000002';
const feed = '0x3000000000000000000000000000000000000003';
const bell = '0x4000000000000000000000000000000000000004';
const toWord = (value: bigint) => `0x${value.toString(16).padStart(64, '0')}`;

/** Answers like Chainlink's feed of ETH / USD with 8 decimals; its newest answer is what its first slot holds. */
const feedCode =
  '0x60003560e01c8063313ce5671460375780637284e4161460425760016000526000546020524260405242606052600160805260a06000f3' +
  `5b600860005260206000f35b6020600052600960205268${Buffer.from('ETH / USD').toString('hex')}60b81b60405260606000f3`;
/** Logs what it is called with. */
const bellCode = `0x6000356000527f${toEventSelector('Rung(uint256)').slice(2)}60206000a100`;

let alerts: AlertHub;

describe.skipIf(!hasAnvil)('an alert on a chain that takes blocks back', () => {
  beforeAll(async () => {
    alerts = await openAlertHub();
    await alerts.chain.request('anvil_setCode', [feed, feedCode]);
    await alerts.chain.request('anvil_setCode', [bell, bellCode]);
  });
  beforeEach(() => alerts.clear());
  afterAll(() => alerts.close());

  async function create(watch: object, more: object = {}): Promise<void> {
    const webhookUrl = `${alerts.receiver.url}/told`;
    await alerts.create({ webhookUrl, ...more, watch: { chain: 'ethereum', confirmations: 0, ...watch } });
    await look();
  }
  const listTold = () =>
    alerts.received.map(({ body }) => JSON.parse(body) as { type: string; data: { firing: { id: string } } });
  /** What was told, and what of it stands, oldest first. */
  async function listFired() {
    const { items } = await alerts.listFirings();
    return items
      .map(({ facts, withdrawnAt, isQuiet }) => [
        facts.value,
        withdrawnAt !== null ? 'gone' : isQuiet ? 'quiet' : 'stands',
      ])
      .reverse();
  }
  const look: AlertHub['look'] = (seconds, at) => alerts.look(seconds, at);
  /** A block that changes something, and a look at it. */
  async function next(method: string, params: unknown[]) {
    await alerts.chain.request(method, params);
    await alerts.mine(1);
    await look();
  }
  const holdEther = (whole: number) => next('anvil_setBalance', [purse, ether(whole)]);
  const post = (dollars: number) => next('anvil_setStorageAt', [feed, toWord(0n), toWord(BigInt(dollars) * 10n ** 8n)]);
  const takeBack = (blocks: number) => alerts.chain.request('anvil_reorg', [blocks, []]);
  async function ring(value: bigint) {
    const [from] = await alerts.chain.request<string[]>('eth_accounts');
    await alerts.chain.request('eth_sendTransaction', [{ from, to: bell, data: toWord(value) }]);
  }
  const typesTold = () => listTold().map(({ type }) => type);

  test('withdraws a balance that was told, and tells it again where it comes again', async () => {
    await holdEther(12);
    await create({ kind: 'balance', address: purse, condition: { operator: 'crosses-below', threshold: '10' } });
    await holdEther(9);
    await takeBack(1);
    await holdEther(8);
    expect(typesTold().sort()).toEqual(['alert.fired', 'alert.fired', 'alert.withdrawn']);
    expect(await listFired()).toEqual([
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
    expect(await listFired()).toEqual([['9', 'stands']]);
    expect(typesTold()).toEqual(['alert.fired']);
  });

  test('on a price is told with its feed and its block, withdrawn, and measured from what still stands', async () => {
    await post(2000);
    const condition = { operator: 'changes-by-percent', threshold: '10' };
    await create({ kind: 'price', token: 'ETH', feed, condition });
    await post(2100);
    expect(await listFired()).toEqual([]);
    await post(2300);
    const { items } = await alerts.listFirings();
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
    expect(await listFired()).toEqual([
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
    expect((await listFired()).map(([, state]) => state).sort()).toEqual(['gone', 'stands']);
  });

  test('tells so much in a day and no more: events are listed, a figure is told when it may be', async () => {
    await holdEther(12);
    await create({ kind: 'event', contract: bell, event: 'event Rung(uint256 value)' }, { mostPerDay: 2 });
    for (const value of [1n, 2n, 3n]) await ring(value);
    await look();
    expect((await listFired()).map(([, state]) => state).sort()).toEqual(['quiet', 'stands', 'stands']);
    const condition = { operator: 'below', threshold: '10' };
    await create({ kind: 'balance', address: purse, condition }, { mostPerDay: 1 });
    for (const whole of [9, 11, 8]) await holdEther(whole);
    expect(alerts.received).toHaveLength(3);
    alerts.passTime(24 * 3600);
    await holdEther(7);
    expect(alerts.received).toHaveLength(4);
    expect((await listFired()).at(-1)).toEqual(['7', 'stands']);
  });

  test('tells each event once when the hub ends in the middle of a look', async () => {
    await create({ kind: 'event', contract: bell, event: 'event Rung(uint256 value)' });
    const { services, dataFolder } = alerts.hub;
    const second = await buildTestApp({
      ...alerts.options,
      openDatabase: async () => ({ database: services.database, dataFolder, close: async () => {} }),
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
    expect(alerts.received).toEqual([]);
    await look(121);
    await look(61);
    expect(typesTold()).toEqual(['alert.fired', 'alert.fired', 'alert.fired']);
    expect(new Set(listTold().map(({ data }) => data.firing.id)).size).toBe(3);
  });
});
