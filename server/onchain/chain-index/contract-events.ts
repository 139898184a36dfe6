import { type AbiEvent, type AbiParameter, decodeEventLog, toEventSelector } from 'viem';
import type { IndexedContract } from '#server/contract/chain-index.ts';
import type { JsonValue } from '#server/contract/json.ts';
import type { SqlColumn } from '#server/contract/sql.ts';
import { readAbiText } from '#server/onchain/read-abi-text.ts';
import { cutJson } from './cut-json.ts';
import type { IndexRow } from './decode-logs.ts';
import type { IndexTable } from './index-tables.ts';
import type { DecodeMore } from './to-index-rows.ts';

const mostEvents = 100;
const longestText = 10_000;
const place: SqlColumn[] = [
  { name: 'block_time', type: 'TIMESTAMP' },
  { name: 'block_number', type: 'BIGINT' },
  { name: 'tx_hash', type: 'VARCHAR' },
  { name: 'evt_index', type: 'INTEGER' },
  { name: 'contract_address', type: 'VARCHAR' },
];

type Column = { name: string; parameter: AbiParameter; at: number };
type EventTable = { name: string; address: string; topic: string; event: AbiEvent; columns: Column[] };

/** The tables of contracts' own events, and how a log becomes a row of one. @throws {HubError} for an ABI that cannot be read */
export function openContractEvents(contracts: readonly IndexedContract[]) {
  const tables = contracts.flatMap(listEvents);
  const named = tables.filter(({ event }) => event.anonymous !== true);
  const byPlace = new Map(named.map((table) => [`${table.address} ${table.topic}`, table]));
  const anonymous = tables.filter(({ event }) => event.anonymous === true);
  /** An anonymous event has no name in its log: it is the first of its contract's that the log fits. */
  const decodeAnonymous: DecodeMore = (log, at, add) => {
    const address = log.address.toLowerCase();
    for (const table of anonymous) {
      const indexed = table.event.inputs.filter((input) => input.indexed === true).length;
      if (table.address !== address || indexed !== log.topics.length) continue;
      const values = readValues(table.event, { ...log, topics: [table.topic, ...log.topics] });
      if (values === null) continue;
      add(table.name, toRow(table, at, values));
      return;
    }
  };
  const decode: DecodeMore = (log, at, add) => {
    const table = byPlace.get(`${log.address.toLowerCase()} ${log.topics[0] ?? ''}`);
    if (table === undefined) {
      decodeAnonymous(log, at, add);
      return;
    }
    const values = readValues(table.event, log);
    if (values !== null) add(table.name, toRow(table, at, values));
  };
  return {
    tables: Object.fromEntries(tables.map((table) => [table.name, toColumns(table)])),
    shown: tables.map((table): IndexTable => ({
      name: table.name,
      description: {
        en: `${table.event.name} events of ${table.address}. Whole numbers beyond 2^127 are null, and in the column that ends with _text.`,
        zh: `${table.address} 的 ${table.event.name} 事件。超过 2^127 的整数为空，其值在以 _text 结尾的列中。`,
      },
      columns: toColumns(table),
    })),
    /** Whose logs of which first topic each table has. */
    places: [...byPlace.values()].map(({ name, address, topic }) => ({ table: name, address, topic })),
    decode: tables.length === 0 ? null : decode,
  };
}

const toRow = ({ columns }: EventTable, at: IndexRow, values: unknown[]): IndexRow => [
  ...at,
  ...columns.flatMap((column) => toCells(column, values[column.at])),
];

function listEvents({ name, address, abi, withAnonymous = false }: IndexedContract): EventTable[] {
  const events = readAbiText(abi, 'contracts').filter(
    (item): item is AbiEvent => item.type === 'event' && (withAnonymous || item.anonymous !== true),
  );
  return events.slice(0, mostEvents).map((event, index) => {
    const isRepeated = events.slice(0, index).some((other) => other.name.toLowerCase() === event.name.toLowerCase());
    return {
      name: `${name}_${event.name.replace(/\W/g, '_').toLowerCase()}${isRepeated ? `_${index}` : ''}`,
      address: address.toLowerCase(),
      topic: toEventSelector(event),
      event,
      columns: nameColumns(event),
    };
  });
}

function nameColumns({ inputs }: AbiEvent): Column[] {
  const taken = new Set(place.map((column) => column.name));
  return inputs.map((parameter, at) => {
    const wanted = (parameter.name ?? '').replace(/\W/g, '_') || `argument_${at + 1}`;
    const free = taken.has(wanted.toLowerCase()) ? `evt_${wanted}_${at + 1}` : wanted;
    taken.add(free.toLowerCase()).add(`${free.toLowerCase()}_text`);
    return { name: free, parameter, at };
  });
}

const toColumns = ({ columns }: EventTable): SqlColumn[] => [
  ...place,
  ...columns.flatMap(({ name, parameter }) => {
    const [, bits] = /^u?int(\d+)$/.exec(parameter.type) ?? [];
    if (parameter.type === 'bool') return [{ name, type: 'BOOLEAN' }];
    if (bits === undefined) return [{ name, type: 'VARCHAR' }];
    const number = { name, type: 'HUGEINT' };
    return Number(bits) < 128 ? [number] : [number, { name: `${name}_text`, type: 'VARCHAR' }];
  }),
];

const mostHuge = 2n ** 127n - 1n;

function toCells({ parameter }: Column, value: unknown): IndexRow {
  const [, bits] = /^u?int(\d+)$/.exec(parameter.type) ?? [];
  if (parameter.type === 'bool') return [value === true];
  if (bits === undefined) return [toText(value, parameter.type)];
  const number = BigInt(value as bigint | number);
  const fits = number <= mostHuge && number >= -mostHuge;
  return Number(bits) < 128 ? [number] : [fits ? number : null, fits ? null : number.toString()];
}

function toText(value: unknown, type: string): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return (type === 'address' ? value.toLowerCase() : value).slice(0, longestText);
  const plain = JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'bigint' ? one.toString() : typeof one === 'string' && isAddress(one) ? one.toLowerCase() : one,
  );
  return plain.length <= longestText ? plain : cutJson(JSON.parse(plain) as JsonValue, longestText);
}

/** Within lists and tuples too, addresses are lower-case as everywhere in an index. */
const isAddress = (text: string): boolean => /^0x[0-9a-fA-F]{40}$/.test(text);

function readValues(event: AbiEvent, { topics, data }: Parameters<DecodeMore>[0]): unknown[] | null {
  try {
    const named = {
      ...event,
      anonymous: false,
      inputs: event.inputs.map((input, index) => ({ ...input, name: `a${index}` })),
    };
    const { args } = decodeEventLog({
      abi: [named],
      topics: topics as [`0x${string}`, ...`0x${string}`[]],
      data: data as `0x${string}`,
      strict: true,
    });
    const values = args as unknown as Record<string, unknown>;
    return event.inputs.map((_, index) => values[`a${index}`]);
  } catch {
    return null;
  }
}
