import { toChainBlock, warnOfOldHead } from './chain-block.ts';
import type { ReadChain } from './chain-context.ts';
import type { ChainConfiguration } from './chains.ts';

/** How many blocks on top of one people usually wait for, by what each chain's own depth of reorganisations is. */
const usual: Record<number, number> = {
  1: 12,
  10: 10,
  56: 15,
  100: 12,
  137: 16,
  8453: 10,
  42_161: 20,
  43_114: 1,
};
const usualElsewhere = 12;

/** The devnet is reorganised by nobody, and forgets the state of all blocks but the last when it is started again. */
export const findUsualConfirmations = ({ id, endpoints }: Pick<ChainConfiguration, 'id' | 'endpoints'>): number =>
  usual[id] ?? (endpoints.some(({ origin }) => origin === 'hub') ? 0 : usualElsewhere);

/**
 * Where a chain stands: its newest block, the newest confirmed one, and whether the blocks that somebody looked at before
 * are still part of it. A head before a checkpoint is an RPC that lags, not a reorganisation.
 */
export const readPosition: ReadChain<'position'> = async (context, { confirmations, checkpoints, places = [] }) => {
  const { chain, client } = context;
  const depth = confirmations ?? findUsualConfirmations(chain);
  const head = await client.getBlock({ blockTag: 'latest' });
  const place = head.number - BigInt(depth);
  const confirmed = place < 0n ? null : depth === 0 ? head : await context.readBlockNow(place);
  const reached = checkpoints.filter(({ number }) => BigInt(number) <= head.number);
  let ancestor: (typeof checkpoints)[number] | null = null;
  for (const checkpoint of reached) {
    const block = await context.readBlockNow(BigInt(checkpoint.number));
    if (block?.hash !== checkpoint.hash) continue;
    ancestor = checkpoint;
    break;
  }
  const isGone = await Promise.all(
    places.map(async ({ number, hash }) => (await context.readBlockNow(BigInt(number)))?.hash !== hash),
  );
  const [newest] = reached;
  return {
    head: toChainBlock(chain, head),
    confirmations: depth,
    confirmed: confirmed === null ? null : toChainBlock(chain, confirmed),
    isReorganised: newest !== undefined && newest !== ancestor,
    ancestor,
    gone: places.filter((_, index) => isGone[index]).map(({ hash }) => hash),
    warnings: warnOfOldHead(context, head.timestamp),
  };
};
