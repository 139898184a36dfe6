import {
  type Abi,
  type AbiEvent,
  type Address,
  decodeEventLog,
  encodeEventTopics,
  type Hex,
  isHex,
  parseAbiItem,
  type RpcLog,
  toEventSelector,
  toEventSignature,
} from 'viem';
import type { JsonObject } from '#server/contract/json.ts';
import type { ChainContext } from './chain-context.ts';
import { toInputError } from './chain-errors.ts';
import { pickArgument } from './decode-data.ts';
import { listKnownEvents } from './known-abis.ts';
import { readAbiText } from './read-abi-text.ts';
import { toAbiValue } from './to-abi-value.ts';

type Wanted = { named: string; contract: Address | null; abi: string | undefined };

/** The forms of the event that is meant: they share a signature, and differ by what is indexed. */
export async function findEvents(context: ChainContext, { named, contract, abi }: Wanted): Promise<AbiEvent[]> {
  const plain = named.trim().replace(/^event\s+/, '');
  const pasted = abi === undefined ? null : readAbiText(abi, 'abi');
  const verified = contract === null || pasted !== null ? null : await context.findVerifiedAbi(contract);
  const known: Abi = [...(pasted ?? []), ...(verified ?? []), ...listKnownEvents()];
  const isMeant = (item: AbiEvent) =>
    isHex(plain)
      ? toEventSelector(item) === plain.toLowerCase()
      : toEventSignature(item) === plain.replaceAll(/\s+/g, '') || item.name === plain;
  const found = known.filter((item) => item.type === 'event').filter(isMeant);
  const [first] = found;
  if (first !== undefined) return found.filter((item) => toEventSignature(item) === toEventSignature(first));
  if (isHex(plain) && plain.length === 66) return [];
  try {
    const item = parseAbiItem(`event ${plain}`);
    if (plain.includes('(') && item.type === 'event') return [item];
  } catch {
    // Told below.
  }
  throw toInputError('event', {
    en: `"${plain.slice(0, 80)}" is no known event. Give it whole, such as "Transfer(address indexed from, address indexed to, uint256 value)".`,
    zh: `未知事件“${plain.slice(0, 80)}”。请写出完整声明，例如“Transfer(address indexed from, address indexed to, uint256 value)”。`,
  });
}

/** What logs of an event are searched by; `where` names indexed arguments. @throws {HubError} `validation_failed` */
export function toTopics(events: AbiEvent[], where: JsonObject | undefined): (Hex | Hex[] | null)[] {
  const [event] = events;
  const wanted = Object.entries(where ?? {});
  if (event === undefined || wanted.length === 0) return event === undefined ? [] : [toEventSelector(event)];
  const fitting = events.find(({ inputs }) =>
    wanted.every(([name]) => inputs.some((input) => input.name === name && input.indexed === true)),
  );
  if (fitting === undefined) {
    const names = [
      ...new Set(events.flatMap(({ inputs }) => inputs.filter(({ indexed }) => indexed).map(({ name }) => name))),
    ];
    throw toInputError('where', {
      en: `Only indexed arguments can be searched by: ${names.join(', ') || 'none are known; write "indexed" in the signature'}.`,
      zh: `只能按 indexed 参数筛选：${names.join('、') || '未知；请在签名中写上 indexed'}。`,
    });
  }
  const args = Object.fromEntries(
    wanted.map(([name, value]) => {
      const input = fitting.inputs.find((one) => one.name === name);
      return [name, input === undefined ? undefined : toAbiValue(input, value, `where.${name}`)];
    }),
  );
  return encodeEventTopics({ abi: [fitting], args });
}

/** The arguments of a log by the form of its event that fits; null: none does. */
export function decodeLog(
  events: AbiEvent[],
  { topics, data }: Pick<RpcLog, 'topics' | 'data'>,
): { name: string; value: unknown }[] | null {
  for (const event of [...events, ...events.map((one) => indexFirst(one, topics.length - 1))]) {
    try {
      const { args } = decodeEventLog({ abi: [event], data, topics, strict: true });
      const values = args as unknown as Record<string, unknown> | readonly unknown[];
      return event.inputs.map(({ name = '' }, index) => ({
        name: name === '' ? `argument ${index + 1}` : name,
        value: pickArgument(values, name, index),
      }));
    } catch {
      continue;
    }
  }
  return null;
}

/** A signature without "indexed" in it: in most contracts the first arguments are. */
function indexFirst(event: AbiEvent, count: number): AbiEvent {
  return { ...event, inputs: event.inputs.map((input, index) => ({ ...input, indexed: index < count })) };
}
