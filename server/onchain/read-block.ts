import { BlockNotFoundError, getAddress, isHex } from 'viem';
import { HubError } from '#server/hub-error.ts';
import { toChainBlock, warnOfOldHead } from './chain-block.ts';
import type { ChainContext, ReadChain } from './chain-context.ts';
import { toInputError } from './chain-errors.ts';
import { toExactAmount } from './exact-amount.ts';
import { showShare } from './show-share.ts';

/**
 * A block's facts, by its number, its hash, or "latest" and "finalized".
 *
 * @throws {HubError} `not_found`, for a block that the chain does not have
 */
export const readBlock: ReadChain<'block'> = async (context, { block: wanted = 'latest' }) => {
  const { client, chain } = context;
  const [block, final] = await Promise.all([
    client.getBlock(toPlace(wanted)).catch((thrown: unknown) => {
      if (!(thrown instanceof BlockNotFoundError)) throw thrown;
      throw new HubError('not_found', {
        en: `${chain.name} has no block ${wanted.slice(0, 80)}. It may be on another chain, or not made yet.`,
        zh: `${chain.name} 上没有区块 ${wanted.slice(0, 80)}。它可能在另一条链上，或尚未产生。`,
      });
    }),
    readFinal(context),
  ]);
  const { number, hash, timestamp, gasUsed, gasLimit, baseFeePerGas } = block;
  if (number === null || hash === null) throw new Error('The RPC gave a block that is not finished.');
  return {
    block: toChainBlock(chain, { number, hash, timestamp }),
    parentHash: block.parentHash,
    transactions: block.transactions.length,
    gasUsed: gasUsed.toString(),
    gasLimit: gasLimit.toString(),
    usedShare: showShare(gasUsed, gasLimit),
    baseFee: baseFeePerGas === null ? null : toExactAmount(baseFeePerGas, { decimals: 9, symbol: 'gwei' }),
    producer: typeof block.miner === 'string' ? getAddress(block.miner) : null,
    isFinal: final === null ? null : number <= final,
    warnings: isLatest(wanted) ? warnOfOldHead(context, timestamp) : [],
  };
};

const isLatest = (wanted: string): boolean => wanted.trim().toLowerCase() === 'latest';

function toPlace(wanted: string): Parameters<ChainContext['client']['getBlock']>[0] {
  const text = wanted.trim().toLowerCase();
  if (text === 'latest' || text === 'finalized') return { blockTag: text };
  if (isHex(text) && text.length === 66) return { blockHash: text };
  if (/^\d{1,18}$/.test(text)) return { blockNumber: BigInt(text) };
  throw toInputError('block', {
    en: `"${text.slice(0, 80)}" is no block: give its number, its hash (0x and 64 digits), "latest" or "finalized".`,
    zh: `“${text.slice(0, 80)}”不是区块：请给出区块号、区块哈希（0x 加 64 位）、latest 或 finalized。`,
  });
}

async function readFinal({ client, signal }: ChainContext): Promise<bigint | null> {
  try {
    return (await client.getBlock({ blockTag: 'finalized' })).number;
  } catch {
    signal.throwIfAborted();
    return null;
  }
}
