import {
  type Address,
  getAddress,
  hexToBigInt,
  hexToNumber,
  numberToHex,
  padHex,
  type RpcLog,
  toEventSelector,
} from 'viem';
import type { TransferRow } from '#server/contract/chain-readings.ts';
import type { ChainContext } from './chain-context.ts';
import { decodeEvent } from './decode-data.ts';
import { inSteps } from './in-steps.ts';
import { type CoinReading, listCoinTransfers, toCoinRow } from './list-coin-transfers.ts';
import { listTransfers } from './list-transfers.ts';
import { toLogTime } from './read-log-times.ts';
import { type LogFilter, type LogReading, readLogs } from './read-logs.ts';
import { readTokenDetails, type TokenDetails } from './token-details.ts';

const transfer = toEventSelector('Transfer(address,address,uint256)');
const pieces = [
  toEventSelector('TransferSingle(address,address,address,uint256,uint256)'),
  toEventSelector('TransferBatch(address,address,address,uint256[],uint256[])'),
];
const mostTokens = 40;
const blocksTogether = 50;

/** A transfer with its place in the chain; `id` is the same whoever's transfers were read. */
export type PlacedRow = TransferRow & { id: string; block: bigint; time: string | null; transaction: string };

export type GatheredTransfers = {
  /** In the order of the chain, those of one block as they were found. */
  rows: PlacedRow[];
  details: TokenDetails[];
  /** Null where the coin was not wanted. */
  coin: CoinReading | null;
  missing: LogReading['missing'];
};

/** What came to an address and what left it in a range of blocks: its coin's movements, and those of tokens or of one token. */
export async function gatherTransfers(
  context: ChainContext,
  {
    address,
    from,
    to,
    token,
    isCoinOnly = false,
    mostTraced,
  }: {
    address: Address;
    from: bigint;
    to: bigint;
    token?: Address | undefined;
    isCoinOnly?: boolean;
    mostTraced?: number;
  },
): Promise<GatheredTransfers> {
  const [reading, coin] = await Promise.all([
    isCoinOnly ? { logs: [], missing: null } : readLogs(context, { filters: toFilters(address, token), from, to }),
    token === undefined
      ? listCoinTransfers(context, { address, from, to, ...(mostTraced === undefined ? {} : { most: mostTraced }) })
      : null,
  ]);
  const { rows, details } = await toRows(context, reading.logs);
  const coins = (coin?.transfers ?? []).map((one): PlacedRow => {
    const { block, transaction, step } = one;
    return { ...toCoinRow(context.chain, one), id: `${transaction} ${step}`, block, transaction, time: null };
  });
  return {
    rows: [...rows, ...coins].sort((one, other) => (one.block < other.block ? -1 : one.block > other.block ? 1 : 0)),
    details,
    coin,
    missing: reading.missing,
  };
}

function toFilters(address: Address, token: Address | undefined): LogFilter[] {
  const topic = padHex(address, { size: 32 });
  const at = token === undefined ? {} : { address: token };
  return [
    { ...at, topics: [transfer, topic] },
    { ...at, topics: [transfer, null, topic] },
    { ...at, topics: [pieces, null, topic] },
    { ...at, topics: [pieces, null, null, topic] },
  ];
}

async function toRows({ client, signal }: ChainContext, logs: RpcLog[]) {
  const events = logs.flatMap((log) => {
    const event = decodeEvent({ ...log, address: getAddress(log.address) });
    return event === null ? [] : [{ event, log }];
  });
  const contracts = [...new Set(events.map(({ event }) => event.contract))];
  const details = await inSteps(
    contracts.slice(0, mostTokens),
    { together: mostTokens, signal },
    async (contract) => await readTokenDetails(client, contract),
  );
  const tokens = new Map(details.map((one) => [one.address, one]));
  const rows = events.flatMap(({ event, log }) =>
    listTransfers([event], tokens).map((row, piece): PlacedRow => ({
      ...row,
      id: `${log.blockNumber} ${log.logIndex} ${piece}`,
      block: hexToBigInt(log.blockNumber ?? '0x0'),
      time: toLogTime(log),
      transaction: log.transactionHash ?? '',
    })),
  );
  return { rows, details };
}

/** Says when each happened; nodes that tell it with the logs are not asked again. */
export async function addTimes({ client, signal }: ChainContext, rows: PlacedRow[]): Promise<PlacedRow[]> {
  const blocks = [...new Set(rows.filter(({ time }) => time === null).map(({ block }) => block))];
  const times = new Map(
    await inSteps(blocks, { together: blocksTogether, signal }, async (number) => {
      const block = await client.request({ method: 'eth_getBlockByNumber', params: [numberToHex(number), false] });
      return [number, block === null ? null : new Date(hexToNumber(block.timestamp) * 1000).toISOString()] as const;
    }),
  );
  return rows.map((row) => ({ ...row, time: row.time ?? times.get(row.block) ?? null }));
}
