import { gzipSync } from 'node:zlib';
import { numberToHex } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createChainRegistry } from '#server/onchain/chain-registry.ts';
import { chainList } from '#server/onchain/chains.ts';
import { toChainError } from '#server/onchain/chain-errors.ts';
import { createChainReader } from '#server/onchain/create-chain-reader.ts';
import { RpcError } from '#server/onchain/rpc-fault.ts';
import { refusedBatches, refusedCalls, refusedRanges } from '#test/support/rpc-refusals.ts';
import { scriptedBlock, type ScriptedChain, type ScriptedRpc, startScriptedRpc } from '#test/support/scripted-rpc.ts';
import { alice, usdc } from '#test/support/scripted-tokens.ts';

let first: ScriptedRpc;
let second: ScriptedRpc;
const registries: { close: () => void }[] = [];
beforeAll(async () => {
  [first, second] = [await startScriptedRpc(), await startScriptedRpc()];
});
afterAll(async () => {
  for (const registry of registries) registry.close();
  await Promise.all([first.close(), second.close()]);
});

type Error = { code: number; message: string; data?: unknown };
type Reply = ScriptedChain['reply'];

const errorReply = (error: unknown, status = 200): ReturnType<Reply> => ({
  status,
  body: JSON.stringify({ jsonrpc: '2.0', id: 0, error }),
});
/** Only these calls are refused; what the pool asks to know an endpoint is answered. */
const refuse =
  (error: Error, status: number): Reply =>
  ([method]) =>
    method === 'eth_getLogs' || method === 'eth_getBalance' ? errorReply(error, status) : null;

/** Ethereum through the first endpoint, which replies so, and through the second where it is wanted. */
async function openEthereum({ reply, withSecond = false }: { reply: Reply; withSecond?: boolean }) {
  for (const { batches, state } of [first, second]) {
    batches.length = 0;
    Object.assign(state, { reply: () => null, logs: [], balances: { [alice.toLowerCase()]: 7n } });
  }
  first.state.reply = reply;
  const registry = createChainRegistry({
    chains: chainList({ ethereum: withSecond ? [first.url, second.url] : [first.url] }),
    fetch,
    limits: { timeoutMs: 20_000, firstRestMs: 5, longestWaitMs: 50, headPatienceMs: 10_000, callsPerSecond: 5_000 },
    countCall: () => undefined,
    countRead: () => undefined,
    now: () => new Date(scriptedBlock.time),
  });
  registries.push(registry);
  const chain = registry.get('ethereum');
  const access = await registry.open(chain);
  const signal = AbortSignal.timeout(60_000);
  return {
    chain,
    reader: createChainReader({ registry }),
    ask: (method: string, ...params: unknown[]) => access.request({ method, params }, signal),
    askNow: (calls: { method: string; params: unknown[] }[]) => access.requestNow(calls, signal),
    report: async () => (await access.report({ fresh: false, signal }))[0],
  };
}

const head = scriptedBlock.number;
const rangeOf = (blocks: bigint) => ({ fromBlock: numberToHex(head - blocks + 1n), toBlock: numberToHex(head) });
const getLogs = ['eth_getLogs', rangeOf(20_000n)] as const;
const getBalance = ['eth_getBalance', alice, numberToHex(head)] as const;
const failureOf = (asked: Promise<unknown>) =>
  asked.then(
    () => null,
    (thrown: unknown) => thrown,
  );

describe('a range of logs that is refused', () => {
  test.each(refusedRanges)(
    'by %s goes to the next endpoint, else says how wide it may be',
    async (_, status, code, message, width) => {
      const alone = await openEthereum({ reply: refuse({ code, message }, status) });
      const failure = await failureOf(alone.ask(...getLogs));
      expect(failure).toBeInstanceOf(RpcError);
      expect(failure).toMatchObject({ refusal: 'too-wide', allowedWidth: width });
      expect(toChainError(failure, alone.chain).message).toMatch(
        /do not give that much at once\. Ask for fewer blocks/,
      );
      expect(await alone.report()).toMatchObject({ state: 'well' });
      const both = await openEthereum({ reply: refuse({ code, message }, status), withSecond: true });
      expect(await both.ask(...getLogs)).toEqual([]);
      expect(await both.report()).toMatchObject({ state: 'well' });
    },
  );

  const transfer = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef';
  const transfers = [1n, 7n, 4_321n, 19_999n].map((back) => ({
    address: usdc,
    topics: [
      transfer,
      `0x${'0'.repeat(24)}${alice.slice(2)}`,
      `0x${'0'.repeat(24)}${usdc.slice(2)}`,
    ] as `0x${string}`[],
    data: numberToHex(back, { size: 32 }),
    block: head - back,
  }));
  /** Gives so many blocks at once, and says so in these words. */
  const upTo =
    (words: (wide: bigint) => string, wide: bigint) =>
    (rpc: ScriptedRpc): void => {
      rpc.state.logs = transfers;
      rpc.state.widestRange = wide;
      rpc.state.rangeWords = words(wide);
    };

  test('is read whole in pieces as wide as allowed, and by the endpoint that gives most', async () => {
    const { reader } = await openEthereum({ reply: () => null, withSecond: true });
    upTo(
      (wide) => `Under the Free tier plan, you can make eth_getLogs requests with up to a ${wide} block range.`,
      10n,
    )(first);
    upTo((wide) => `exceed maximum block range: ${wide}`, 5_000n)(second);
    const read = await reader.read('logs', {
      chain: 'ethereum',
      event: 'event Transfer(address indexed from, address indexed to, uint256 value)',
      contract: usdc,
      fromBlock: Number(head - 19_999n),
      toBlock: Number(head),
      signal: AbortSignal.timeout(60_000),
    });
    expect(read).toMatchObject({ count: 4, partial: null });
    const asked = (rpc: ScriptedRpc) => rpc.batches.flat().filter((method) => method === 'eth_getLogs').length;
    // Each says once how much it gives; then four pieces go to the wider one alone.
    expect([asked(first), asked(second)]).toEqual([1, 5]);
  });
});

describe('a call that is refused', () => {
  test.each(refusedCalls)('by %s', async (_, status, error, reaction, words) => {
    const reply = refuse(error, status);
    const alone = await openEthereum({ reply });
    const failure = await failureOf(alone.ask(...getBalance));
    expect(toChainError(failure, alone.chain).message).toMatch(words);
    const isOfEndpoint = reaction === 'waits' || reaction === 'is asked no more';
    expect(await alone.report()).toMatchObject(
      isOfEndpoint ? { state: expect.not.stringMatching(/^well$/) } : { state: 'well' },
    );
    const both = await openEthereum({ reply, withSecond: true });
    const answer = both.ask(...getBalance);
    if (reaction === 'is told') await expect(answer).rejects.toMatchObject({ refusal: 'final' });
    else expect(await answer).toBe('0x7');
  });
});

describe('a batch that is refused', () => {
  const balances = Array.from({ length: 12 }, (_, index) => ({
    method: 'eth_getBalance',
    params: [`0x${(index + 1).toString(16).padStart(40, '0')}`, numberToHex(head)],
  }));

  test.each(refusedBatches)('by %s goes in pieces that it takes', async (_, status, body, most, sizes) => {
    const reply: Reply = (methods) =>
      methods[0] === 'eth_getBalance' && methods.length > most ? { status, body: body(methods.length) } : null;
    const { ask, askNow } = await openEthereum({ reply });
    await ask('eth_chainId');
    first.batches.length = 0;
    expect(await askNow(balances)).toEqual(balances.map(() => ({ result: '0x0' })));
    expect(first.batches.map(({ length }) => length)).toEqual(sizes);
  });

  test('for one wide range in it leaves later ones as large as before', async () => {
    const tooWide = { code: -32_614, message: 'eth_getLogs is limited to a 10,000 range' };
    const reply: Reply = (methods) => (methods.includes('eth_getLogs') ? errorReply(tooWide, 413) : null);
    const { askNow } = await openEthereum({ reply });
    const [method, ...params] = getLogs;
    const answers = await askNow([{ method, params }, ...balances.slice(0, 3)]);
    expect(answers.map((answer) => 'result' in answer)).toEqual([false, true, true, true]);
    first.batches.length = 0;
    await askNow(balances);
    expect(first.batches.map(({ length }) => length)).toEqual([12]);
  });
});

describe('an answer', () => {
  test('is read with gzip, with numbers of calls as text, and from nodes that know no final block', async () => {
    const unknownTag = { code: -32_602, message: 'invalid argument 0: hex string without 0x prefix: finalized' };
    const reply: Reply = (methods) => {
      const answers = methods.map((method, id) => ({
        jsonrpc: '2.0',
        id: String(id),
        ...(method === 'eth_chainId'
          ? { result: '0x1' }
          : method === 'eth_getBalance'
            ? { result: '0x5' }
            : id === 2
              ? { error: unknownTag }
              : { result: { number: numberToHex(head), timestamp: '0x69a0', hash: scriptedBlock.hash } }),
      }));
      const body = gzipSync(JSON.stringify(methods.length === 1 ? answers[0] : answers));
      return { headers: { 'content-encoding': 'gzip' }, body };
    };
    const { ask, report } = await openEthereum({ reply });
    expect(await ask(...getBalance)).toBe('0x5');
    expect(await report()).toMatchObject({ state: 'well', blockNumber: String(head) });
  });

  test('of nothing where there must be a block or its receipts comes from another endpoint', async () => {
    const nothing: Reply = (methods) =>
      methods.length === 1 && methods[0] !== 'eth_getBalance'
        ? { body: JSON.stringify({ jsonrpc: '2.0', id: 0, result: null }) }
        : null;
    const { ask } = await openEthereum({ reply: nothing, withSecond: true });
    second.state.others = { eth_getBlockReceipts: () => [] };
    expect(await ask('eth_getBlockByNumber', numberToHex(head - 1n), false)).toMatchObject({
      number: numberToHex(head - 1n),
    });
    expect(await ask('eth_getBlockReceipts', numberToHex(head - 1n))).toEqual([]);
    // Of a block that is not there yet, nothing is the answer.
    first.batches.length = 0;
    expect(await ask('eth_getBlockByNumber', numberToHex(head + 5n), false)).toBeNull();
    expect(first.batches).toHaveLength(1);
  });
});
