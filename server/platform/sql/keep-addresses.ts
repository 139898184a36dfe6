import type { DuckDBConnection } from '@duckdb/node-api';
import type { WrongChecksums } from '#server/contract/dataset.ts';
import type { SqlColumn } from '#server/contract/sql.ts';
import { checksumAddress } from './checksum-address.ts';
import { findAddressColumns } from './find-address-columns.ts';
import { quoteName } from './quote.ts';

/** Each is worked out, 20 µs; what a larger table has beyond is not looked at. */
const mostChecked = 300_000;
const mostNamed = 5;
const wrong = 'wrong checksums';

const isAddress = (text: string) => `regexp_full_match(${text}, '\\s*0x[0-9a-fA-F]{40}\\s*')`;
const toPlain = (text: string) => `lower(trim(${text}, E' \\t\\r\\n'))`;

/**
 * Keeps every value that is an address as chains' tables keep theirs, in lower case and without spaces around it, so that
 * both can be joined. Says before which of them have a checksum that is wrong, for their letters are lost then.
 */
export async function keepAddresses(
  connection: DuckDBConnection,
  table: string,
  columns: SqlColumn[],
): Promise<WrongChecksums[]> {
  const texts = (await findAddressColumns(connection, table, columns)).map(quoteName);
  const found: WrongChecksums[] = [];
  for (const text of texts) {
    await connection.run(`CREATE OR REPLACE TEMP TABLE ${quoteName(wrong)} (value VARCHAR)`);
    if ((await noteWrong(connection, `SELECT DISTINCT ${text} FROM ${table} WHERE ${isAddress(text)}`)) === 0) continue;
    const rows = `FROM ${table} SEMI JOIN ${quoteName(wrong)} ON ${text} = value`;
    const [[count] = []] = (await connection.runAndReadAll(`SELECT count(*) ${rows}`)).getRows();
    const first = await connection.runAndReadAll(
      `SELECT rowid + 1, trim(${text}) ${rows} ORDER BY rowid LIMIT ${mostNamed}`,
    );
    found.push({
      column: columns.find(({ name }) => quoteName(name) === text)?.name ?? text,
      count: Number(count),
      first: first.getRows().map(([row, address]) => ({ row: Number(row), address: String(address) })),
    });
  }
  for (const text of texts)
    await connection.run(
      `UPDATE ${table} SET ${text} = ${toPlain(text)} WHERE ${isAddress(text)} AND ${text} <> ${toPlain(text)}`,
    );
  return found;
}

/** Letters of one case have no checksum. */
async function noteWrong(connection: DuckDBConnection, select: string): Promise<number> {
  const result = await connection.stream(`${select} LIMIT ${mostChecked}`);
  const appender = await connection.createAppender(wrong, 'main', 'temp');
  let count = 0;
  for (let rows = await result.fetchChunk(); rows !== null && rows.rowCount > 0; rows = await result.fetchChunk()) {
    for (const [value] of rows.getRows()) {
      const address = String(value).trim();
      const letters = address.slice(2);
      if (letters === letters.toLowerCase() || letters === letters.toUpperCase()) continue;
      if (checksumAddress(address.toLowerCase()) === address) continue;
      appender.appendVarchar(String(value));
      appender.endRow();
      count += 1;
    }
  }
  appender.closeSync();
  return count;
}
