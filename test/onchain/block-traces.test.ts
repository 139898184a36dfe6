import { describe, expect, test, vi } from 'vitest';
import {
  type AskNow,
  type ChainLacks,
  fetchBlocks,
  findTraceMethod,
} from '#server/onchain/chain-index/fetch-blocks.ts';
import { type IndexRow } from '#server/onchain/chain-index/decode-logs.ts';
import { addBlock } from '#server/onchain/chain-index/to-index-rows.ts';
import { RpcError } from '#server/onchain/rpc-fault.ts';
import { hasAnvil, startAnvil } from '#test/support/start-anvil.ts';

const word = (digit: string) => `0x${digit.repeat(64)}`;
const [alice, bob, shop] = ['a', 'b', 'c'].map((digit) => `0x${digit.repeat(40)}`) as [string, string, string];
const header = {
  number: '0x7',
  hash: word('7'),
  parentHash: word('6'),
  timestamp: '0x6a000000',
  transactions: [word('1'), word('2')],
};
const frames = [
  {
    txHash: word('1'),
    result: {
      ...{
        type: 'CALL',
        from: alice,
        to: shop,
        value: '0x5',
        gas: '0x5208',
        gasUsed: '0x5000',
        input: '0x',
        output: '0x01',
      },
      calls: [
        {
          type: 'STATICCALL',
          from: shop,
          to: bob,
          gas: '0x10',
          gasUsed: '0x8',
          input: '0x',
          error: 'execution reverted',
        },
        {
          ...{
            type: 'CREATE2',
            from: shop,
            to: bob,
            value: '0x1',
            gas: '0x20',
            gasUsed: '0x9',
            input: '0xaa',
            output: '0xbb',
          },
          calls: [{ type: 'SELFDESTRUCT', from: bob, to: alice, value: '0x1' }],
        },
      ],
    },
  },
  { txHash: word('2'), result: null },
];

/** An RPC that knows some methods, and is asked for the block's traces. */
function openRpc(known: Record<string, unknown>) {
  const asked: string[] = [];
  const ask: AskNow = (calls) =>
    Promise.resolve(
      calls.map(({ method }) => {
        asked.push(method);
        if (method === 'eth_getBlockByNumber') return { result: header };
        return method in known
          ? { result: known[method] }
          : { error: new RpcError({ code: -32_601, message: `the method ${method} does not exist` }) };
      }),
    );
  const lacks: ChainLacks = { blockReceipts: false, traces: new Set() };
  const read = () => fetchBlocks(ask, { from: 7, to: 7, parts: ['traces'], lacks }, new AbortController().signal);
  return { asked, lacks, read };
}

describe('traces of blocks', () => {
  test('come by callTracer where the RPC has no trace_block, in the same form; which it has is asked once', async () => {
    const rpc = openRpc({ debug_traceBlockByNumber: frames });
    const [block] = await rpc.read();
    expect(block?.traces).toMatchObject([
      {
        type: 'call',
        action: { callType: 'call', from: alice, to: shop, value: '0x5' },
        subtraces: 2,
        traceAddress: [],
      },
      {
        type: 'call',
        action: { callType: 'staticcall' },
        result: { gasUsed: '0x8' },
        error: 'Reverted',
        traceAddress: [0],
      },
      { type: 'create', action: { init: '0xaa' }, result: { address: bob, code: '0xbb' }, traceAddress: [1] },
      { type: 'suicide', action: { address: bob, refundAddress: alice, balance: '0x1' }, traceAddress: [1, 0] },
    ]);
    expect(block?.traces?.every(({ transactionPosition }) => transactionPosition === 0)).toBe(true);
    rpc.asked.length = 0;
    await rpc.read();
    expect(rpc.asked).toEqual(['eth_getBlockByNumber', 'debug_traceBlockByNumber']);
  });

  test('of another block are not taken', async () => {
    const [first] = frames;
    await expect(openRpc({ debug_traceBlockByNumber: [first] }).read()).rejects.toMatchObject({ isMixed: true });
    const others = [first, { ...first, txHash: word('9') }];
    await expect(openRpc({ debug_traceBlockByNumber: others }).read()).rejects.toMatchObject({ isMixed: true });
  });

  test('are missing where the RPC has neither, and the block is there without them', async () => {
    const rpc = openRpc({});
    expect(await rpc.read()).toMatchObject([{ traces: null }]);
    expect(findTraceMethod(rpc.lacks)).toBeNull();
  });

  test('that the node has pruned are an error, for later blocks it has them', async () => {
    const pruned = new RpcError({ code: -32_000, message: 'missing trie node 4d2f state 0x1 is not available' });
    const ask: AskNow = (calls) =>
      Promise.resolve(
        calls.map(({ method }) => (method === 'eth_getBlockByNumber' ? { result: header } : { error: pruned })),
      );
    const lacks: ChainLacks = { blockReceipts: false, traces: new Set() };
    const reading = fetchBlocks(ask, { from: 7, to: 7, parts: ['traces'], lacks }, new AbortController().signal);
    await expect(reading).rejects.toBe(pruned);
    expect(findTraceMethod(lacks)).toBe('trace_block');
  });

  test("of a chain's first block are none, though Geth refuses to trace it", async () => {
    const genesis = { ...header, number: '0x0', transactions: [] };
    const refusal = { error: new RpcError({ code: -32_000, message: 'genesis is not traceable' }) };
    const ask: AskNow = (calls) =>
      Promise.resolve(calls.map(({ method }) => (method === 'eth_getBlockByNumber' ? { result: genesis } : refusal)));
    const lacks: ChainLacks = { blockReceipts: false, traces: new Set(['trace_block']) };
    const reading = fetchBlocks(ask, { from: 0, to: 0, parts: ['traces'], lacks }, new AbortController().signal);
    expect(await reading).toMatchObject([{ traces: [] }]);
  });

  test.skipIf(!hasAnvil)('make the same table by either method of a real node', async () => {
    const anvil = await startAnvil();
    try {
      const [from] = await anvil.request<string[]>('eth_accounts');
      const send = (transaction: object) => anvil.request<string>('eth_sendTransaction', [{ from, ...transaction }]);
      const deploy = async (runtime: string) => {
        const length = (runtime.length / 2).toString(16).padStart(4, '0');
        const hash = await send({ data: `0x61${length}80600a3d393df3${runtime}`, gas: '0x100000' });
        // It mines at once, which on a busy machine is not yet when it has answered.
        const receipt = await vi.waitFor(async () => {
          const found = await anvil.request<{ contractAddress: string } | null>('eth_getTransactionReceipt', [hash]);
          if (found === null) throw new Error('not mined yet');
          return found;
        }, 10_000);
        return receipt.contractAddress.slice(2);
      };
      const [revert, sha256] = [await deploy('60006000fd'), '2'.padStart(40, '0')];
      const noArguments = '6000600060006000';
      // Calls that revert, a precompiled contract in between, CREATE2 of a contract that destroys itself when it is called.
      const caller = await deploy(
        [
          `${noArguments}73${revert}5afa50`,
          `${noArguments}73${sha256}5afa50`,
          '6a6133ff6000526002601ef36000526007600b60156001f5',
          `${noArguments}6000855af150`,
          `${noArguments}600073${revert}5af150`,
          `${noArguments}73${revert}5af45000`,
        ].join(''),
      );
      await anvil.request('evm_setAutomine', [false]);
      await send({ to: `0x${caller}`, value: '0x5', gas: '0x200000', data: '0x1234' });
      await send({ to: `0x${revert}`, gas: '0x20000' });
      await send({ data: '0x60006000fd', gas: '0x20000' });
      await send({ to: `0x${'a'.repeat(40)}`, value: '0x1', gas: '0x5208' });
      await anvil.request('evm_mine');
      const ask: AskNow = (calls) =>
        Promise.all(calls.map(async ({ method, params }) => ({ result: await anvil.request(method, [...params]) })));
      const last = Number(await anvil.request('eth_blockNumber'));
      const read = async (lacking: ChainLacks['traces']) => {
        const rows: IndexRow[] = [];
        const wanted = {
          from: 0,
          to: last,
          parts: ['traces'] as const,
          lacks: { blockReceipts: false, traces: lacking },
        };
        for (const block of await fetchBlocks(ask, wanted, new AbortController().signal)) {
          addBlock(block, {
            add: (table, row) => table === 'traces' && rows.push(row),
            find: () => undefined,
            decodeMore: null,
          });
        }
        return rows;
      };
      const [byTrace, byDebug] = [await read(new Set()), await read(new Set(['trace_block']))];
      // The outermost call's gas is counted otherwise, and is left out.
      const withoutGas = byTrace.map((row) => (row[4] === '' ? row.with(11, null).with(12, null) : row));
      expect(byDebug).toEqual(withoutGas);
      expect(byDebug.slice(-10).map((row) => [row[4], row[5], row[6], row[7], row[16]])).toEqual([
        ['', 5, 'call', 'call', null],
        ['0', 0, 'call', 'staticcall', 'Reverted'],
        ['1', 0, 'create', null, null],
        ['2', 1, 'call', 'call', null],
        ['2,0', 0, 'suicide', null, null],
        ['3', 0, 'call', 'call', 'Reverted'],
        ['4', 0, 'call', 'delegatecall', 'Reverted'],
        ['', 0, 'call', 'call', 'Reverted'],
        ['', 0, 'create', null, 'Reverted'],
        ['', 0, 'call', 'call', null],
      ]);
    } finally {
      await anvil.close();
    }
  });
});
