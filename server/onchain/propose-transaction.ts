import { type AbiFunction, type Address, decodeFunctionData, type Hex, maxUint256, numberToHex } from 'viem';
import type { CallRequest } from '#server/contract/chain-readings.ts';
import type { TransactionWish, WalletNetwork } from '#server/contract/transaction-proposal.ts';
import { pinBlock } from './chain-block.ts';
import type { ChainContext, ReadChain } from './chain-context.ts';
import { toInputError } from './chain-errors.ts';
import type { ChainConfiguration } from './chains.ts';
import { toExactAmount } from './exact-amount.ts';
import { findEffect } from './find-effect.ts';
import { warnOfLookAlikes } from './find-warnings.ts';
import { findKnownFunction } from './known-abis.ts';
import { type PreparedCall, prepareCall, toAmount } from './prepare-call.ts';
import { showValue } from './show-arguments.ts';
import { simulateCall } from './simulate-call.ts';
import { isOwnCoin, toTokenAddress } from './token-address.ts';
import { readTokenDetails } from './token-details.ts';
import { warnOfProposal } from './warn-of-proposal.ts';

const mostPublicUrls = 3;

/**
 * Writes a transaction that a person may sign in a wallet of their own, tried on the chain before. The hub signs and sends
 * nothing.
 *
 * @throws {HubError} `validation_failed`, naming what does not fit
 */
export const proposeTransaction: ReadChain<'proposal'> = async (context, request) => {
  const { chain, client } = context;
  const block = await pinBlock(context);
  const wanted = await toCall(context, request, block.number);
  const call = await prepareCall(context, wanted, block.number);
  const [simulation, price, balance, effect] = await Promise.all([
    simulateCall(context, { ...wanted, block: Number(block.number) }),
    client.request({ method: 'eth_gasPrice' }),
    client.getBalance({ address: call.from, blockNumber: block.number }),
    findEffect(context, call, block.number),
  ]);
  const warned = await warnOfProposal(context, { call, effect, block: block.number });
  const gas = simulation.gas === null ? null : withReserve(BigInt(simulation.gas));
  const fee = gas === null ? null : gas * BigInt(price);
  return {
    transaction: {
      chainId: chain.id,
      from: call.from,
      to: call.to,
      value: numberToHex(call.value),
      data: call.data,
      gas: gas === null ? null : numberToHex(gas),
    },
    network: toNetwork(chain),
    effect,
    walletLink: toWalletLink(call, chain.id),
    fee: fee === null ? null : toExactAmount(fee, chain.nativeCurrency),
    simulation,
    simulatedAt: context.now().toISOString(),
    warnings: [
      ...new Set([
        ...block.warnings,
        ...simulation.warnings,
        ...warnOfLookAlikes([call.from, call.to, effect.counterparty]),
        ...warned,
        ...(simulation.succeeds
          ? []
          : [`It would fail now: ${simulation.reason ?? 'no reason was given'}. Do not sign it.`]),
        ...(balance < call.value + (fee ?? 0n)
          ? [`The sender has too little ${chain.nativeCurrency.symbol} for the value and the fee.`]
          : []),
        ...(call.data !== '0x' && simulation.call?.name.includes('unknown function') === true
          ? ['What it calls is of no known kind. Sign only what you understand.']
          : []),
      ]),
    ],
  };
};

function toNetwork({
  slug,
  name,
  isTestnet,
  nativeCurrency,
  explorerUrl,
  endpoints,
}: ChainConfiguration): WalletNetwork {
  return {
    slug,
    name,
    isTestnet,
    currency: nativeCurrency,
    explorerUrl,
    rpcUrls: endpoints
      .filter(({ origin }) => origin === 'public')
      .slice(0, mostPublicUrls)
      .map(({ url }) => url),
  };
}

/** What is done with a token is a call of its contract; everything else is as it was asked for. */
async function toCall(
  context: ChainContext,
  { token, amount, action = 'send', ...request }: CallRequest & TransactionWish,
  block: bigint,
): Promise<CallRequest> {
  if (action === 'send' && amount === undefined && token === undefined) return request;
  if (token === undefined && action !== 'send') {
    throw toInputError('token', {
      en: 'Say which token is to be spent: a symbol or the address of its contract.',
      zh: '请说明授权哪种代币：符号或合约地址。',
    });
  }
  if (amount === undefined && action !== 'revoke') {
    throw toInputError('amount', { en: 'Say how much of the token, such as 1.5.', zh: '请说明代币数额，例如 1.5。' });
  }
  if (token === undefined || isOwnCoin(token, context.chain)) {
    if (action === 'send') return { ...request, value: amount };
    throw toInputError('token', {
      en: `${context.chain.nativeCurrency.symbol} is the chain's own coin: nobody needs or gets an approval for it. Name a token.`,
      zh: `${context.chain.nativeCurrency.symbol} 是该链的原生币，没有授权一说。请指定一种代币。`,
    });
  }
  if (request.function !== undefined || request.data !== undefined) {
    throw toInputError('token', {
      en: 'What is done with a token is a call of its own: leave the function and the data out, or the token.',
      zh: '对代币的操作本身就是一次合约调用：请不要同时给出函数或数据，或去掉代币。',
    });
  }
  const contract = toTokenAddress(token, context.chain);
  const raw = action === 'revoke' ? 0n : await readRawAmount(context, { contract, amount, action, block });
  const other = await context.resolve(request.to, 'to');
  return {
    from: request.from,
    to: contract,
    function:
      action === 'send'
        ? 'transfer(address to, uint256 amount) returns (bool)'
        : 'approve(address spender, uint256 amount) returns (bool)',
    arguments: [other, raw.toString()],
  };
}

async function readRawAmount(
  context: ChainContext,
  { contract, amount = '', action, block }: Omit<TransactionWish, 'token'> & { contract: Address; block: bigint },
): Promise<bigint> {
  if (action === 'approve' && amount.trim().toLowerCase() === 'unlimited') return maxUint256;
  const { decimals, symbol } = await readTokenDetails(context.client, contract, block);
  if (decimals === null) {
    throw toInputError('amount', {
      en: `${contract} does not tell its decimals, so an amount of it cannot be written exactly.`,
      zh: `${contract} 没有给出小数位，无法精确写出数额。`,
    });
  }
  return toAmount(amount, { decimals, symbol, path: 'amount' });
}

/** What a call took when it was tried, and a fifth more: the state may be another when it is mined. */
function withReserve(gas: bigint): bigint {
  return gas === 21_000n ? gas : gas + gas / 5n;
}

/** The transaction as a link that wallets open (EIP-681): a payment, or a function with plain arguments. */
function toWalletLink(call: PreparedCall, chainId: number): string | null {
  const { to, value, data } = call;
  const amount = value === 0n ? [] : [`value=${value}`];
  if (data === '0x') return `ethereum:${to}@${chainId}?${amount.join('&') || 'value=0'}`;
  const { item, values } = call.item === null ? readKnownCall(data) : call;
  if (item === null || item.inputs.some(({ type }) => !/^(?:address|bool|string|u?int\d*|bytes\d*)$/.test(type)))
    return null;
  const given = item.inputs.map(({ type }, index) => `${type}=${encodeURIComponent(showValue(values[index]))}`);
  return `ethereum:${to}@${chainId}/${item.name}?${[...given, ...amount].join('&')}`;
}

function readKnownCall(data: Hex): { item: AbiFunction | null; values: readonly unknown[] } {
  const item = findKnownFunction(data.slice(0, 10) as Hex);
  if (item === null) return { item, values: [] };
  try {
    const { args } = decodeFunctionData({ abi: [item], data });
    return { item, values: args ?? [] };
  } catch {
    return { item: null, values: [] };
  }
}
