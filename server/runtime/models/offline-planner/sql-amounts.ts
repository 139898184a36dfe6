import { quoteName, quoteTable, type SqlTable } from './sql-schema.ts';

/** Where the decimals of a raw amount are: with the token whose address stands in a column, or always the coin's 18. */
type RawAmount = { token: string } | { decimals: 18 };

const linkColumns = ['contract_address', 'symbol', 'decimals'];
const knownColumn = 'is_well_known';
const shortColumns = new Set(['evt_index', 'value_text', 'batch_index', 'token_decimals', 'tx_index']);
export const symbolColumn = 'token_symbol';
const decimalsColumn = 'token_decimals';

/** A table of a chain with the table that tells the tokens of that chain, where there is one. */
export function linkTokens(table: SqlTable, tables: SqlTable[]): SqlTable {
  const [schema, own] = table.name.split('.');
  const tokens = tables.find(
    ({ name, columns }) =>
      name === `${schema}.tokens` && linkColumns.every((wanted) => columns.some((column) => column.name === wanted)),
  );
  if (tokens === undefined || own === 'tokens') return { ...table, tokens: null };
  return { ...table, tokens: tokens.name, tellsKnown: tokens.columns.some(({ name }) => name === knownColumn) };
}

/** What makes tokens of a column's raw whole numbers; null for a column that has none. */
export function findRawAmount({ name, columns, tokens }: SqlTable, column: string): RawAmount | null {
  const own = columns.find((one) => one.name === column);
  if (tokens === null || own?.type !== 'HUGEINT') return null;
  if (/\.(?:transactions|traces)$/.test(name)) return column === 'value' ? { decimals: 18 } : null;
  const side = /^(token_\w+)_amount_raw$/.exec(column)?.[1];
  const token = side === undefined ? 'contract_address' : `${side}_address`;
  return columns.some((one) => one.name === token) ? { token } : null;
}

/** The columns of a table whose amounts are a token's, that token's first. */
export const findTokenColumn = (table: SqlTable): string | null =>
  table.columns
    .map(({ name }) => findRawAmount(table, name))
    .flatMap((raw) => (raw !== null && 'token' in raw ? [raw.token] : []))[0] ?? null;

/** The rows of a table with the symbol and the decimals of the token in one of its columns. */
export function joinTokens(table: SqlTable, token: string): { from: string; table: SqlTable } {
  const rows = quoteTable(table.name);
  const more = [
    { name: symbolColumn, type: 'VARCHAR', kind: 'text' as const, values: [] },
    { name: decimalsColumn, type: 'INTEGER', kind: 'other' as const, values: [] },
  ];
  return {
    from: `(
  SELECT entry.*, token.symbol AS ${symbolColumn}, token.decimals AS ${decimalsColumn}
  FROM ${rows} AS entry
  LEFT JOIN ${quoteTable(table.tokens ?? '')} AS token ON token.contract_address = entry.${quoteName(token)}
)`,
    table: { ...table, columns: [...table.columns, ...more] },
  };
}

/**
 * The condition that rows are of tokens with one of these symbols. Where the chain says which contract is the well-known one
 * of a symbol, others that call themselves so do not count; `isOnly` leaves out whom several of no fame call themselves.
 */
export function ofSymbols(
  { tokens, tellsKnown }: SqlTable,
  token: string,
  { places, isOnly = false }: { places: string[]; isOnly?: boolean },
): string {
  const symbols = places.map((place) => `upper(${place})`).join(', ');
  if (!tellsKnown) return `upper(${symbolColumn}) IN (${symbols})`;
  const others = isOnly ? 'count(*) OVER same = 1' : `NOT bool_or(${knownColumn}) OVER same`;
  return `${quoteName(token)} IN (
    SELECT contract_address FROM ${quoteTable(tokens ?? '')} WHERE upper(symbol) IN (${symbols})
    WINDOW same AS (PARTITION BY upper(symbol)) QUALIFY ${knownColumn} OR ${others}
  )`;
}

/** The condition that rows are of well-known tokens; on a chain of which the hub knows none, all count. */
export const ofKnown = ({ tokens }: SqlTable, token: string): string =>
  `${quoteName(token)} IN (
    SELECT contract_address FROM ${quoteTable(tokens ?? '')} QUALIFY ${knownColumn} OR NOT bool_or(${knownColumn}) OVER ()
  )`;

/** The condition that a transfer has a holder on this side: mints come from the zero address, burns go there. */
export const ofHolder = (side: string): string => `${quoteName(side)} <> '0x${'0'.repeat(40)}'`;

const nobody = `'0x${'0'.repeat(40)}'`;
/** Whether a table tells what went from holder to holder, among mints and burns. */
export const isOfMovements = ({ name }: SqlTable): boolean => /\.erc(?:20|721|1155)_transfers$/.test(name);
export const isMinted = `"from" = ${nobody}`;
export const isBurnt = `"to" IN (${nobody}, '0x000000000000000000000000000000000000dead')`;

/** Whether new tokens or destroyed ones are asked about, and not what went between holders. */
export const readFlow = (text: string): 'mint' | 'burn' | null =>
  /\b(?:mint(?:ed|s|ing)?|issued|issuance)\b|增发|铸造|铸币/i.test(text)
    ? 'mint'
    : /\b(?:burn(?:ed|t|s|ing)?|destroyed|redeemed)\b|销毁|烧毁/i.test(text)
      ? 'burn'
      : null;

/** SQL for a raw amount, or a sum of such, in tokens. */
export function toTokens(sql: string, raw: RawAmount, isGrouped: boolean): string {
  const decimals = 'decimals' in raw ? '18' : isGrouped ? `any_value(${decimalsColumn})` : decimalsColumn;
  return `to_tokens(${sql}, ${decimals})`;
}

/** What to show of single rows: what people read, each raw amount with its tokens before it. */
export function listShown(table: SqlTable): string {
  const shown = table.columns.filter(({ name }) => !shortColumns.has(name));
  const hasRaw = shown.some(({ name }) => findRawAmount(table, name) !== null);
  if (!hasRaw) return '*';
  return shown
    .map(({ name }) => {
      const raw = findRawAmount(table, name);
      const isKnown = raw !== null && ('decimals' in raw || raw.token === findTokenColumn(table));
      return isKnown
        ? `${toTokens(quoteName(name), raw, false)} AS ${quoteName(`${name}_tokens`)}, ${quoteName(name)}`
        : quoteName(name);
    })
    .join(', ');
}
