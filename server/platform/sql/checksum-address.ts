import { keccak_256 } from '@noble/hashes/sha3.js';
import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteName } from './quote.ts';

const mostKept = 20_000;
const kept = new Map<string, string>();

/** An address of a chain as tables keep it: without the checksum, so that it is equal to itself. */
export const isPlainAddress = (text: string): boolean => text.length === 42 && /^0x[0-9a-f]{40}$/.test(text);

/** An address with its checksum in its letters' case (EIP-55). */
export function checksumAddress(plain: string): string {
  const known = kept.get(plain);
  if (known !== undefined) return known;
  const hash = keccak_256(new TextEncoder().encode(plain.slice(2)));
  const letters = [...plain.slice(2)].map((letter, index) => {
    const half = ((hash[index >> 1] ?? 0) >> (index % 2 === 0 ? 4 : 0)) & 15;
    return half > 7 ? letter.toUpperCase() : letter;
  });
  const shown = `0x${letters.join('')}`;
  if (kept.size >= mostKept) kept.clear();
  kept.set(plain, shown);
  return shown;
}

const checksums = 'checksums of addresses';

/** Notes the checksums of the addresses in columns of texts, so that SQL finds them. Each is worked out once. */
export async function noteChecksums(connection: DuckDBConnection, table: string, columns: string[]): Promise<void> {
  await connection.run(`CREATE TABLE ${quoteName(checksums)} (plain VARCHAR, shown VARCHAR)`);
  if (columns.length === 0) return;
  const found = columns.map(
    (column) =>
      `SELECT ${quoteName(column)} FROM ${table} WHERE length(${quoteName(column)}) = 42 AND regexp_full_match(${quoteName(column)}, '0x[0-9a-f]{40}')`,
  );
  const result = await connection.stream(found.join(' UNION '));
  const appender = await connection.createAppender(checksums);
  for (let rows = await result.fetchChunk(); rows !== null && rows.rowCount > 0; rows = await result.fetchChunk()) {
    for (const [plain] of rows.getRows()) {
      appender.appendVarchar(String(plain));
      appender.appendVarchar(checksumAddress(String(plain)));
      appender.endRow();
    }
  }
  appender.closeSync();
}

/** SQL for a column's text with addresses as people read them, after their checksums were noted. */
export const toShownText = (column: string): string =>
  `coalesce((SELECT shown FROM ${quoteName(checksums)} WHERE plain = ${column}), ${column})`;
