import {
  type Abi,
  type AbiEvent,
  decodeEventLog,
  decodeFunctionData,
  type Address,
  type Hex,
  type Log,
  toEventSelector,
  toFunctionSelector,
} from 'viem';
import { findKnownEvent, findKnownFunction } from './known-abis.ts';

export type DecodedArgument = { name: string; type: string; value: unknown };
export type DecodedEvent = { contract: Address; name: string; arguments: DecodedArgument[] };
export type DecodedCall = { name: string; arguments: DecodedArgument[] };

/** The call that a transaction makes, by the contract's own ABI where there is one; null for a plain transfer, the bare selector where the function is not known. */
export function decodeCall(input: Hex, abi: Abi | null = null): DecodedCall | null {
  if (input === '0x') return null;
  const selector = input.slice(0, 10) as Hex;
  const own = abi?.filter((one) => one.type === 'function').find((one) => toFunctionSelector(one) === selector);
  const item = own ?? findKnownFunction(selector);
  if (item === null) return { name: `${selector} (unknown function)`, arguments: [] };
  try {
    const { args = [] } = decodeFunctionData({ abi: [item], data: input });
    return { name: item.name, arguments: toArguments(item.inputs, args) };
  } catch {
    return { name: `${selector} (data does not fit ${item.name})`, arguments: [] };
  }
}

/** An event of a well-known kind, or of the contract's own ABI; else null. */
export function decodeEvent(
  { address, topics, data }: Pick<Log, 'address' | 'topics' | 'data'>,
  abi: Abi | null = null,
): DecodedEvent | null {
  const [topic] = topics;
  const item = topic === undefined ? null : (findKnownEvent(topic, topics.length) ?? findOwnEvent(abi, topic));
  if (item === null) return null;
  try {
    const { args } = decodeEventLog({ abi: [item], data, topics });
    const values = args as unknown as Record<string, unknown> | readonly unknown[];
    return {
      contract: address,
      name: item.name,
      arguments: item.inputs.map(({ name = '', type }, index) => ({
        name,
        type,
        value: pickArgument(values, name, index),
      })),
    };
  } catch {
    return null;
  }
}

/** An argument of an event as viem gives them: by name, or in a list where one has none. */
export function pickArgument(
  values: Record<string, unknown> | readonly unknown[],
  name: string,
  index: number,
): unknown {
  return Array.isArray(values) ? (values as readonly unknown[])[index] : (values as Record<string, unknown>)[name];
}

function findOwnEvent(abi: Abi | null, topic: Hex): AbiEvent | null {
  return abi?.filter((one) => one.type === 'event').find((one) => toEventSelector(one) === topic) ?? null;
}

/** The value of an argument, which the well-known shape of its event or call says is there. */
export function getArgument<Value>(decoded: { arguments: DecodedArgument[] }, name: string): Value | undefined {
  return decoded.arguments.find((argument) => argument.name === name)?.value as Value | undefined;
}

function toArguments(
  inputs: readonly { name?: string | undefined; type: string }[],
  values: readonly unknown[],
): DecodedArgument[] {
  return inputs.map(({ name = '', type }, index) => ({ name, type, value: values[index] }));
}
