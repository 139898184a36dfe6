import type { TransferList } from '#server/contract/chain-readings.ts';
import { findRange } from './block-range.ts';
import type { ReadChain } from './chain-context.ts';
import { warnOfLookAlikes, warnOfToken, warnOfZeroTransfers } from './find-warnings.ts';
import { addTimes, gatherTransfers } from './gather-transfers.ts';
import { toMissingNote } from './read-logs.ts';
import { isOwnCoin, toTokenAddress } from './token-address.ts';
import { sumFlows } from './sum-flows.ts';

const mostShown = 100;

/** What came to an address and what left it in a range: the chain's own coin, ERC-20, ERC-721 and ERC-1155. */
export const listAddressTransfers: ReadChain<'transfers'> = async (context, request) => {
  const { chain } = context;
  const address = await context.resolve(request.address, 'address');
  const wanted = request.token;
  const isCoinOnly = wanted !== undefined && isOwnCoin(wanted, chain);
  const token = wanted === undefined || isCoinOnly ? undefined : toTokenAddress(wanted, chain);
  const { from, to, range, warnings } = await findRange(context, request);
  const { rows, details, coin, missing } = await gatherTransfers(context, { address, from, to, token, isCoinOnly });
  const all = rows.toReversed();
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
    coin: coin?.means ?? 'not read',
    warnings: [
      ...warnings,
      ...warnOfZeroTransfers(all),
      ...warnOfLookAlikes([address, ...all.flatMap((row) => [row.from, row.to])]),
      ...details.flatMap((token) => warnOfToken(token, chain.id)),
    ],
    partial:
      [
        toMissingNote({ missing }),
        coin?.note ?? null,
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
