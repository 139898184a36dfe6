import { type AbiFunction, type Address, encodeFunctionData, type Hex, isHex, parseUnits } from 'viem';
import type { CallRequest } from '#server/contract/chain-readings.ts';
import type { ChainContext } from './chain-context.ts';
import { toInputError } from './chain-errors.ts';
import { findFunction } from './find-function.ts';
import { toAbiValue } from './to-abi-value.ts';

export type PreparedCall = {
  from: Address;
  to: Address;
  value: bigint;
  data: Hex;
  /** The function that is called, where it is known. */
  item: AbiFunction | null;
  values: readonly unknown[];
};

/**
 * A call as it would be sent: its data made of a function and arguments, or as given.
 *
 * @throws {HubError} `validation_failed`, naming what does not fit
 */
export async function prepareCall(context: ChainContext, request: CallRequest, block: bigint): Promise<PreparedCall> {
  const from = await context.resolve(request.from, 'from');
  const to = await context.resolve(request.to, 'to');
  const { decimals, symbol } = context.chain.nativeCurrency;
  const value = request.value === undefined ? 0n : toAmount(request.value, { decimals, symbol, path: 'value' });
  if (request.function !== undefined) {
    const given = request.arguments ?? [];
    const named = request.function;
    const { item } = await findFunction(context, {
      contract: to,
      named,
      count: given.length,
      abi: request.abi,
      block,
      wantsResults: false,
    });
    if (item.inputs.length !== given.length) {
      throw toInputError('arguments', {
        en: `${item.name} takes ${item.inputs.length} argument(s), not ${given.length}.`,
        zh: `${item.name} 需要 ${item.inputs.length} 个参数，而不是 ${given.length} 个。`,
      });
    }
    const values = item.inputs.map((input, index) => toAbiValue(input, given[index] ?? null, `arguments.${index}`));
    return { from, to, value, data: encodeFunctionData({ abi: [item], args: values }), item, values };
  }
  const data = request.data ?? '0x';
  if (isHex(data) && data.length % 2 === 0) return { from, to, value, data, item: null, values: [] };
  throw toInputError('data', {
    en: 'The data of a call is 0x and an even number of hexadecimal digits.',
    zh: '调用数据应为 0x 加偶数个十六进制数字。',
  });
}

/** A decimal amount as an integer of the smallest unit, never rounded. */
export function toAmount(
  text: string,
  { decimals, symbol, path }: { decimals: number; symbol: string; path: string },
): bigint {
  const plain = text.trim().replaceAll(',', '');
  const [, fraction = ''] = plain.split('.');
  if (/^\d{1,60}(?:\.\d{1,255})?$/.test(plain) && fraction.length <= decimals) return parseUnits(plain, decimals);
  throw toInputError(path, {
    en: `"${text.slice(0, 80)}" is no amount of ${symbol}: a number such as 1.5 with at most ${decimals} decimals.`,
    zh: `“${text.slice(0, 80)}”不是 ${symbol} 的数额：应为如 1.5 的数字，最多 ${decimals} 位小数。`,
  });
}
