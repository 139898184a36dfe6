import { getAddress, padHex, toFunctionSelector } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createChainRegistry } from '#server/onchain/chain-registry.ts';
import { chainList } from '#server/onchain/chains.ts';
import { proxySlots } from '#server/onchain/contract-powers.ts';
import { createChainReader } from '#server/onchain/create-chain-reader.ts';
import { createTransferHistoryTool } from '#server/runtime/tools/on-chain/transfer-history.ts';
import { createPortfolioTool } from '#server/runtime/tools/on-chain/portfolio.ts';
import { createTokenFactsTool } from '#server/runtime/tools/on-chain/token-facts.ts';
import { callTool } from '#test/support/call-tool.ts';
import { scriptedBlock, type ScriptedRpc, startScriptedRpc } from '#test/support/scripted-rpc.ts';
import { alice, apes, bob, dai, fakeUsdc, toLog, tokens, toTransfer, usdc } from '#test/support/scripted-tokens.ts';

const hugeName = '0x6666666666666666666666666666666666666666';
const proxied = '0x7777777777777777777777777777777777777777';
const logic = '0x8888888888888888888888888888888888888888';
const lookAlikeOfBob = getAddress(`0x1111${'9'.repeat(32)}1111`);
const head = scriptedBlock.number;
let clockAheadMs = 0;
const byNumber = { 'function totalSupply() view returns (uint256)': 5n };

let ethereum: ScriptedRpc;
let base: ScriptedRpc;
let read: (name: 'facts' | 'transfers' | 'portfolio' | 'withPlayMoney', input: object) => ReturnType<typeof callTool>;

beforeAll(async () => {
  ethereum = await startScriptedRpc({
    balances: { [alice.toLowerCase()]: 2n * 10n ** 18n },
    contracts: {
      ...tokens,
      [usdc.toLowerCase()]: {
        ...tokens[usdc.toLowerCase()],
        answers: {
          'function totalSupply() view returns (uint256)': 44_000_000_123_456n,
          'function owner() view returns (address)': bob,
          'function paused() view returns (bool)': false,
        },
        storage: { [proxySlots.implementation]: padHex(logic, { size: 32 }) },
      },
      [logic]: {
        code: `0x6063${toFunctionSelector('mint(address,uint256)').slice(2)}1463${toFunctionSelector('pause()').slice(2)}14`,
      },
      [fakeUsdc]: { ...tokens[fakeUsdc], answers: byNumber },
      [hugeName]: { name: 'A'.repeat(1_000_000), symbol: 'BIG', decimals: 77, answers: byNumber },
      [proxied]: {
        symbol: 'MIN',
        decimals: 2,
        answers: byNumber,
        code: `0x363d3d373d3d3d363d73${logic.slice(2)}5af43d82803e903d91602b57fd5bf3`,
      },
      [apes]: {
        ...tokens[apes],
        answers: {
          ...byNumber,
          'function supportsInterface(bytes4) view returns (bool)': (id: string) => id === '0x80ac58cd',
        },
      },
    },
    logs: [
      { ...toTransfer(usdc, bob, alice, 3_000_000n), block: head - 5000n },
      { ...toTransfer(usdc, alice, bob, 1_250_000n), block: head - 20n },
      { ...toTransfer(fakeUsdc, alice, lookAlikeOfBob, 0n), block: head - 19n },
      { ...toLog(apes, 'Transfer(address,address,uint256)', [bob, alice, 7n]), block: head - 3n },
      {
        ...toLog(apes, 'TransferSingle(address,address,address,uint256,uint256)', [bob, bob, alice], [9n, 2n]),
        block: head,
      },
      { ...toTransfer(dai, bob, lookAlikeOfBob, 9n), block: head },
    ],
    widestRange: 2_000n,
  });
  base = await startScriptedRpc({ chainId: 8453, balances: { [alice.toLowerCase()]: 1n }, contracts: tokens });
  const chains = chainList({ ethereum: ethereum.url, base: base.url }).filter(({ id }) => [1, 8453].includes(id));
  const ports = {
    chains: createChainReader({
      registry: createChainRegistry({
        chains,
        fetch,
        now: () => new Date(Date.now() + clockAheadMs),
        limits: { callsPerSecond: 2_000 },
      }),
      now: () => new Date(scriptedBlock.time),
    }),
  };
  const playing = chains.map((chain) => ({ ...chain, isTestnet: chain.slug === 'base' }));
  const ofPlay = createChainRegistry({ chains: playing, fetch, limits: { callsPerSecond: 2_000 } });
  const tools = {
    facts: createTokenFactsTool(ports),
    transfers: createTransferHistoryTool(ports),
    portfolio: createPortfolioTool(ports),
    withPlayMoney: createPortfolioTool({ chains: createChainReader({ registry: ofPlay }) }),
  };
  read = async (name, input) => await callTool(tools[name], input);
});
afterAll(() => Promise.all([ethereum.close(), base.close()]));

describe('the facts of a token', () => {
  test('are its kind, supply, owner and code, at one block, and become a source', async () => {
    const { output, sources } = await read('facts', { token: 'USDC' });
    expect(output).toMatchObject({
      address: usdc,
      name: 'USD Coin',
      standard: 'ERC-20',
      decimals: 6,
      totalSupply: { raw: '44000000123456', formatted: '44000000.123456', symbol: 'USDC' },
      owner: bob,
      proxy: { kind: 'EIP-1967', implementation: logic, admin: null },
      isPaused: false,
      isWellKnown: true,
      powers: ['mint(address,uint256)', 'pause()'],
      warnings: [expect.stringContaining('can be replaced'), expect.stringContaining('mint(address,uint256), pause()')],
      block: { number: '21000000', hash: scriptedBlock.hash },
    });
    expect(sources).toEqual([
      {
        title: `Ethereum: token USDC ${usdc}`,
        url: `https://etherscan.io/token/${usdc}`,
        excerpt: `ERC-20, total supply 44000000.123456 USDC at block 21000000, ${scriptedBlock.time}, chain 1, block hash ${scriptedBlock.hash}`,
      },
    ]);
  });

  test('name a fake, and what it advertises', async () => {
    const { output, textForModel } = await read('facts', { token: fakeUsdc });
    expect(output).toMatchObject({
      symbol: 'USDC',
      isWellKnown: false,
      warnings: [expect.stringContaining(`not the well-known USDC (${usdc})`), expect.stringContaining('scam')],
    });
    expect(textForModel).toMatch(/^\[untrusted data/);
    expect(textForModel).not.toMatch(/[\u200b\u202e]/u);
  });

  test('of a token with a megabyte of name and 77 decimals are short and exact', async () => {
    const { output } = await read('facts', { token: hugeName });
    expect(output).toMatchObject({
      decimals: 77,
      name: `${'A'.repeat(63)}…`,
      totalSupply: { raw: '5', formatted: `0.${'0'.repeat(76)}5` },
      warnings: [expect.stringContaining('77 decimals')],
    });
  });

  test('tell an NFT, a minimal proxy and no token apart', async () => {
    expect((await read('facts', { token: apes })).output).toMatchObject({ standard: 'ERC-721', decimals: null });
    expect((await read('facts', { token: proxied })).output).toMatchObject({
      proxy: { kind: 'EIP-1167', implementation: logic },
      powers: ['mint(address,uint256)', 'pause()'],
    });
    expect((await read('facts', { token: logic })).output).toMatchObject({ standard: 'unknown' });
    expect((await read('facts', { token: bob })).output).toMatchObject({
      code: 'validation_failed',
      error: expect.stringContaining('No contract stands at'),
    });
  });

  test('a failure is told in the language of the person', async () => {
    const tool = createTokenFactsTool({
      chains: createChainReader({
        registry: createChainRegistry({ chains: chainList({ ethereum: ethereum.url }), fetch }),
      }),
    });
    const { output } = await callTool(tool, { token: bob }, { language: 'zh' });
    expect(output).toMatchObject({ error: expect.stringContaining('上没有合约') });
  });
});

describe('the transfers of an address', () => {
  test('are listed newest first with exact sums, and poisoning is named', async () => {
    const { output } = await read('transfers', { address: alice, fromBlock: Number(head) - 6000 });
    expect(output).toMatchObject({
      count: 5,
      transfers: [
        { direction: 'in', amount: { formatted: '2', symbol: 'APE #9' }, block: '21000000', time: scriptedBlock.time },
        { direction: 'in', amount: { symbol: 'APE #7' } },
        { direction: 'out', to: lookAlikeOfBob, amount: { raw: '0' } },
        { direction: 'out', token: usdc, amount: { formatted: '1.25', raw: '1250000', symbol: 'USDC' } },
        { direction: 'in', token: usdc, amount: { formatted: '3' } },
      ],
      flows: expect.arrayContaining([
        {
          address: alice,
          token: usdc,
          received: { raw: '3000000', formatted: '3', decimals: 6, symbol: 'USDC' },
          sent: { raw: '1250000', formatted: '1.25', decimals: 6, symbol: 'USDC' },
          net: { raw: '1750000', formatted: '1.75', decimals: 6, symbol: 'USDC' },
        },
      ]),
      warnings: expect.arrayContaining([
        expect.stringContaining('address poisoning'),
        expect.stringContaining(`${bob} and ${lookAlikeOfBob}`),
        expect.stringContaining('not the well-known USDC'),
      ]),
      coin: 'not read',
      partial: expect.stringContaining('Transfers of ETH itself were not read'),
    });
  });

  test('of one token leave the others out, and a range that is refused is read in pieces', async () => {
    ethereum.batches.length = 0;
    const { output } = await read('transfers', { address: alice, token: 'USDC', fromBlock: Number(head) - 6000 });
    expect(output).toMatchObject({ count: 2, partial: null, range: { from: { number: '20994000' } } });
    expect(ethereum.batches.flat().filter((method) => method === 'eth_getLogs').length).toBeGreaterThan(8);
  });

  test('a range with more than can be read is told as partial, with what to do', async () => {
    ethereum.state.widestRange = 10n;
    const { output } = await read('transfers', { address: alice, token: usdc, fromBlock: Number(head) - 6000 });
    ethereum.state.widestRange = 2_000n;
    expect(output).toMatchObject({
      partial: expect.stringMatching(/^Blocks 20994000 to \d+ were not read.*Ask again/),
    });
  });

  test('of the coin come from the transactions of a short range where nothing traces', async () => {
    const value = 10n ** 17n;
    const block = (number: unknown) => ({
      number,
      hash: scriptedBlock.hash,
      timestamp: '0x65000000',
      transactions:
        number === '0x1406f40'
          ? [
              {
                hash: `0x${'5'.repeat(64)}`,
                from: alice.toLowerCase(),
                to: bob,
                value: `0x${value.toString(16)}`,
                blockNumber: number,
              },
            ]
          : [],
    });
    ethereum.state.blocks = block;
    const { output } = await read('transfers', { address: alice, token: 'ETH', fromBlock: Number(head) - 2 });
    delete ethereum.state.blocks;
    expect(output).toMatchObject({
      coin: 'transactions',
      transfers: [{ token: 'native', direction: 'out', to: bob, amount: { formatted: '0.1', symbol: 'ETH' } }],
      partial: expect.stringContaining('no RPC of Ethereum traces'),
    });
  });

  test('of the coin come from traces where there are some, without what was undone', async () => {
    const hash = `0x${'7'.repeat(64)}`;
    const trace = (to: string, traceAddress: number[], error?: string) => ({
      type: 'call',
      action: { from: alice, to, value: '0xde0b6b3a7640000' },
      traceAddress,
      blockNumber: Number(head),
      transactionHash: hash,
      ...(error === undefined ? {} : { error }),
    });
    const traces = [trace(bob, []), trace(bob, [0], 'Reverted'), trace(bob, [0, 1]), trace(alice, [1])];
    ethereum.state.others = { trace_filter: () => traces, trace_transaction: () => traces };
    const { output } = await read('transfers', { address: alice, token: 'ETH', days: 30 });
    ethereum.state.others = {};
    expect(output).toMatchObject({ coin: 'traced', count: 2, partial: null, flows: [{ net: { formatted: '-1' } }] });
  });

  test('a range that begins after its end is refused in words', async () => {
    const { output } = await read('transfers', { address: alice, fromBlock: 10, toBlock: 5 });
    expect(output).toMatchObject({ code: 'validation_failed', issues: [{ path: 'fromBlock' }] });
  });
});

describe('a portfolio', () => {
  test('has what an address holds on every chain, one round trip each', async () => {
    await read('portfolio', { address: alice });
    [ethereum, base].forEach((rpc) => (rpc.batches.length = 0));
    ethereum.state.head += 1n;
    base.state.head += 1n;
    clockAheadMs += 12_000;
    const { output, sources } = await read('portfolio', { address: alice, tokens: [`ethereum:${fakeUsdc}`] });
    expect(output).toMatchObject({
      holdings: [
        { chain: 'Ethereum', token: 'native', amount: { formatted: '2', symbol: 'ETH' } },
        { token: usdc, amount: { formatted: '1', symbol: 'USDC' }, isWellKnown: true },
        { token: dai, amount: { formatted: '123456789.012345678901234567' } },
        { amount: { symbol: 'WBTC' } },
        { token: getAddress(fakeUsdc), amount: { symbol: 'USDC' }, isWellKnown: false },
        { chain: 'Base', token: 'native', amount: { formatted: '0.000000000000000001' } },
      ],
      failed: [],
      partial: null,
      warnings: [expect.stringContaining('not the well-known USDC')],
    });
    expect(sources).toHaveLength(2);
    expect([ethereum.batches.length, base.batches.length]).toEqual([1, 1]);
  });

  test('has play money in no total with real money, and values it where its chain alone is named', async () => {
    const { output } = await read('withPlayMoney', { address: alice, withValues: true });
    expect(output).toMatchObject({
      totalUsd: { formatted: '123456790.012345' },
      notValued: expect.arrayContaining([
        expect.objectContaining({
          chain: 'Base (no real money)',
          token: 'native',
          reason: 'Coins of Base are no real money: name it alone.',
        }),
      ]),
    });
    const { output: alone } = await read('withPlayMoney', { address: alice, chains: ['base'], withValues: true });
    expect(alone).toMatchObject({ totalUsd: null, notValued: [{ reason: expect.stringContaining('No feed') }] });
  });

  test('with a chain that fails is partial, and says which', async () => {
    base.setMode('fails');
    base.state.head += 1n;
    clockAheadMs += 12_000;
    const { output } = await read('portfolio', { address: alice });
    base.setMode('answers');
    expect(output).toMatchObject({
      failed: [{ chain: 'Base', reason: expect.stringContaining('No RPC of Base') }],
      partial: expect.stringMatching(/^Not read: Base/),
    });
  });
});
