import { describe, expect, test } from 'vitest';
import {
  type AskNow,
  type ChainLacks,
  fetchBlocks,
  findTraceMethod,
} from '#server/onchain/chain-index/fetch-blocks.ts';
import { RpcError } from '#server/onchain/rpc-fault.ts';

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
        result: null,
        error: 'execution reverted',
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
});
