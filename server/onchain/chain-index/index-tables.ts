import type { IndexPart } from '#server/contract/chain-index.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import type { SqlColumn } from '#server/contract/sql.ts';
import { listKnownTokens } from '#server/onchain/known-tokens.ts';

/** A table of a chain's index: what its segments store, and how SQL sees it. */
export type IndexTable = {
  name: string;
  description: LocalizedText;
  columns: SqlColumn[];
  /** The stored table behind it, where it is another one. */
  of?: string;
  /**
   * SQL around the stored rows, which stand for `$rows`, where it is not just they; `$final` is the last final block, `$known`
   * the well-known tokens of the chain.
   */
  shape?: string;
};

const columns = (text: string): SqlColumn[] =>
  text
    .trim()
    .split(/,\s+/)
    .map((column) => {
      const [name = '', type = ''] = column.split(' ');
      return { name, type };
    });

const place = 'block_time TIMESTAMP, block_number BIGINT, tx_hash VARCHAR, evt_index INTEGER, contract_address VARCHAR';

const blockColumns = `time TIMESTAMP, number BIGINT, hash VARCHAR, parent_hash VARCHAR, miner VARCHAR, gas_limit BIGINT,
  gas_used BIGINT, base_fee_per_gas BIGINT, size BIGINT, tx_count INTEGER`;
const changeColumns = 'day DATE, contract_address VARCHAR, address VARCHAR, change HUGEINT';
const tokenColumns = 'contract_address VARCHAR, standard VARCHAR, symbol VARCHAR, name VARCHAR, decimals INTEGER';

const hourColumns = `hour TIMESTAMP, contract_address VARCHAR, source VARCHAR, base VARCHAR, quote VARCHAR, open DECIMAL(38,18),
  high DECIMAL(38,18), low DECIMAL(38,18), close DECIMAL(38,18), updates BIGINT`;
const hourly = `WITH seen AS (
    SELECT date_trunc('hour', block_time) AS hour, contract_address, any_value(source) AS source, any_value(base) AS base,
      any_value(quote) AS quote, arg_min(price, (block_number, evt_index)) AS open, max(price) AS high, min(price) AS low,
      arg_max(price, (block_number, evt_index)) AS close, count(*) AS updates
    FROM ($rows) WHERE price IS NOT NULL GROUP BY ALL
  ), hours AS (
    SELECT contract_address, any_value(source) AS source, any_value(base) AS base, any_value(quote) AS quote,
      unnest(generate_series(min(hour), max(hour), INTERVAL 1 HOUR)) AS hour FROM seen GROUP BY contract_address
  ), filled AS (
    SELECT hours.*, seen.open, seen.high, seen.low, seen.updates,
      last_value(seen.close IGNORE NULLS) OVER (PARTITION BY contract_address ORDER BY hour) AS close
    FROM hours LEFT JOIN seen USING (contract_address, hour)
  )
  SELECT hour, contract_address, source, base, quote, coalesce(open, close), coalesce(high, close), coalesce(low, close), close,
    coalesce(updates, 0) FROM filled`;

/** What a segment of an index stores; all of them in each, so that segments fit together. */
export const storedTables: Record<string, SqlColumn[]> = {
  blocks: columns(blockColumns),
  transactions:
    columns(`block_time TIMESTAMP, block_number BIGINT, hash VARCHAR, index INTEGER, from VARCHAR, to VARCHAR,
    value HUGEINT, nonce BIGINT, type INTEGER, gas_limit BIGINT, gas_used BIGINT, gas_price HUGEINT, success BOOLEAN,
    contract_address VARCHAR, data VARCHAR`),
  logs: columns(`block_time TIMESTAMP, block_number BIGINT, block_hash VARCHAR, tx_hash VARCHAR, tx_index INTEGER, index INTEGER,
    contract_address VARCHAR, topic0 VARCHAR, topic1 VARCHAR, topic2 VARCHAR, topic3 VARCHAR, data VARCHAR`),
  traces: columns(`block_time TIMESTAMP, block_number BIGINT, tx_hash VARCHAR, tx_index INTEGER, trace_address VARCHAR,
    sub_traces INTEGER, type VARCHAR, call_type VARCHAR, from VARCHAR, to VARCHAR, value HUGEINT, gas BIGINT, gas_used BIGINT,
    input VARCHAR, output VARCHAR, success BOOLEAN, error VARCHAR`),
  erc20_transfers: columns(`${place}, from VARCHAR, to VARCHAR, value HUGEINT, value_text VARCHAR`),
  erc721_transfers: columns(`${place}, from VARCHAR, to VARCHAR, token_id VARCHAR`),
  erc1155_transfers:
    columns(`${place}, batch_index INTEGER, operator VARCHAR, from VARCHAR, to VARCHAR, token_id VARCHAR,
    value HUGEINT, value_text VARCHAR`),
  approvals:
    columns(`${place}, standard VARCHAR, owner VARCHAR, spender VARCHAR, value HUGEINT, value_text VARCHAR, token_id VARCHAR,
    approved BOOLEAN`),
  swaps:
    columns(`${place}, version VARCHAR, sender VARCHAR, taker VARCHAR, token_sold_address VARCHAR, token_sold_amount_raw HUGEINT,
    token_bought_address VARCHAR, token_bought_amount_raw HUGEINT`),
  prices: columns(
    `${place}, source VARCHAR, base VARCHAR, quote VARCHAR, price DECIMAL(38,18), answer HUGEINT, decimals INTEGER`,
  ),
  tokens: columns(tokenColumns),
  balance_changes: columns(changeColumns),
};

/** Stored tables that are made of the others and not of blocks. */
export const derivedTables: Record<string, string> = {
  // Beyond 2^112, which no honest token reaches, sums could pass what a HUGEINT holds.
  balance_changes: `
    SELECT CAST(block_time AS DATE) AS day, contract_address, address, sum(change) AS change FROM (
      SELECT block_time, contract_address, "to" AS address, value AS change FROM $made.erc20_transfers
      UNION ALL SELECT block_time, contract_address, "from", -value FROM $made.erc20_transfers
    ) WHERE address <> '0x0000000000000000000000000000000000000000' AND abs(change) < 5192296858534827628530496329220096
    GROUP BY ALL ORDER BY contract_address, address, day`,
};

const table = (name: string, description: LocalizedText, rest: Partial<IndexTable> = {}): IndexTable => ({
  name,
  description,
  columns: storedTables[name] ?? [],
  ...rest,
});

const always: IndexTable[] = [
  table(
    'blocks',
    {
      en: 'One row a block; is_final: it cannot be undone any more. Times are UTC.',
      zh: '每个区块一行；is_final 表示不会再被撤销。时间为 UTC。',
    },
    {
      columns: columns(`${blockColumns}, is_final BOOLEAN`),
      shape: 'SELECT *, number <= $final AS is_final FROM ($rows)',
    },
  ),
];

const byPart: Record<IndexPart, IndexTable[]> = {
  transactions: [
    table('transactions', {
      en: 'One row a transaction, with what its receipt says: success, gas_used, the effective gas_price in wei, and the contract that it made. value is in wei.',
      zh: '每笔交易一行，含收据内容：是否成功（success）、gas_used、以 wei 计的实际 gas_price，以及所创建的合约。value 以 wei 计。',
    }),
  ],
  logs: [
    table('logs', {
      en: 'Raw event logs. Addresses and hashes are lower-case texts that begin with 0x, here as everywhere.',
      zh: '原始事件日志。地址和哈希在此处及各处均为以 0x 开头的小写文本。',
    }),
    table('erc20_transfers', {
      en: 'Decoded Transfer events of ERC-20 tokens. value is the raw whole number: to_tokens(value, decimals) with the decimals of the table tokens; where it is beyond 2^127 it is null, and value_text has it.',
      zh: '已解码的 ERC-20 代币 Transfer 事件。value 是原始整数：可用 to_tokens(value, decimals) 换算，decimals 见 tokens 表；超过 2^127 时为空，完整值在 value_text 中。',
    }),
    table('erc721_transfers', {
      en: 'Decoded Transfer events of ERC-721 tokens (NFTs); token_id is an exact text.',
      zh: '已解码的 ERC-721 代币（NFT）Transfer 事件；token_id 为精确文本。',
    }),
    table('erc1155_transfers', {
      en: 'Decoded TransferSingle and TransferBatch events of ERC-1155 tokens, one row a token.',
      zh: '已解码的 ERC-1155 代币 TransferSingle 与 TransferBatch 事件，每个代币一行。',
    }),
    table('approvals', {
      en: 'Approval and ApprovalForAll events. standard: erc20 (value; unlimited ones are beyond 2^127 and so in value_text), erc721 (token_id), all (approved).',
      zh: 'Approval 与 ApprovalForAll 事件。standard：erc20（value；无限授权超过 2^127，因此在 value_text 中）、erc721（token_id）、all（approved）。',
    }),
    table('swaps', {
      en: 'Trades in exchange pools of the forms of Uniswap V2 (uniswap-v2) and V3 (uniswap-v3); contract_address is the pool, amounts are raw whole numbers.',
      zh: 'Uniswap V2（uniswap-v2）与 V3（uniswap-v3）形式的交易池中的成交；contract_address 是交易池，数量为原始整数。',
    }),
    table('prices', {
      en: 'Prices on the chain: answers of price feeds (source feed) and of pools after each change (pool-v2, pool-v3: price of base in quote, both token addresses). contract_address is the feed or pool.',
      zh: '链上价格：价格喂价的报价（source 为 feed），以及交易池每次变动后的价格（pool-v2、pool-v3：以 quote 计的 base 价格，两者均为代币地址）。contract_address 是喂价或交易池。',
    }),
    table(
      'prices_hourly',
      {
        en: 'The prices of each feed or pool, an hour a row, without gaps: open, high, low and close of its updates in that hour, and the last close where there was none (updates 0).',
        zh: '每个喂价或交易池的价格，每小时一行，没有间断：该小时内各次更新的开盘、最高、最低与收盘价；没有更新时（updates 为 0）沿用上一收盘价。',
      },
      {
        of: 'prices',
        columns: columns(hourColumns),
        shape: hourly,
      },
    ),
    table(
      'tokens',
      {
        en: 'Names and decimals of the tokens, pools and feeds that were met. Names are what strangers chose: several contracts may have one symbol; is_well_known marks the official one, where the hub knows it.',
        zh: '所遇到的代币、交易池和喂价的名称与小数位。名称由陌生人自定：多个合约可能使用同一符号；is_well_known 标出中枢已知的官方合约。',
      },
      {
        columns: columns(`${tokenColumns}, is_well_known BOOLEAN`),
        shape:
          'SELECT contract_address, any_value(standard), any_value(symbol), any_value(name), any_value(decimals), contract_address IN ($known) FROM ($rows) GROUP BY contract_address',
      },
    ),
    table(
      'balances_daily',
      {
        en: 'ERC-20 balances at the end of each day on which they changed, as sums of the indexed transfers: true balances where the index begins before the token. Raw whole numbers.',
        zh: 'ERC-20 余额在发生变动的每一天结束时的数值，由已索引的转账累加而得：索引早于代币开始时即为真实余额。均为原始整数。',
      },
      {
        of: 'balance_changes',
        columns: columns(`${changeColumns}, balance HUGEINT`),
        shape: `SELECT day, contract_address, address, change, sum(change) OVER (PARTITION BY contract_address, address ORDER BY day)
          FROM (SELECT day, contract_address, address, sum(change) AS change FROM ($rows) GROUP BY ALL)`,
      },
    ),
  ],
  traces: [
    table('traces', {
      en: 'Calls within transactions, in the form of trace_block; trace_address is where in the tree, such as 0,2. Gas of the outermost calls is empty where the RPC only has debug_traceBlockByNumber.',
      zh: '交易内部的调用，形式同 trace_block；trace_address 是在调用树中的位置，例如 0,2。RPC 只有 debug_traceBlockByNumber 时，最外层调用的 gas 为空。',
    }),
  ],
};

/** The tables that an index of a chain with these parts shows. */
export function listIndexTables(chainId: number, parts: readonly IndexPart[]): IndexTable[] {
  const known = listKnownTokens(chainId).map((address) => `'${address.toLowerCase()}'`);
  const list = known.length === 0 ? "''" : known.join(', ');
  return [...always, ...parts.flatMap((part) => byPart[part])].map(({ shape, ...rest }) =>
    shape === undefined ? rest : { ...rest, shape: shape.replace('$known', list) },
  );
}
