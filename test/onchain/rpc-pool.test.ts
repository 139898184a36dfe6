import { encodeFunctionData, erc20Abi, numberToHex } from 'viem';
import { afterEach, describe, expect, test } from 'vitest';
import { createChainRegistry } from '#server/onchain/chain-registry.ts';
import { type ChainConfiguration, chainList } from '#server/onchain/chains.ts';
import { createChainReader } from '#server/onchain/create-chain-reader.ts';
import type { RpcCall } from '#server/onchain/rpc-fault.ts';
import { scriptedBlock, type ScriptedChain, type ScriptedRpc, startScriptedRpc } from '#test/support/scripted-rpc.ts';
import { alice, apes, bob, dai, tokens, usdc, wbtc } from '#test/support/scripted-tokens.ts';

const open: { close: () => Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

const start = async (chain: Partial<ScriptedChain> = {}): Promise<ScriptedRpc> => {
  const rpc = await startScriptedRpc({ contracts: tokens, balances: { [alice.toLowerCase()]: 7n }, ...chain });
  open.push(rpc);
  return rpc;
};

/** Ethereum through these endpoints; what is under way there is cut at the end of the test. */
async function openEthereum(urls: string[], changes: Partial<ChainConfiguration> = {}) {
  let time = Date.parse(scriptedBlock.time);
  const calls: { host: string; method: string; failed: boolean }[] = [];
  const reads: string[] = [];
  const registry = createChainRegistry({
    chains: chainList({ ethereum: urls }).map((chain) => ({ ...chain, ...changes })),
    fetch,
    limits: { timeoutMs: 800, firstRestMs: 10, longestWaitMs: 100, headPatienceMs: 200, callsPerSecond: 5_000 },
    countCall: (call) => calls.push(call),
    countRead: ({ from }) => reads.push(from),
    now: () => new Date(time),
  });
  open.push(registry);
  const chain = registry.get('ethereum');
  const access = await registry.open(chain);
  const never = new AbortController().signal;
  return {
    calls,
    reads,
    reader: createChainReader({ registry }),
    ask: (method: string, params: unknown[] = [], signal = never) => access.request({ method, params }, signal),
    askAll: (all: RpcCall[]) => Promise.all(all.map((call) => access.request(call, never))),
    report: () => access.report({ fresh: true, signal: never }),
    pass: (ms: number) => {
      time += ms;
    },
  };
}

const at = numberToHex(scriptedBlock.number);
const latest = ['latest', false];
const balanceOf = (who: string) => ({ method: 'eth_getBalance', params: [who, at] });
const tokenRead = (to: string, functionName: 'decimals' | 'symbol' | 'name'): RpcCall => ({
  method: 'eth_call',
  params: [{ to, data: encodeFunctionData({ abi: erc20Abi, functionName }) }, at],
});
const readBalance = { chain: 'ethereum', address: alice, signal: new AbortController().signal };
/** What left for the endpoint after it was checked. */
const asked = ({ batches }: ScriptedRpc) => batches.filter(([first]) => first !== 'eth_chainId');

describe('an endpoint that cannot be used', () => {
  const faults: [Parameters<ScriptedRpc['setMode']>[0], RegExp][] = [
    ['limits', /asks for fewer calls \(HTTP 429, again in 30 s\)\. Try again in 30 s/],
    ['fails', /fails \(HTTP 500\)\. Try again in \d+ s; an administrator can add endpoints/],
    ['hangs', /gave no answer within 0\.8 s/],
    ['shows a page', /answers with a page instead of JSON.*An administrator must correct/],
    ['breaks off', /broke off in the middle of its answer/],
    ['refuses', /refuses the hub \(HTTP 401\): its key may be wrong/],
  ];

  test.each(faults)('that %s is told with what to do, never with its address', async (mode, message) => {
    const rpc = await start();
    rpc.setMode(mode);
    const { ask } = await openEthereum([`${rpc.url}/key-5ecret`]);
    const failure = await ask('eth_getBlockByNumber', latest).catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ code: 'unavailable', message: expect.stringMatching(message) });
    expect(String(failure)).toMatch(/No RPC of Ethereum gave an answer: endpoint 1 of 1/);
    expect(String(failure)).not.toMatch(/127\.0\.0\.1|5ecret|secret-key/);
  });

  test.each(faults)('that %s leaves the work to the next', async (mode) => {
    const [first, second] = [await start(), await start()];
    first.setMode(mode);
    const { ask, reader } = await openEthereum([first.url, second.url]);
    expect(await ask(...spread(balanceOf(alice)))).toBe('0x7');
    expect(await reader.read('balance', readBalance)).toMatchObject({
      amount: { raw: '7' },
      block: { number: '21000000' },
    });
  });

  test('that is of another chain is not believed', async () => {
    const [first, second] = [await start({ chainId: 5, balances: {} }), await start()];
    const { ask, report } = await openEthereum([first.url, second.url]);
    expect(await ask(...spread(balanceOf(alice)))).toBe('0x7');
    expect(await report()).toMatchObject([
      { state: 'wrong-chain', detail: 'answers for chain 5, not 1' },
      { state: 'well', blockNumber: '21000000' },
    ]);
    const alone = await openEthereum([first.url]);
    await expect(alone.ask(...spread(balanceOf(alice)))).rejects.toThrow(
      /answers for chain 5, not 1\. An administrator must correct/,
    );
  });

  test('that nobody listens at is told as one that cannot be reached', async () => {
    const gone = await startScriptedRpc();
    await gone.close();
    const { ask } = await openEthereum([gone.url]);
    await expect(ask('eth_getBlockByNumber', latest)).rejects.toThrow(/cannot be reached/);
  });

  test('that fails later hands over in the middle, and is left alone while it rests', async () => {
    const [first, second] = [await start(), await start()];
    const { ask, report, pass } = await openEthereum([first.url, second.url]);
    await report();
    first.setMode('limits');
    expect(await ask(...spread(balanceOf(alice)))).toBe('0x7');
    expect(asked(first)).toHaveLength(1);
    expect(await ask(...spread(balanceOf(bob)))).toBe('0x0');
    expect(asked(first)).toHaveLength(1);
    expect(await report()).toMatchObject([{ state: 'rate-limited', waitMs: 30_000 }, { state: 'well' }]);
    first.setMode('answers');
    pass(30_000);
    expect(await ask('eth_getBlockByNumber', latest)).toMatchObject({ number: at });
    expect(asked(first)).toHaveLength(2);
  });

  test('that limits one call of a batch keeps what it answered to the others', async () => {
    const [first, second] = [await start(), await start()];
    const { ask, report } = await openEthereum([first.url, second.url]);
    await report();
    first.state.errors = { eth_getBalance: { code: -32_005, message: 'daily request count exceeded, rate limited' } };
    second.batches.length = 0;
    const answers = await Promise.all([ask(...spread(balanceOf(alice))), ask('eth_getBlockByNumber', latest)]);
    expect(answers).toMatchObject(['0x7', { number: at }]);
    expect(asked(first).at(-1)).toEqual(['eth_getBalance', 'eth_getBlockByNumber']);
    expect(second.batches).toEqual([['eth_getBalance']]);
    expect(await report()).toMatchObject([{ state: 'rate-limited' }, { state: 'well' }]);
  });

  test('that lags behind the others is not asked, and says so when it is the only one left', async () => {
    const [slow, quick] = [await start({ head: scriptedBlock.number - 40n }), await start()];
    const { reader, ask, report, pass } = await openEthereum([slow.url, quick.url]);
    expect((await reader.read('balance', readBalance)).block.number).toBe('21000000');
    expect(await report()).toMatchObject([
      { state: 'behind', blocksBehind: 40, secondsBehind: 480 },
      { state: 'well' },
    ]);
    quick.setMode('refuses');
    pass(5_000);
    await expect(ask('eth_getBlockByNumber', latest)).rejects.toThrow(
      /endpoint 1 of 2 is 40 blocks \(480 s\) behind the others; endpoint 2 of 2 refuses the hub/,
    );
    expect(asked(slow)).toEqual([]);
  });

  test.each([
    [
      'a method it does not have',
      { code: -32_601, message: 'no such method' },
      /No RPC of Ethereum can do what was asked/,
    ],
    [
      'state it does not keep',
      { code: -32_000, message: 'missing trie node' },
      /keeps the state of that block.*archive node/,
    ],
    ['too many results', { code: -32_005, message: 'query returned more than 10000 results' }, /Ask for fewer blocks/],
  ])('for %s is told from one that is down', async (_, error, message) => {
    const rpc = await start({ errors: { eth_getBalance: error } });
    const { reader, ask } = await openEthereum([rpc.url]);
    await expect(reader.read('balance', readBalance)).rejects.toMatchObject({
      message: expect.stringMatching(message),
    });
    expect(await ask('eth_getBlockByNumber', latest)).toMatchObject({ number: at });
  });

  test('for a block that a node behind it has not seen yet is asked once more', async () => {
    const rpc = await start({ errors: { eth_getBalance: { code: -32_000, message: 'header not found' } } });
    const { reader } = await openEthereum([rpc.url]);
    await expect(reader.read('balance', readBalance)).rejects.toThrow(/No RPC of Ethereum knows that block yet/);
    expect(
      asked(rpc)
        .flat()
        .filter((method) => method === 'eth_getBalance'),
    ).toHaveLength(2);
  });

  test('for one method leaves only that to the next', async () => {
    const first = await start({ errors: { eth_getBalance: { code: -32_601, message: 'no such method' } } });
    const second = await start();
    const { askAll } = await openEthereum([first.url, second.url]);
    expect(await askAll([balanceOf(alice), { method: 'eth_blockNumber', params: [] }])).toEqual(['0x7', at]);
    expect(asked(second)).toEqual([['eth_getBalance']]);
  });

  test('does not read as a token that tells nothing', async () => {
    const rpc = await start();
    const { reader, report } = await openEthereum([rpc.url]);
    await reader.read('balance', readBalance);
    await report();
    rpc.setMode('fails');
    await expect(reader.read('balance', { ...readBalance, token: usdc })).rejects.toMatchObject({
      code: 'unavailable',
    });
  });
});

describe('what is asked together', () => {
  test('leaves as one batch', async () => {
    const rpc = await start();
    const { askAll } = await openEthereum([rpc.url]);
    const all = [balanceOf(alice), balanceOf(bob), { method: 'eth_blockNumber', params: [] }];
    expect(await askAll(all)).toEqual(['0x7', '0x0', at]);
    expect(asked(rpc)).toEqual([['eth_getBalance', 'eth_getBalance', 'eth_blockNumber']]);
  });

  test('goes in smaller batches where large ones are refused', async () => {
    const rpc = await start({ mostInBatch: 3 });
    const { askAll } = await openEthereum([rpc.url]);
    const all = [alice, bob, usdc, dai, wbtc].map(balanceOf);
    expect(await askAll(all)).toEqual(['0x7', '0x0', '0x0', '0x0', '0x0']);
    expect(asked(rpc).map(({ length }) => length)).toEqual([5, 2, 2, 1]);
  });

  test('is one call for contract reads at the same block, of which some may fail', async () => {
    const rpc = await start();
    const { askAll } = await openEthereum([rpc.url]);
    const reads = [tokenRead(usdc, 'decimals'), tokenRead(wbtc, 'decimals'), tokenRead(dai, 'symbol')];
    const [first, second, third] = await askAll(reads);
    expect([first, second].map((one) => Number(one))).toEqual([6, 8]);
    expect(third).toContain('444149');
    expect(asked(rpc)).toEqual([['eth_call']]);
    const told = await Promise.allSettled(
      [tokenRead(dai, 'name'), tokenRead(apes, 'decimals')].map((one) => askAll([one])),
    );
    expect(told).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: { code: 3 } }]);
    expect(asked(rpc)).toEqual([['eth_call'], ['eth_call']]);
  });

  test('goes one by one in a batch where the chain has no Multicall3', async () => {
    const rpc = await start();
    const { askAll } = await openEthereum([rpc.url], { hasMulticall: false });
    await askAll([tokenRead(usdc, 'symbol'), tokenRead(wbtc, 'symbol')]);
    expect(asked(rpc)).toEqual([['eth_call', 'eth_call']]);
  });

  test('is one call for a thousand equal reads, and none while it is known', async () => {
    const rpc = await start();
    const { ask, askAll, calls, reads } = await openEthereum([rpc.url]);
    await ask('eth_getBlockByNumber', latest);
    calls.length = 0;
    reads.length = 0;
    const thousand = Array.from({ length: 1_000 }, () => balanceOf(alice));
    expect(new Set(await askAll(thousand))).toEqual(new Set(['0x7']));
    expect(calls).toEqual([expect.objectContaining({ method: 'eth_getBalance', failed: false })]);
    expect(reads.filter((from) => from === 'shared')).toHaveLength(999);
    await askAll(thousand);
    expect(calls).toHaveLength(1);
    expect(reads.filter((from) => from === 'cache')).toHaveLength(1_000);
  });

  test('goes on for the others when one of them leaves', async () => {
    const rpc = await start();
    const { ask } = await openEthereum([rpc.url]);
    await ask('eth_getBlockByNumber', latest);
    const leaving = new AbortController();
    const left = ask('eth_getBalance', balanceOf(alice).params, leaving.signal);
    const stays = ask('eth_getBalance', balanceOf(alice).params);
    leaving.abort();
    await expect(left).rejects.toMatchObject({ name: 'AbortError' });
    expect(await stays).toBe('0x7');
  });
});

describe('what is kept', () => {
  const countOf = (rpc: ScriptedRpc, method: string) =>
    asked(rpc)
      .flat()
      .filter((one) => one === method).length;

  test('is the state at a block, until that block is another one', async () => {
    const rpc = await start();
    const { ask, pass } = await openEthereum([rpc.url]);
    await ask('eth_getBlockByNumber', latest);
    const read = () => ask(...spread(balanceOf(alice)));
    await read();
    await read();
    expect(countOf(rpc, 'eth_getBalance')).toBe(1);
    rpc.state.branch = 'b2';
    rpc.state.head += 1n;
    rpc.state.balances = { [alice.toLowerCase()]: 9n };
    pass(12_000);
    await ask('eth_getBlockByNumber', latest);
    expect(await read()).toBe('0x9');
  });

  test('is for ever what is final, also after a reorganisation twelve blocks deep', async () => {
    const rpc = await start();
    const { ask, pass } = await openEthereum([rpc.url]);
    const final = numberToHex(scriptedBlock.number - 64n);
    const recent = numberToHex(scriptedBlock.number - 12n);
    for (const number of [final, recent, at]) await ask('eth_getBlockByNumber', [number, false]);
    const read = (number: string) => ask('eth_getBalance', [alice, number]);
    for (const number of [final, recent, final, recent]) await read(number);
    expect(countOf(rpc, 'eth_getBalance')).toBe(2);
    rpc.state.branch = 'c3';
    rpc.state.head += 1n;
    pass(12_000);
    await ask('eth_getBlockByNumber', latest);
    await read(final);
    expect(countOf(rpc, 'eth_getBalance')).toBe(2);
    await read(recent);
    expect(countOf(rpc, 'eth_getBalance')).toBe(3);
  });

  test("is a contract's code and a token's decimals, whatever the block", async () => {
    const rpc = await start();
    const { ask } = await openEthereum([rpc.url]);
    const [decimals] = tokenRead(usdc, 'decimals').params;
    const next = numberToHex(scriptedBlock.number + 1n);
    for (const block of [at, next, 'latest']) {
      await ask('eth_getCode', [usdc, block]);
      await ask('eth_call', [decimals, block]);
      await ask('eth_getCode', [bob, block]);
    }
    expect(countOf(rpc, 'eth_call')).toBe(1);
    expect(countOf(rpc, 'eth_getCode')).toBe(1 + 3);
  });

  test('is nothing of a branch that was left while it was asked for', async () => {
    const rpc = await start();
    const { ask, askAll, pass } = await openEthereum([rpc.url]);
    await ask('eth_getBlockByNumber', latest);
    pass(12_000);
    rpc.state.branch = 'b2';
    await askAll([{ method: 'eth_getBlockByNumber', params: latest }, balanceOf(alice)]);
    await ask(...spread(balanceOf(alice)));
    expect(countOf(rpc, 'eth_getBalance')).toBe(2);
  });

  test('is the head for a moment only', async () => {
    const rpc = await start();
    const { ask, pass } = await openEthereum([rpc.url]);
    await ask('eth_getBlockByNumber', latest);
    await ask('eth_getBlockByNumber', latest);
    expect(countOf(rpc, 'eth_getBlockByNumber')).toBe(1);
    pass(12_000);
    await ask('eth_getBlockByNumber', latest);
    expect(countOf(rpc, 'eth_getBlockByNumber')).toBe(2);
  });
});

function spread({ method, params }: { method: string; params: unknown[] }): [string, unknown[]] {
  return [method, params];
}
