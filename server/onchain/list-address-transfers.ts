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
import type { TransferList, TransferRow } from '#server/contract/chain-readings.ts';
import { findRange } from './block-range.ts';
import type { ChainContext, ReadChain } from './chain-context.ts';
import { listCoinTransfers, toCoinRow } from './list-coin-transfers.ts';
import { decodeEvent } from './decode-data.ts';
import { warnOfLookAlikes, warnOfToken, warnOfZeroTransfers } from './find-warnings.ts';
import { listTransfers } from './list-transfers.ts';
import { type LogFilter, readLogs, toMissingNote } from './read-logs.ts';
import { isOwnCoin, toTokenAddress } from './token-address.ts';
import { readTokenDetails } from './token-details.ts';
import { sumFlows } from './sum-flows.ts';

const transfer = toEventSelector('Transfer(address,address,uint256)');
const pieces = [
  toEventSelector('TransferSingle(address,address,address,uint256,uint256)'),
  toEventSelector('TransferBatch(address,address,address,uint256[],uint256[])'),
];
const mostShown = 100;
const mostTokens = 40;

type PlacedRow = TransferRow & { block: bigint; time: string | null; transaction: string };

/** What came to an address and what left it in a range: the chain's own coin, ERC-20, ERC-721 and ERC-1155. */
export const listAddressTransfers: ReadChain<'transfers'> = async (context, request) => {
  const { chain } = context;
  const address = await context.resolve(request.address, 'address');
  const wanted = request.token;
  const isCoinOnly = wanted !== undefined && isOwnCoin(wanted, chain);
  const token = wanted === undefined || isCoinOnly ? undefined : toTokenAddress(wanted, chain);
  const { from, to, range } = await findRange(context, request);
  const [reading, coins] = await Promise.all([
    isCoinOnly ? { logs: [], missing: null } : readLogs(context, { filters: toFilters(address, token), from, to }),
    token === undefined ? listCoinTransfers(context, { address, from, to }) : null,
  ]);
  const { rows, details } = await toRows(context, reading.logs);
  const all = [
    ...rows,
    ...(coins?.transfers ?? []).map((one): PlacedRow => {
      const { block, transaction } = one;
      return { ...toCoinRow(chain, one), block, transaction, time: null };
    }),
  ].sort((one, other) => (one.block < other.block ? 1 : one.block > other.block ? -1 : 0));
  const shown = await addTimes(context, all.slice(0, mostShown));
  return {
    address,
    range,
    transfers: shown.map(({ block, time, transaction, ...row }) => ({
      direction: row.from === row.to ? 'self' : row.to === address ? 'in' : 'out',
      time,
      amount: row.amount,
      from: row.from,
      to: row.to,
      token: row.token,
      transaction,
      block: block.toString(),
      tokenSymbol: row.tokenSymbol,
      explorerUrl: `${chain.explorerUrl}/tx/${transaction}`,
    })),
    flows: sumFlows(all, address),
    count: all.length,
    coin: coins?.means ?? 'not read',
    warnings: [
      ...warnOfZeroTransfers(all),
      ...warnOfLookAlikes([address, ...all.flatMap((row) => [row.from, row.to])]),
      ...details.flatMap((token) => warnOfToken(token, chain.id)),
    ],
    partial:
      [
        toMissingNote(reading),
        token === undefined ? (coins?.note ?? null) : null,
        all.length > shown.length
          ? `Only the newest ${shown.length} of ${all.length} transfers are listed; the sums have all.`
          : null,
      ]
        .filter((note) => note !== null)
        .join(' ') || null,
    block: range.to,
    explorerUrl: `${chain.explorerUrl}/address/${address}`,
  } satisfies TransferList;
};

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

async function toRows({ client }: ChainContext, logs: RpcLog[]) {
  const events = logs.flatMap((log) => {
    const event = decodeEvent({ ...log, address: getAddress(log.address) });
    return event === null ? [] : [{ event, log }];
  });
  const contracts = [...new Set(events.map(({ event }) => event.contract))];
  const details = await Promise.all(
    contracts.slice(0, mostTokens).map((contract) => readTokenDetails(client, contract)),
  );
  const tokens = new Map(details.map((one) => [one.address, one]));
  const rows = events.flatMap(({ event, log }) =>
    listTransfers([event], tokens).map((row): PlacedRow => ({
      ...row,
      block: hexToBigInt(log.blockNumber ?? '0x0'),
      time: toTime(log),
      transaction: log.transactionHash ?? '',
    })),
  );
  return { rows, details };
}

/** Many nodes say it with each log. */
function toTime(log: RpcLog): string | null {
  const stamp = 'blockTimestamp' in log ? log.blockTimestamp : null;
  return typeof stamp === 'string' && stamp.startsWith('0x') ? toIso(Number(stamp)) : null;
}

const toIso = (seconds: number) => new Date(seconds * 1000).toISOString();

async function addTimes({ client }: ChainContext, rows: PlacedRow[]): Promise<PlacedRow[]> {
  const blocks = [...new Set(rows.filter(({ time }) => time === null).map(({ block }) => block))];
  const times = new Map(
    await Promise.all(
      blocks.map(async (number) => {
        const block = await client.request({ method: 'eth_getBlockByNumber', params: [numberToHex(number), false] });
        return [number, block === null ? null : toIso(hexToNumber(block.timestamp))] as const;
      }),
    ),
  );
  return rows.map((row) => ({ ...row, time: row.time ?? times.get(row.block) ?? null }));
}
