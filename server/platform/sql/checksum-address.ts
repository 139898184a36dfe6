import { keccak_256 } from '@noble/hashes/sha3.js';
import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteName } from './quote.ts';

const mostKept = 20_000;
const kept = new Map<string, string>();

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

const plainAddress = /(?<![\dA-Za-z])0x[\da-f]{40}(?![\dA-Za-z])/g;

/** A text as people read it: the addresses in it that have small letters alone have their checksums. */
export const toShownText = (text: string): string =>
  text.length < 42 || !text.includes('0x') ? text : text.replaceAll(plainAddress, checksumAddress);

const checksums = 'checksums of addresses';
const hasPlain = "'(?:^|[^0-9A-Za-z])0x[0-9a-f]{40}(?:$|[^0-9A-Za-z])'";

/** Notes how texts of some columns with addresses in them are shown, so that SQL finds it. Each is worked out once. */
export async function noteChecksums(connection: DuckDBConnection, table: string, columns: string[]): Promise<void> {
  await connection.run(`CREATE TABLE ${quoteName(checksums)} (plain VARCHAR, shown VARCHAR)`);
  if (columns.length === 0) return;
  const found = columns.map((column) => {
    const name = quoteName(column);
    return `SELECT DISTINCT ${name} FROM ${table} WHERE contains(${name}, '0x') AND regexp_matches(${name}, ${hasPlain})`;
  });
  const result = await connection.stream(found.join(' UNION '));
  const appender = await connection.createAppender(checksums);
  for (let rows = await result.fetchChunk(); rows !== null && rows.rowCount > 0; rows = await result.fetchChunk()) {
    for (const [plain] of rows.getRows()) {
      appender.appendVarchar(String(plain));
      appender.appendVarchar(toShownText(String(plain)));
      appender.endRow();
    }
  }
  appender.closeSync();
}

/** SQL for a column's text as people read it, after its addresses were noted. */
export const selectShownText = (column: string): string =>
  `coalesce((SELECT shown FROM ${quoteName(checksums)} WHERE plain = ${column}), ${column})`;
