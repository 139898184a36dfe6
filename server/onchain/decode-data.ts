import { decodeEventLog, decodeFunctionData, type Address, type Hex, type Log } from 'viem';
import { findKnownEvent, findKnownFunction } from './known-abis.ts';

export type DecodedArgument = { name: string; type: string; value: unknown };
export type DecodedEvent = { contract: Address; name: string; arguments: DecodedArgument[] };
export type DecodedCall = { name: string; arguments: DecodedArgument[] };

/** The call that a transaction makes; null for a plain transfer, the bare selector where the function is not known. */
export function decodeCall(input: Hex): DecodedCall | null {
  if (input === '0x') return null;
  const selector = input.slice(0, 10) as Hex;
  const item = findKnownFunction(selector);
  if (item === null) return { name: `${selector} (unknown function)`, arguments: [] };
  try {
    const { args = [] } = decodeFunctionData({ abi: [item], data: input });
    return { name: item.name, arguments: toArguments(item.inputs, args) };
  } catch {
    return { name: `${selector} (data does not fit ${item.name})`, arguments: [] };
  }
}

/** An event of a well-known kind, or null. */
export function decodeEvent({ address, topics, data }: Pick<Log, 'address' | 'topics' | 'data'>): DecodedEvent | null {
  const [topic] = topics;
  const item = topic === undefined ? null : findKnownEvent(topic, topics.length);
  if (item === null) return null;
  try {
    const { args } = decodeEventLog({ abi: [item], data, topics });
    const values = args as unknown as Record<string, unknown>;
    return {
      contract: address,
      name: item.name,
      arguments: item.inputs.map(({ name = '', type }) => ({ name, type, value: values[name] })),
    };
  } catch {
    return null;
  }
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
