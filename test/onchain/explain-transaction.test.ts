import { encodeFunctionData, erc20Abi, maxUint256 } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createChainRegistry } from '#server/onchain/chain-registry.ts';
import { chainList } from '#server/onchain/chains.ts';
import { createChainReader } from '#server/onchain/create-chain-reader.ts';
import type { TransactionExplanation } from '#server/contract/chain-readings.ts';
import { createExplainTransactionTool } from '#server/runtime/tools/on-chain/explain-transaction.ts';
import type { Tool } from '#server/runtime/tools/tool.ts';
import { callTool } from '#test/support/call-tool.ts';
import { scriptedFee, type ScriptedTransaction, startScriptedRpc } from '#test/support/scripted-rpc.ts';
import { alice, apes, bob, dai, fakeUsdc, toLog, tokens, toTransfer, usdc } from '#test/support/scripted-tokens.ts';

const zero = `0x${'0'.repeat(40)}`;
const lookAlikeOfBob = `0x1111${'9'.repeat(32)}1111`;
const hashes: string[] = [];
const add = (transaction: Omit<ScriptedTransaction, 'hash' | 'from'> & { from?: string }): ScriptedTransaction => {
  const hash = `0x${String(hashes.length + 1).padStart(64, '0')}`;
  hashes.push(hash);
  return { from: alice, ...transaction, hash };
};
const sendUsdc = encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [bob, 1_000_000n] });
const approveAll = encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [bob, maxUint256] });

const script = {
  plain: add({ to: bob, value: 25n * 10n ** 16n }),
  token: add({ to: usdc, input: sendUsdc, receipt: { logs: [toTransfer(usdc, alice, bob, 1_000_000n)] } }),
  approval: add({
    to: usdc,
    input: approveAll,
    receipt: { logs: [toLog(usdc, 'Approval(address,address,uint256)', [alice, bob], [maxUint256])] },
  }),
  poison: add({
    from: bob,
    to: fakeUsdc,
    receipt: { logs: [toTransfer(usdc, alice, bob, 5n), toTransfer(fakeUsdc, alice, lookAlikeOfBob, 0n)] },
  }),
  apes: add({
    to: apes,
    receipt: {
      logs: [
        toLog(apes, 'Transfer(address,address,uint256)', [zero, alice, 77n]),
        toLog(apes, 'ApprovalForAll(address,address,bool)', [alice, bob], [1n]),
        toLog(apes, 'TransferSingle(address,address,address,uint256,uint256)', [alice, zero, bob], [9n, 3n]),
      ],
    },
  }),
  swap: add({
    to: bob,
    value: 10n ** 18n,
    receipt: {
      logs: [
        toTransfer(dai, bob, alice, 3_000_500_000_000_000_000_001n),
        toLog(bob, 'Swap(address,uint256,uint256,uint256,uint256,address)', [alice, alice], [0n, 10n ** 18n, 3n, 0n]),
        toLog(bob, 'Unheard(uint256)', [], [1n]),
      ],
    },
  }),
  unknownDecimals: add({ to: bob, receipt: { logs: [toTransfer(apes, alice, bob, 1_000_000n)] } }),
  reverted: add({ to: usdc, value: 1n, input: sendUsdc, receipt: { status: 'reverted' } }),
  pending: add({ to: bob, value: 1n, receipt: null }),
  created: add({ to: null, input: '0x6001', receipt: { contractAddress: fakeUsdc } }),
  unknownCall: add({ to: bob, input: '0xdeadbeef0000' }),
  brokenCall: add({ to: usdc, input: sendUsdc.slice(0, 30) as `0x${string}` }),
  rollUp: add({ to: bob, value: 1n, receipt: { l1Fee: 5n } }),
};

let rpc: Awaited<ReturnType<typeof startScriptedRpc>>;
let tool: Tool;
const explain = async ({ hash }: { hash: string }) => {
  const { output } = await callTool(tool, { hash });
  return output as TransactionExplanation;
};

beforeAll(async () => {
  rpc = await startScriptedRpc({ contracts: tokens, transactions: Object.values(script) });
  tool = createExplainTransactionTool({
    chains: createChainReader({ registry: createChainRegistry({ chains: chainList({ ethereum: rpc.url }), fetch }) }),
  });
});
afterAll(() => rpc.close());

describe('explaining a transaction', () => {
  test('a plain transfer: who, how much, what it cost, where to look', async () => {
    expect(await explain(script.plain)).toEqual({
      hash: script.plain.hash,
      status: 'success',
      block: expect.objectContaining({ chainId: 1, number: '21000000', timestamp: '2026-03-01T12:00:00.000Z' }),
      from: alice,
      to: bob,
      createdContract: null,
      value: { raw: '250000000000000000', formatted: '0.25', decimals: 18, symbol: 'ETH' },
      fee: { raw: scriptedFee.toString(), formatted: '0.000021', decimals: 18, symbol: 'ETH' },
      call: null,
      transfers: [
        {
          token: 'native',
          tokenSymbol: 'ETH',
          from: alice,
          to: bob,
          amount: expect.objectContaining({ formatted: '0.25' }),
        },
      ],
      flows: [
        {
          address: alice,
          token: 'native',
          received: expect.objectContaining({ raw: '0' }),
          sent: expect.objectContaining({ formatted: '0.25' }),
          net: { raw: '-250000000000000000', formatted: '-0.25', decimals: 18, symbol: 'ETH' },
        },
        expect.objectContaining({ address: bob, net: expect.objectContaining({ formatted: '0.25' }) }),
      ],
      events: [],
      warnings: [],
      explorerUrl: `https://etherscan.io/tx/${script.plain.hash}`,
    });
  });

  test('a token transfer is in whole tokens everywhere a person looks', async () => {
    const explanation = await explain(script.token);
    const shown = '1 USDC (1000000 in smallest units)';
    expect(explanation.transfers).toMatchObject([
      { token: usdc, tokenSymbol: 'USDC', from: alice, to: bob, amount: { formatted: '1', raw: '1000000' } },
    ]);
    expect(explanation.call).toEqual({
      name: 'transfer',
      arguments: [
        { name: 'to', type: 'address', value: bob },
        { name: 'amount', type: 'uint256', value: shown },
      ],
    });
    expect(explanation.events).toMatchObject([
      { name: 'Transfer', arguments: [{ value: alice }, { value: bob }, { value: shown }] },
    ]);
    expect(explanation.warnings).toEqual([]);
    const { textForModel, sources } = await callTool(tool, { hash: script.token.hash });
    expect(textForModel).toContain(`| 1 USDC | ${usdc} | ${alice} | ${bob} |`);
    expect(textForModel).not.toMatch(/\b1000000\b(?! in smallest)/);
    expect(sources).toMatchObject([
      { url: `https://etherscan.io/tx/${script.token.hash}`, excerpt: expect.stringContaining('block 21000000') },
    ]);
  });

  test('an unlimited approval is a warning that names who may spend', async () => {
    const { warnings } = await explain(script.approval);
    expect(warnings).toEqual([
      expect.stringMatching(new RegExp(`^Unlimited approval: ${bob} may spend all USDC of ${alice}`)),
    ]);
  });

  test('address poisoning is seen: zero value, a look-alike, a false name', async () => {
    const { warnings, transfers } = await explain(script.poison);
    expect(transfers).toHaveLength(2);
    expect(warnings).toEqual([
      expect.stringContaining('1 token transfer(s) of exactly 0'),
      expect.stringMatching(/Look-alike addresses: .*0x1111.*1111/),
      expect.stringContaining('calls itself USDC but is not the well-known USDC'),
      expect.stringContaining('advertises a site or a claim'),
    ]);
  });

  test('NFTs move as pieces with their id', async () => {
    const { transfers, warnings } = await explain(script.apes);
    expect(transfers).toMatchObject([
      { from: zero, to: alice, amount: { formatted: '1', symbol: 'APE #77' } },
      { from: zero, to: bob, amount: { formatted: '3', symbol: 'APE #9' } },
    ]);
    expect(warnings).toEqual([expect.stringContaining('Approval for all')]);
  });

  test('a swap shows both sides exactly, and amounts of unknown tokens as smallest units', async () => {
    const { transfers, events, warnings } = await explain(script.swap);
    expect(transfers.map(({ amount }) => `${amount.formatted} ${amount.symbol}`)).toEqual([
      '1 ETH',
      '3000.500000000000000001 DAI',
    ]);
    const swap = events.find(({ name }) => name === 'Swap');
    expect(swap?.arguments[2]).toEqual({
      name: 'amount1In',
      type: 'uint256',
      value: '1000000000000000000 (in smallest units)',
    });
    expect(warnings).toEqual([expect.stringContaining('1 event(s) of unknown kinds')]);
  });

  test('an amount without known decimals is never shown as whole tokens', async () => {
    const { transfers } = await explain(script.unknownDecimals);
    expect(transfers[0]?.amount).toMatchObject({
      formatted: '1000000',
      symbol: 'smallest units of APE (decimals unknown)',
    });
  });

  test('a failed, a pending and a creating transaction are told apart', async () => {
    expect(await explain(script.reverted)).toMatchObject({
      status: 'reverted',
      transfers: [],
      warnings: [expect.stringContaining('failed')],
    });
    expect(await explain(script.pending)).toMatchObject({
      status: 'pending',
      block: null,
      fee: null,
      // The head is months old: it may have been mined since.
      warnings: [expect.stringMatching(/Ethereum have is \d+ minutes old/)],
    });
    expect(await explain(script.created)).toMatchObject({ to: null, createdContract: fakeUsdc });
  });

  test('a call that is not known, or whose data is broken, is not guessed', async () => {
    expect((await explain(script.unknownCall)).call).toEqual({ name: '0xdeadbeef (unknown function)', arguments: [] });
    expect((await explain(script.brokenCall)).call?.name).toContain('does not fit transfer');
  });

  test("a roll-up's fee holds what it pays on Ethereum", async () => {
    expect((await explain(script.rollUp)).fee?.raw).toBe((scriptedFee + 5n).toString());
  });

  test.each([
    [`0x${'f'.repeat(64)}`, 'not_found', /no transaction/],
    ['0x123456789abc', 'validation_failed', /64 hexadecimal/],
  ])('%s is an error in words', async (hash, code, message) => {
    expect((await callTool(tool, { hash, chain: 'ethereum' })).output).toMatchObject({
      code,
      error: expect.stringMatching(message),
    });
  });
});
