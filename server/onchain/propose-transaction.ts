import { type Address, numberToHex } from 'viem';
import type { CallRequest, Simulation } from '#server/contract/chain-readings.ts';
import { pinBlock } from './chain-block.ts';
import type { ChainContext, ReadChain } from './chain-context.ts';
import { toInputError } from './chain-errors.ts';
import { toExactAmount } from './exact-amount.ts';
import { warnOfLookAlikes } from './find-warnings.ts';
import { type PreparedCall, prepareCall, toAmount } from './prepare-call.ts';
import { showValue } from './show-arguments.ts';
import { simulateCall } from './simulate-call.ts';
import { isOwnCoin, toTokenAddress } from './token-address.ts';
import { readTokenDetails } from './token-details.ts';

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
  const [call, simulation, price, receiverCode, balance] = await Promise.all([
    prepareCall(context, wanted, block.number),
    simulateCall(context, { ...wanted, block: Number(block.number) }),
    client.request({ method: 'eth_gasPrice' }),
    context.resolve(request.to, 'to').then((to) => readCode(context, to, block.number)),
    context.resolve(request.from, 'from').then((from) => readBalance(context, from, block.number)),
  ]);
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
    walletLink: toWalletLink(call, chain.id),
    fee: fee === null ? null : toExactAmount(fee, chain.nativeCurrency),
    simulation,
    warnings: [
      ...block.warnings,
      ...simulation.warnings,
      ...warnOfLookAlikes([call.from, call.to, await context.resolve(request.to, 'to')]),
      ...(simulation.succeeds
        ? []
        : [`It would fail now: ${simulation.reason ?? 'no reason was given'}. Do not sign it.`]),
      ...(balance < call.value + (fee ?? 0n)
        ? [`The sender has too little ${chain.nativeCurrency.symbol} for the value and the fee.`]
        : []),
      ...(request.token !== undefined && receiverCode !== '0x'
        ? ['The receiver is a contract: tokens that it does not know how to handle are lost.']
        : []),
      ...(call.data !== '0x' && simulation.call?.name.includes('unknown function') === true
        ? ['What it calls is of no known kind. Sign only what you understand.']
        : []),
    ],
  };
};

/** A transfer of a token is a call of its contract; everything else is as it was asked for. */
async function toCall(
  context: ChainContext,
  { token, amount, ...request }: CallRequest & { token?: string | undefined; amount?: string | undefined },
  block: bigint,
): Promise<CallRequest> {
  if (amount === undefined && token === undefined) return request;
  if (amount === undefined) {
    throw toInputError('amount', { en: 'Say how much of the token, such as 1.5.', zh: '请说明代币数额，例如 1.5。' });
  }
  if (token === undefined || isOwnCoin(token, context.chain)) return { ...request, value: amount };
  if (request.function !== undefined || request.data !== undefined) {
    throw toInputError('token', {
      en: 'A transfer of a token is a call of its own: leave the function and the data out, or the token.',
      zh: '代币转账本身就是一次合约调用：请不要同时给出函数或数据，或去掉代币。',
    });
  }
  const contract = toTokenAddress(token, context.chain);
  const { decimals, symbol } = await readTokenDetails(context.client, contract, block);
  if (decimals === null) {
    throw toInputError('token', {
      en: `${contract} does not tell its decimals, so an amount of it cannot be written exactly.`,
      zh: `${contract} 没有给出小数位，无法精确写出数额。`,
    });
  }
  const raw = toAmount(amount, { decimals, symbol, path: 'amount' });
  const receiver = await context.resolve(request.to, 'to');
  return {
    from: request.from,
    to: contract,
    function: 'transfer(address to, uint256 amount) returns (bool)',
    arguments: [receiver, raw.toString()],
  };
}

async function readCode({ client }: ChainContext, address: Address, block: bigint): Promise<string> {
  return await client.request({ method: 'eth_getCode', params: [address, numberToHex(block)] });
}

async function readBalance({ client }: ChainContext, address: Address, block: bigint): Promise<bigint> {
  return BigInt(await client.request({ method: 'eth_getBalance', params: [address, numberToHex(block)] }));
}

/** What a call took when it was tried, and a fifth more: the state may be another when it is mined. */
function withReserve(gas: bigint): bigint {
  return gas === 21_000n ? gas : gas + gas / 5n;
}

/** The transaction as a link that wallets open (EIP-681): a payment, or a function with plain arguments. */
function toWalletLink(
  { to, value, data, item, values }: PreparedCall,
  chainId: Simulation['block']['chainId'],
): string | null {
  const amount = value === 0n ? [] : [`value=${value}`];
  if (data === '0x') return `ethereum:${to}@${chainId}?${amount.join('&') || 'value=0'}`;
  if (item === null || item.inputs.some(({ type }) => !/^(?:address|bool|string|u?int\d*|bytes\d*)$/.test(type)))
    return null;
  const given = item.inputs.map(({ type }, index) => `${type}=${encodeURIComponent(showValue(values[index]))}`);
  return `ethereum:${to}@${chainId}/${item.name}?${[...given, ...amount].join('&')}`;
}
