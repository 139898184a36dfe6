import {
  type Abi,
  type AbiEvent,
  type Address,
  decodeEventLog,
  encodeEventTopics,
  getAddress,
  type Hex,
  hexToBigInt,
  isHex,
  parseAbiItem,
  type RpcLog,
  toEventSelector,
  toEventSignature,
} from 'viem';
import type { JsonObject } from '#server/contract/json.ts';
import { parseAddress } from './addresses.ts';
import { findRange } from './block-range.ts';
import type { ChainContext, ReadChain } from './chain-context.ts';
import { toInputError } from './chain-errors.ts';
import { pickArgument } from './decode-data.ts';
import { listKnownEvents } from './known-abis.ts';
import { readAbiText } from './read-abi-text.ts';
import { readLogs, toMissingNote } from './read-logs.ts';
import { showValue } from './show-arguments.ts';
import { toAbiValue } from './to-abi-value.ts';

const mostShown = 100;

/** The logs of an event in a range, decoded, newest first; those that do not fit the event are shown as they are. */
export const listEventLogs: ReadChain<'logs'> = async (context, request) => {
  const { chain } = context;
  const contract = request.contract === undefined ? null : parseAddress(request.contract, 'contract');
  const events = await findEvents(context, { named: request.event, contract, abi: request.abi });
  const { from, to, range } = await findRange(context, request);
  const topics = toTopics(events, request.where);
  const at = contract === null ? {} : { address: contract };
  const reading = await readLogs(context, { filters: [{ ...at, topics }], from, to });
  const shown = reading.logs.toReversed().slice(0, mostShown);
  const notes = [
    toMissingNote(reading),
    reading.logs.length > shown.length
      ? `Only the newest ${shown.length} of ${reading.logs.length} logs are listed. Ask for fewer blocks to see the others.`
      : null,
  ].filter((note) => note !== null);
  return {
    event: events[0] === undefined ? request.event : toEventSignature(events[0]),
    contract,
    range,
    count: reading.logs.length,
    logs: shown.map((log) => ({
      contract: getAddress(log.address),
      arguments: decode(events, log),
      block: hexToBigInt(log.blockNumber ?? '0x0').toString(),
      transaction: log.transactionHash ?? '',
      explorerUrl: `${chain.explorerUrl}/tx/${log.transactionHash ?? ''}`,
    })),
    partial: notes.join(' ') || null,
    block: range.to,
  };
};

type Wanted = { named: string; contract: Address | null; abi: string | undefined };

/** The forms of the event that is meant: they share a signature, and differ by what is indexed. */
async function findEvents(context: ChainContext, { named, contract, abi }: Wanted): Promise<AbiEvent[]> {
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

function toTopics(events: AbiEvent[], where: JsonObject | undefined): (Hex | Hex[] | null)[] {
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

function decode(events: AbiEvent[], { topics, data }: RpcLog): Record<string, string> {
  for (const event of [...events, ...events.map((one) => indexFirst(one, topics.length - 1))]) {
    try {
      const { args } = decodeEventLog({ abi: [event], data, topics, strict: true });
      const values = args as unknown as Record<string, unknown> | readonly unknown[];
      return Object.fromEntries(
        event.inputs.map(({ name = '' }, index) => [
          name === '' ? `argument ${index + 1}` : name,
          showValue(pickArgument(values, name, index)),
        ]),
      );
    } catch {
      continue;
    }
  }
  return { topics: topics.join(', '), data: showValue(data) };
}

/** A signature without "indexed" in it: in most contracts the first arguments are. */
function indexFirst(event: AbiEvent, count: number): AbiEvent {
  return { ...event, inputs: event.inputs.map((input, index) => ({ ...input, indexed: index < count })) };
}
