import { type Address, formatUnits, parseAbi } from 'viem';
import type { ChainBlock, Price } from '#server/contract/chain-readings.ts';
import type { ChainContext } from './chain-context.ts';
import { isChainFailure, toInputError } from './chain-errors.ts';
import { sequencerFeeds } from './price-feeds.ts';
import { toTokenLabel } from './token-label.ts';

const abi = parseAbi([
  'function latestRoundData() view returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)',
  'function decimals() view returns (uint8)',
  'function description() view returns (string)',
]);
const longestDescription = 60;
/** A renewal takes a while to be mined. */
const graceSeconds = 900;

export type FeedPrice = Price & { description: string; raw: bigint; decimals: number };

/**
 * The price of a feed with Chainlink's interface, as it stood at a block, and how old it was then.
 *
 * @throws {HubError} `validation_failed`, where the contract is no such feed
 */
export async function readFeed(
  { client, chain }: ChainContext,
  {
    address,
    heartbeatSeconds,
    block,
    at,
  }: { address: Address; heartbeatSeconds: number; block: bigint; at: ChainBlock },
): Promise<FeedPrice> {
  const read = { address, abi, blockNumber: block } as const;
  const refuse = (thrown: unknown) => {
    if (isChainFailure(thrown)) throw thrown;
    throw toInputError('feed', {
      en: `${address} on ${chain.name} does not answer like a Chainlink price feed.`,
      zh: `${chain.name} 上的 ${address} 不像 Chainlink 价格喂价合约那样应答。`,
    });
  };
  const [round, decimals, text] = await Promise.all([
    client.readContract({ ...read, functionName: 'latestRoundData' }).catch(refuse),
    client.readContract({ ...read, functionName: 'decimals' }).catch(refuse),
    client.readContract({ ...read, functionName: 'description' }).catch(refuse),
  ]);
  const [, answer, , updatedAt] = round;
  const ageSeconds = Math.max(0, Date.parse(at.timestamp) / 1000 - Number(updatedAt));
  const description = toTokenLabel(text, longestDescription);
  return {
    from: 'Chainlink',
    price: formatUnits(answer, decimals),
    quote: description.split('/')[1]?.trim() ?? 'USD',
    contract: address,
    liquidity: null,
    updatedAt: new Date(Number(updatedAt) * 1000).toISOString(),
    ageSeconds,
    isStale: answer <= 0n || ageSeconds > heartbeatSeconds + graceSeconds,
    explorerUrl: `${chain.explorerUrl}/address/${address}`,
    description,
    raw: answer,
    decimals,
  };
}

/** Whether the sequencer of a roll-up stands still, by its feed; false for chains without one. */
export async function isSequencerDown({ client, chain }: ChainContext, block: bigint): Promise<boolean> {
  const address = sequencerFeeds[chain.id];
  if (address === undefined) return false;
  try {
    const [, answer] = await client.readContract({ address, abi, functionName: 'latestRoundData', blockNumber: block });
    return answer !== 0n;
  } catch (thrown) {
    if (isChainFailure(thrown)) throw thrown;
    return false;
  }
}
