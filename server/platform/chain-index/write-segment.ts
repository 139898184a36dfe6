import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { DuckDBConnection } from '@duckdb/node-api';
import { derivedTables, storedTables } from '#server/onchain/chain-index/index-tables.ts';
import { addBlock } from '#server/onchain/chain-index/to-index-rows.ts';
import type { ContractFacts } from '#server/onchain/chain-index/decode-logs.ts';
import { openLocked } from '#server/platform/sql/open-locked.ts';
import { quoteName, quoteText } from '#server/platform/sql/quote.ts';
import { createRowBuffer } from './row-buffer.ts';
import type { SpoolLine, WriteAnswer, WriteTask } from './segment-tasks.ts';

const made = 'made';

/** Makes a segment: rows of older ones up to a block, then those of fetched blocks, then what is made of both. */
export async function writeSegment({
  bases,
  keepTo,
  spool,
  contracts,
  isLarge,
  file,
  memoryMb,
}: WriteTask): Promise<WriteAnswer> {
  const { openContractEvents } = await import('#server/onchain/chain-index/contract-events.ts');
  const events = openContractEvents(contracts);
  const tables = { ...storedTables, ...events.tables };
  const room = await openLocked({
    attached: [
      ...bases.map((path, index) => ({ path, as: toBase(index), mode: 'read' as const })),
      { path: file, as: made, mode: 'write' as const },
    ],
    isLarge,
    memoryMb,
  });
  try {
    const { connection } = room;
    for (const [name, columns] of Object.entries(tables)) {
      if (name in derivedTables) continue;
      const described = columns.map((column) => `${quoteName(column.name)} ${column.type}`).join(', ');
      await connection.run(`CREATE TABLE ${made}.${quoteName(name)} (${described})`);
      for (const index of bases.keys()) await connection.run(toCopy(name, toBase(index), keepTo));
    }
    if (spool !== null) {
      const filled = Object.entries(tables).filter(([name]) => !(name in derivedTables));
      const buffer = await createRowBuffer(connection, made, Object.fromEntries(filled));
      await readSpool(spool, { add: buffer.add, decodeMore: events.decode });
      buffer.close();
    }
    for (const [name, select] of Object.entries(derivedTables)) {
      await connection.run(`CREATE TABLE ${made}.${quoteName(name)} AS ${select.replaceAll('$made', made)}`);
    }
    const rows = await countRows(connection, Object.keys(tables));
    await connection.run(`CHECKPOINT ${made}`);
    return { rows, unfit: await countUnfit(connection, events.places, rows) };
  } finally {
    room.close();
  }
}

const toBase = (index: number) => `base ${index}`;

function toCopy(name: string, base: string, keepTo: number | null): string {
  const at = name === 'blocks' ? 'number' : 'block_number';
  const where = keepTo === null || name === 'tokens' ? '' : ` WHERE ${at} <= ${keepTo}`;
  return `INSERT INTO ${made}.${quoteName(name)} SELECT * FROM ${quoteName(base)}.${quoteName(name)}${where}`;
}

async function readSpool(path: string, tables: Pick<Parameters<typeof addBlock>[1], 'add' | 'decodeMore'>) {
  const facts = new Map<string, ContractFacts>();
  const find = (address: string) => facts.get(address);
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  for await (const text of lines) {
    const line = JSON.parse(text) as SpoolLine;
    if ('block' in line) {
      addBlock(line.block, { ...tables, find });
      continue;
    }
    for (const [address, one] of Object.entries(line.facts)) {
      if (!facts.has(address)) tables.add('tokens', [address, one.standard, one.symbol, one.name, one.decimals]);
      facts.set(address, one);
    }
  }
}

/** Logs of an event beyond the rows that its table has of them. */
async function countUnfit(
  connection: DuckDBConnection,
  places: { table: string; address: string; topic: string }[],
  rows: Record<string, number>,
): Promise<Record<string, number>> {
  if (places.length === 0) return {};
  const addresses = [...new Set(places.map(({ address }) => quoteText(address)))].join(', ');
  const counted = await connection.runAndReadAll(
    `SELECT contract_address, topic0, count(*) FROM ${made}.logs WHERE contract_address IN (${addresses}) GROUP BY ALL`,
  );
  const logs = new Map(
    counted.getRows().map(([address, topic, count]) => [`${String(address)} ${String(topic)}`, Number(count)]),
  );
  const unfit = places.map(({ table, address, topic }): [string, number] => [
    table,
    (logs.get(`${address} ${topic}`) ?? 0) - (rows[table] ?? 0),
  ]);
  return Object.fromEntries(unfit.filter(([, count]) => count > 0));
}

async function countRows(connection: DuckDBConnection, tables: string[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of tables) {
    const [[count] = []] = (
      await connection.runAndReadAll(`SELECT count(*) FROM ${made}.${quoteName(name)}`)
    ).getRows();
    counts[name] = Number(count);
  }
  return counts;
}
