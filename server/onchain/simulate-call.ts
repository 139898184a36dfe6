import { type Address, decodeFunctionResult, getAddress, type Hex, hexToBigInt, isHex, numberToHex } from 'viem';
import { z } from 'zod';
import type { Simulation, StateOverride, TransferRow } from '#server/contract/chain-readings.ts';
import { pinBlock } from './chain-block.ts';
import type { ChainContext, ReadChain } from './chain-context.ts';
import { findRefusal, toInputError } from './chain-errors.ts';
import { decodeCall, decodeEvent } from './decode-data.ts';
import { toExactAmount } from './exact-amount.ts';
import { readTokens } from './explain-transaction.ts';
import { findWarnings } from './find-warnings.ts';
import { listTransfers } from './list-transfers.ts';
import { parseAddress } from './addresses.ts';
import { type PreparedCall, prepareCall } from './prepare-call.ts';
import { explainRevert } from './read-revert.ts';
import { toAnyRequest } from './rpc-client.ts';
import { RpcError } from './rpc-fault.ts';
import { showArguments, showValue } from './show-arguments.ts';
import { sumFlows } from './sum-flows.ts';

const Log = z.object({
  address: z.string(),
  topics: z.array(z.custom<Hex>((value) => isHex(value))),
  data: z.custom<Hex>((value) => isHex(value)),
});
const Simulated = z
  .array(
    z.object({
      calls: z
        .array(
          z.object({
            returnData: z.custom<Hex>((value) => isHex(value)),
            gasUsed: z.custom<Hex>((value) => isHex(value)),
            status: z.string(),
            logs: z.array(Log).default([]),
            error: z.object({ message: z.string().optional(), data: z.unknown().optional() }).optional(),
          }),
        )
        .min(1),
    }),
  )
  .min(1);

/** Where `eth_simulateV1` reports transfers of the chain's own coin as if it were a token. */
const coinAddress = '0xEeeeeEeeeEeEeeEeEeEeeEEEeeeeEeeeeeeeEEeE';

type Tried = {
  succeeds: boolean;
  reason: string | null;
  data: Hex;
  gas: bigint | null;
  logs: z.infer<typeof Log>[] | null;
};

/**
 * Tries a call on the state of a block, with overrides, and says what would move; nothing is sent and nobody signs.
 *
 * Where no RPC has `eth_simulateV1`, `eth_call` says whether it succeeds, and only the coins sent with it are known to move.
 */
export const simulateCall: ReadChain<'simulation'> = async (context, request) => {
  const block = await pinBlock(context, request.block);
  const call = await prepareCall(context, request, block.number);
  const overrides = toOverrides(context, request.overrides ?? []);
  const tried =
    (await simulate(context, { call, overrides, block: block.number })) ??
    (await tryCall(context, { call, overrides, block: block.number }));
  const { warnings, ...simulation } = await toSimulation(context, { call, tried, at: block.at });
  return { ...simulation, warnings: [...block.warnings, ...warnings] };
};

async function toSimulation(
  context: ChainContext,
  { call, tried, at }: { call: PreparedCall; tried: Tried; at: Simulation['block'] },
): Promise<Simulation> {
  const { chain, client } = context;
  const native = chain.nativeCurrency;
  const logs = (tried.logs ?? []).map((log) => ({
    ...log,
    address: getAddress(log.address),
    topics: toTopics(log.topics),
  }));
  const events = logs.flatMap((log) => (log.address === coinAddress ? [] : (decodeEvent(log) ?? [])));
  const coins = logs.flatMap((log) => (log.address === coinAddress ? (decodeEvent(log) ?? []) : []));
  const decoded = decodeCall(call.data, call.item === null ? await context.findVerifiedAbi(call.to) : [call.item]);
  const tokens = await readTokens(client, events, call.data === '0x' ? null : call.to);
  const coinDetails = {
    address: coinAddress,
    name: native.name,
    symbol: native.symbol,
    decimals: native.decimals,
  } as const;
  const coinRows: TransferRow[] =
    tried.logs === null
      ? call.value > 0n && tried.succeeds
        ? [
            {
              token: 'native',
              tokenSymbol: native.symbol,
              from: call.from,
              to: call.to,
              amount: toExactAmount(call.value, native),
            },
          ]
        : []
      : listTransfers(coins, new Map([[coinAddress, coinDetails]])).map((row) => ({ ...row, token: 'native' }));
  const transfers = [...coinRows, ...listTransfers(events, tokens)];
  return {
    succeeds: tried.succeeds,
    reason: tried.reason,
    from: call.from,
    to: call.to,
    value: toExactAmount(call.value, native),
    call: decoded && { name: decoded.name, arguments: showArguments(decoded.arguments, call.to, tokens.get(call.to)) },
    data: call.data,
    gas: tried.gas?.toString() ?? null,
    results: tried.succeeds ? toResults(call, tried.data) : [],
    changes: sumFlows(transfers),
    warnings: findWarnings({
      chainId: chain.id,
      sender: call.from,
      receiver: call.to,
      events,
      transfers,
      tokens: [...tokens.values()],
    }),
    partial:
      tried.logs === null && call.data !== '0x'
        ? `No RPC of ${chain.name} has eth_simulateV1: whether the call succeeds is known, but not which tokens would move. An administrator can add one under Chains.`
        : null,
    block: at,
  };
}

type Try = { call: PreparedCall; overrides: Record<Address, object>; block: bigint };

async function simulate(
  context: ChainContext,
  { call: { from, to, value, data }, overrides, block }: Try,
): Promise<Tried | null> {
  const { client, signal } = context;
  const request = toAnyRequest(client);
  const call = { from, to, value: numberToHex(value), data, input: data };
  const plan = {
    blockStateCalls: [{ stateOverrides: overrides, calls: [call] }],
    traceTransfers: true,
    validation: false,
  };
  try {
    const answer = Simulated.parse(await request({ method: 'eth_simulateV1', params: [plan, numberToHex(block)] }));
    const result = answer[0]?.calls[0];
    if (result === undefined) return null;
    const succeeds = result.status === '0x1';
    const reason = { data: isHex(result.error?.data) ? result.error.data : result.returnData };
    return {
      succeeds,
      reason: succeeds ? null : await explainRevert(context, to, reason),
      data: result.returnData,
      gas: hexToBigInt(result.gasUsed),
      logs: succeeds ? result.logs : [],
    };
  } catch {
    signal.throwIfAborted();
    return null;
  }
}

async function tryCall(
  context: ChainContext,
  { call: { from, to, value, data }, overrides, block }: Try,
): Promise<Tried> {
  const { client, signal } = context;
  const request = toAnyRequest(client);
  const wanted = { from, to, value: numberToHex(value), data };
  const hasOverrides = Object.keys(overrides).length > 0;
  const params = [wanted, numberToHex(block), ...(hasOverrides ? [overrides] : [])];
  try {
    const [result, gas] = await Promise.all([
      request({ method: 'eth_call', params }),
      request({ method: 'eth_estimateGas', params }).catch(() => {
        signal.throwIfAborted();
        return null;
      }),
    ]);
    return {
      succeeds: true,
      reason: null,
      data: isHex(result) ? result : '0x',
      gas: isHex(gas) ? hexToBigInt(gas) : null,
      logs: null,
    };
  } catch (thrown) {
    const refusal = findRefusal(thrown);
    if (refusal === null && !isPoor(thrown)) throw thrown;
    return {
      succeeds: false,
      reason: refusal === null ? 'the sender has too little of the coin' : await explainRevert(context, to, refusal),
      data: '0x',
      gas: null,
      logs: null,
    };
  }
}

function isPoor(thrown: unknown): boolean {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if (error instanceof RpcError) return /insufficient funds|insufficient balance/i.test(error.message);
  }
  return false;
}

function toOverrides({ chain }: ChainContext, overrides: StateOverride[]): Record<Address, object> {
  return Object.fromEntries(
    overrides.map(({ address, balance, code, storage }, index) => {
      const path = `overrides.${index}`;
      if (code !== undefined && !isHex(code))
        throw toInputError(`${path}.code`, {
          en: 'Code is 0x and hexadecimal digits.',
          zh: '代码应为 0x 加十六进制数字。',
        });
      if (balance !== undefined && !/^\d{1,60}$/.test(balance)) {
        throw toInputError(`${path}.balance`, {
          en: `A balance is a whole number of the smallest unit of ${chain.nativeCurrency.symbol}.`,
          zh: `余额应为 ${chain.nativeCurrency.symbol} 最小单位的整数。`,
        });
      }
      return [
        parseAddress(address, `${path}.address`),
        {
          ...(balance === undefined ? {} : { balance: numberToHex(BigInt(balance)) }),
          ...(code === undefined ? {} : { code }),
          ...(storage === undefined ? {} : { stateDiff: storage }),
        },
      ];
    }),
  );
}

function toTopics(topics: Hex[]): [] | [Hex, ...Hex[]] {
  const [first, ...more] = topics;
  return first === undefined ? [] : [first, ...more];
}

function toResults({ item }: PreparedCall, data: Hex): Simulation['results'] {
  if (item === null || item.outputs.length === 0) return [];
  try {
    const value: unknown = decodeFunctionResult({ abi: [item], data });
    const values = item.outputs.length === 1 ? [value] : (value as unknown[]);
    return item.outputs.map(({ name = '', type }, index) => ({ name, type, value: showValue(values[index]) }));
  } catch {
    return [{ name: '', type: 'bytes', value: showValue(data) }];
  }
}
