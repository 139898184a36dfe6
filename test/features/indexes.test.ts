import { createPublicClient, http, parseAbiItem } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChainIndex } from '#server/contract/chain-index.ts';
import type { Execution } from '#server/contract/execution.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { layDevnet } from '#test/support/seeded-devnet.ts';

let hub: TestApp;
let bob: TestPerson;

beforeAll(async () => {
  hub = await buildTestApp();
  await layDevnet(hub.dataFolder);
  await hub.createPerson();
  bob = await hub.createPerson();
}, 600_000);
afterAll(() => hub.close());

async function run(person: TestPerson, sql: string): Promise<Execution & { values: unknown[][] }> {
  const started = await person.inject({ method: 'POST', url: '/api/executions', payload: { sql, waitSeconds: 30 } });
  let execution = started.json<Execution>();
  while (execution.state === 'running')
    execution = (await person.inject({ url: `/api/executions/${execution.id}?waitSeconds=30` })).json<Execution>();
  const read = await person.inject({ url: `/api/executions/${execution.id}/rows` });
  return { ...execution, values: execution.state === 'completed' ? read.json<{ rows: unknown[][] }>().rows : [] };
}

const listIndexes = async (person: TestPerson) =>
  (await person.inject({ url: '/api/indexes' })).json<{ items: ChainIndex[] }>().items;

describe('the devnet', () => {
  test('is indexed by itself when a query first asks for it', { timeout: 120_000 }, async () => {
    expect(await listIndexes(bob)).toEqual([]);
    const listed = await bob.inject({ url: '/api/tables' });
    const names = listed.json<{ items: { name: string }[] }>().items.map(({ name }) => name);
    expect(names).toContain('devnet.erc20_transfers');
    const { values, reads } = await run(bob, 'SELECT count(*), max(number) FROM devnet.blocks');
    const [index] = await listIndexes(bob);
    expect(index).toMatchObject({ chain: 'Devnet', state: 'running', fault: null, can: { edit: false } });
    expect(values).toEqual([[index?.blocksDone, index?.lastBlock]]);
    expect(reads).toMatchObject([{ table: 'devnet.blocks', range: `blocks 0–${index?.lastBlock}` }]);
  });

  test('holds what viem reads of it', { timeout: 60_000 }, async () => {
    const { url } = await hub.services.devnet.get();
    const client = createPublicClient({ transport: http(url ?? '') });
    const all = { fromBlock: 0n, toBlock: 'latest', strict: true } as const;
    const [last, logs, transfers, tiles] = await Promise.all([
      client.getBlock({ includeTransactions: false }),
      client.getLogs({ fromBlock: 0n, toBlock: 'latest' }),
      client.getLogs({ ...all, event: parseAbiItem('event Transfer(address indexed, address indexed, uint256)') }),
      client.getLogs({
        ...all,
        event: parseAbiItem('event Transfer(address indexed, address indexed, uint256 indexed)'),
      }),
    ]);
    const { values } = await run(
      bob,
      `SELECT (SELECT count(*) FROM devnet.logs), (SELECT count(*) FROM devnet.erc721_transfers),
        (SELECT hash FROM devnet.blocks ORDER BY number DESC LIMIT 1), (SELECT count(*) FROM devnet.transactions WHERE NOT success)`,
    );
    expect(values).toEqual([[logs.length, tiles.length, last.hash, 9]]);
    const sums = await run(
      bob,
      'SELECT contract_address, count(*), sum(value) FROM devnet.erc20_transfers WHERE value < 10::HUGEINT ** 36 GROUP BY 1 ORDER BY 1',
    );
    const small = transfers.filter(({ args }) => args[2] < 10n ** 36n);
    const expected = [...new Set(small.map(({ address }) => address.toLowerCase()))].sort().map((address) => {
      const group = small.filter((one) => one.address.toLowerCase() === address);
      return [address, group.length, group.reduce((sum, { args }) => sum + args[2], 0n).toString()];
    });
    expect(sums.values).toEqual(expected);
    expect(sums.fault).toBeNull();
  });
});
