import { quoteName, quoteTable, type SqlTable } from './sql-schema.ts';

/** Coins that are meant to be worth a dollar. */
const dollars = "('USDC', 'USDT', 'DAI', 'DUSD')";
export const dollarColumn = 'dollar_amount';
const ofSold = 'token_sold_address';
const ofBought = 'token_bought_address';

/** Whether a table has the swaps of a chain, and that chain's tokens are known. */
export const isOfSwaps = ({ name, columns, tokens }: SqlTable): boolean =>
  tokens !== null && name.endsWith('.swaps') && columns.some((column) => column.name === ofSold);

/**
 * The swaps of a chain as people speak of them: both amounts in tokens, the pair, and what the side in a dollar coin comes to,
 * by which swaps of different tokens can be compared.
 */
export function openSwaps(table: SqlTable): { from: string; table: SqlTable } {
  const tokens = quoteTable(table.tokens ?? '');
  const isDollar = (side: string) =>
    `upper(${side}.symbol) IN ${dollars}${table.tellsKnown ? ` AND ${side}.is_well_known` : ''}`;
  const sold = 'to_tokens(swap.token_sold_amount_raw, sold.decimals)';
  const bought = 'to_tokens(swap.token_bought_amount_raw, bought.decimals)';
  const added = [
    { name: 'pair', type: 'VARCHAR', kind: 'text' as const, values: [] },
    { name: 'sold_symbol', type: 'VARCHAR', kind: 'text' as const, values: [] },
    { name: 'sold_amount', type: 'DECIMAL(38,18)', kind: 'number' as const, values: [] },
    { name: 'bought_symbol', type: 'VARCHAR', kind: 'text' as const, values: [] },
    { name: 'bought_amount', type: 'DECIMAL(38,18)', kind: 'number' as const, values: [] },
    { name: dollarColumn, type: 'DECIMAL(38,18)', kind: 'number' as const, values: [] },
    { name: 'pool', type: 'VARCHAR', kind: 'text' as const, values: [] },
  ];
  return {
    from: `(
  SELECT swap.block_time, swap.block_number, swap.tx_hash, swap.taker,
    sold.symbol AS sold_symbol, ${sold} AS sold_amount, bought.symbol AS bought_symbol, ${bought} AS bought_amount,
    CASE WHEN ${isDollar('sold')} THEN ${sold} WHEN ${isDollar('bought')} THEN ${bought} END AS ${dollarColumn},
    concat_ws('/', least(sold.symbol, bought.symbol), greatest(sold.symbol, bought.symbol)) AS pair,
    swap.contract_address AS pool, swap.sender, swap.version, swap.${ofSold}, swap.${ofBought}
  FROM ${quoteTable(table.name)} AS swap
  LEFT JOIN ${tokens} AS sold ON sold.contract_address = swap.${ofSold}
  LEFT JOIN ${tokens} AS bought ON bought.contract_address = swap.${ofBought}
)`,
    table: {
      ...table,
      columns: [...table.columns.filter(({ name }) => !/_raw$|^evt_index$|^contract_address$/.test(name)), ...added],
    },
  };
}

/** The condition that a swap is of tokens: on either side, or that all of them are in it where several are named. */
export function ofSwapped(toCondition: (column: string) => string): string {
  return `(${[ofSold, ofBought].map(toCondition).join(' OR ')})`;
}

/** What to show of single swaps. */
export const shownSwaps = [
  'block_time',
  'tx_hash',
  'taker',
  'sold_amount',
  'sold_symbol',
  'bought_amount',
  'bought_symbol',
  dollarColumn,
  'pool',
]
  .map(quoteName)
  .join(', ');
