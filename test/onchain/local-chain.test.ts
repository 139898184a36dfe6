import { encodeFunctionData, getAddress, type Hex, parseAbi } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Tool } from '#server/runtime/tools/tool.ts';
import { createChainRegistry } from '#server/onchain/chain-registry.ts';
import type { ChainConfiguration } from '#server/onchain/chains.ts';
import { createChainReader } from '#server/onchain/create-chain-reader.ts';
import { createExplainTransactionTool } from '#server/runtime/tools/on-chain/explain-transaction.ts';
import { createGasPriceTool } from '#server/runtime/tools/on-chain/gas-price.ts';
import { createPortfolioTool } from '#server/runtime/tools/on-chain/portfolio.ts';
import { createProposeTransactionTool } from '#server/runtime/tools/on-chain/propose-transaction.ts';
import { createSimulateCallTool } from '#server/runtime/tools/on-chain/simulate-call.ts';
import { createTransferHistoryTool } from '#server/runtime/tools/on-chain/transfer-history.ts';
import { callTool } from '#test/support/call-tool.ts';
import { hasAnvil, startAnvil } from '#test/support/start-anvil.ts';

const sender = getAddress('0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266');
const receiver = getAddress('0x70997970c51812dc3a010c7d01b50e0d17dc79c8');
const forwarder = getAddress('0x00000000000000000000000000000000000000f1');
const refuser = getAddress('0x00000000000000000000000000000000000000f2');
/** Hands all that it gets on to the receiver. */
const forwarding: Hex = `0x5f5f5f5f3473${receiver.slice(2).toLowerCase() as ''}5af15000`;
const coin = { name: 'Play', symbol: 'PLAY', decimals: 18 };

describe.skipIf(!hasAnvil)('a chain of one’s own', () => {
  let anvil: Awaited<ReturnType<typeof startAnvil>>;
  let ports: Parameters<typeof createPortfolioTool>[0];
  let forwarded: string;
  const call = async (create: (given: typeof ports) => Tool, input: object) => await callTool(create(ports), input);

  beforeAll(async () => {
    anvil = await startAnvil();
    await anvil.request('anvil_setCode', [forwarder, forwarding]);
    await anvil.request('anvil_setCode', [refuser, '0x5f5ffd']);
    await anvil.request('eth_sendTransaction', [{ from: sender, to: receiver, value: '0xde0b6b3a7640000' }]);
    forwarded = await anvil.request('eth_sendTransaction', [
      { from: sender, to: forwarder, value: '0x1bc16d674ec80000', data: '0x01' },
    ]);
    const chain: ChainConfiguration = {
      id: 31_337,
      slug: 'devnet',
      name: 'Devnet',
      endpoints: [{ id: 'own', url: anvil.url, origin: 'stored' }],
      explorerUrl: 'https://explorer.example',
      nativeCurrency: coin,
      blockTimeMs: 1_000,
      isTestnet: true,
      hasMulticall: false,
    };
    ports = { chains: createChainReader({ registry: createChainRegistry({ chains: [chain], fetch }) }) };
  });
  afterAll(() => anvil.close());

  test('tells what a transaction moved inside of contracts', async () => {
    const { output } = await call(createExplainTransactionTool, { hash: forwarded });
    expect(output).toMatchObject({
      transfers: [
        { from: sender, to: forwarder, amount: { formatted: '2' } },
        { from: forwarder, to: receiver, amount: { formatted: '2' } },
      ],
    });
  });

  test('lists what contracts sent among the transfers of an address', async () => {
    const { output } = await call(createTransferHistoryTool, { address: receiver, fromBlock: 0 });
    expect(output).toMatchObject({
      coin: 'traced',
      count: 2,
      flows: [{ received: { formatted: '3', symbol: 'PLAY' } }],
      partial: null,
    });
  });

  test('is read for a portfolio without any contract of helpers on it', async () => {
    const exact = BigInt(await anvil.request<Hex>('eth_getBalance', [receiver, 'latest']));
    const { output } = await call(createPortfolioTool, { address: receiver, tokens: [refuser] });
    expect(output).toMatchObject({
      holdings: [{ token: 'native', amount: { raw: exact.toString() } }],
      checkedTokens: 2,
    });
  });

  test('tries a call: who would get what, with another balance, and why it would fail', async () => {
    const { output } = await call(createSimulateCallTool, {
      from: receiver,
      to: forwarder,
      value: '20000',
      data: '0x01',
      overrides: [{ address: receiver, balance: (30_000n * 10n ** 18n).toString() }],
    });
    expect(output).toMatchObject({
      succeeds: true,
      changes: expect.arrayContaining([
        expect.objectContaining({ address: forwarder, net: expect.objectContaining({ raw: '0' }) }),
      ]),
      partial: null,
    });
    const refused = await call(createSimulateCallTool, {
      from: sender,
      to: refuser,
      data: encodeFunctionData({ abi: parseAbi(['function go()']) }),
    });
    expect(refused.output).toMatchObject({ succeeds: false, reason: 'it gave no reason', changes: [] });
  });

  test('proposes a transfer, and sends nothing', async () => {
    const before = await anvil.request('eth_blockNumber');
    const { output } = await call(createProposeTransactionTool, { from: sender, to: receiver, amount: '0.25' });
    expect(output).toMatchObject({
      transaction: { chainId: 31_337, to: receiver, value: '0x3782dace9d90000', data: '0x', gas: '0x5208' },
      walletLink: `ethereum:${receiver}@31337?value=250000000000000000`,
      simulation: { succeeds: true },
      warnings: [],
    });
    expect(await anvil.request('eth_blockNumber')).toBe(before);
  });

  test('tells what gas costs', async () => {
    const price = BigInt(await anvil.request<Hex>('eth_gasPrice'));
    const { output } = await call(createGasPriceTool, { blocks: 2 });
    expect(output).toMatchObject({
      gasPrice: { raw: price.toString(), symbol: 'gwei' },
      history: [{ block: '1' }, { block: '2' }],
    });
  });
});
