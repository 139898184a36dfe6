import { findRange } from './block-range.ts';
import type { ReadChain } from './chain-context.ts';
import { gatherHolders } from './gather-holders.ts';
import { toTokenAmount } from './list-transfers.ts';
import { showShare } from './show-share.ts';
import { toTokenAddress } from './token-address.ts';

const usualMost = 20;

/**
 * Who holds a token: all that got some in a range of blocks, each with the balance at its end. It is complete where these
 * balances are the whole supply, and says what is missing elsewhere.
 */
export const listHolders: ReadChain<'holders'> = async (context, request) => {
  const { chain } = context;
  const token = toTokenAddress(request.token, chain);
  const isNarrowed = request.fromBlock !== undefined || request.days !== undefined;
  const { from, to, range, warnings } = await findRange(context, isNarrowed ? request : { ...request, fromBlock: 0 });
  const { details, supply, held, note } = await gatherHolders(context, { token, from, to });
  const sum = (list: typeof held) => list.reduce((total, { raw }) => total + raw, 0n);
  const most = request.most ?? usualMost;
  return {
    token,
    symbol: details.symbol,
    totalSupply: supply === null ? null : toTokenAmount(supply, details, token),
    holders: held.slice(0, most).map(({ holder, raw }) => ({
      address: holder,
      balance: toTokenAmount(raw, details, token),
      share: supply === null ? null : showShare(raw, supply),
    })),
    count: held.length,
    topTenShare: supply === null ? null : showShare(sum(held.slice(0, 10)), supply),
    range,
    warnings,
    partial: note,
    block: range.to,
    explorerUrl: `${chain.explorerUrl}/token/${token}`,
  };
};
