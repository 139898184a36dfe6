import { type Address, erc20Abi, getAddress, type RpcLog, slice, toEventSelector, zeroAddress } from 'viem';
import type { ChainContext } from './chain-context.ts';
import { isContractFailure, toInputError, toNothing } from './chain-errors.ts';
import { inSteps } from './in-steps.ts';
import { type LogReading, readLogs, toMissingNote } from './read-logs.ts';
import { showShare } from './show-share.ts';
import { readTokenDetails, type TokenDetails } from './token-details.ts';

const transfer = toEventSelector('Transfer(address,address,uint256)');
const mostRead = 1_000;
const balancesTogether = 200;

export type GatheredHolders = {
  details: TokenDetails;
  supply: bigint | null;
  /** Each with its balance at the end, the biggest first. */
  held: { holder: Address; raw: bigint }[];
  /** All transfers that were read, in the order of the chain. */
  logs: LogReading['logs'];
  /** What may be missing; null: the balances are the whole supply. */
  note: string | null;
};

/** All that got some of a token in a range of blocks, each with the balance at its end. */
export async function gatherHolders(
  context: ChainContext,
  { token, from, to }: { token: Address; from: bigint; to: bigint },
): Promise<GatheredHolders> {
  const [reading, details, supply] = await Promise.all([
    readLogs(context, { filters: [{ address: token, topics: [transfer] }], from, to }),
    readTokenDetails(context.client, token, to),
    readSupply(context, token, to),
  ]);
  const receivers = [...new Set(reading.logs.toReversed().flatMap(toReceiver))];
  const balances = await readBalances(context, { token, holders: receivers.slice(0, mostRead), block: to });
  const held = balances.filter(({ raw }) => raw > 0n).sort((one, other) => (one.raw < other.raw ? 1 : -1));
  const found = held.reduce((total, { raw }) => total + raw, 0n);
  const isWhole = found === supply && receivers.length <= mostRead;
  return {
    details,
    supply,
    held,
    logs: reading.logs,
    note: isWhole ? null : toNote({ missing: toMissingNote(reading), supply, found, receivers: receivers.length }),
  };
}

function toReceiver({ topics }: RpcLog): Address[] {
  const topic = topics[2];
  return topic === undefined || topic.length !== 66 ? [] : [getAddress(slice(topic, 12))];
}

async function readSupply(
  { client, chain }: ChainContext,
  token: Address,
  blockNumber: bigint,
): Promise<bigint | null> {
  try {
    return await client.readContract({ address: token, abi: erc20Abi, functionName: 'totalSupply', blockNumber });
  } catch (thrown) {
    if (!isContractFailure(thrown)) throw thrown;
    throw toInputError('token', {
      en: `The contract ${token} on ${chain.name} does not answer like a token. Is it the right chain?`,
      zh: `${chain.name} 上的合约 ${token} 不像代币那样应答。链选对了吗？`,
    });
  }
}

async function readBalances(
  { client, signal }: ChainContext,
  { token, holders, block }: { token: Address; holders: Address[]; block: bigint },
): Promise<{ holder: Address; raw: bigint }[]> {
  return await inSteps(holders, { together: balancesTogether, signal }, async (holder) => ({
    holder,
    raw: await client
      .readContract({ address: token, abi: erc20Abi, functionName: 'balanceOf', args: [holder], blockNumber: block })
      // Some tokens refuse to tell what lies at the zero address.
      .catch((thrown: unknown) =>
        holder === zeroAddress ? (toNothing(thrown) ?? 0n) : Promise.reject(thrown as Error),
      ),
  }));
}

function toNote({
  missing,
  supply,
  found,
  receivers,
}: {
  missing: string | null;
  supply: bigint | null;
  found: bigint;
  receivers: number;
}): string {
  return [
    'Only addresses that got the token in these blocks were found; each balance is exact.',
    ...(supply === null ? [] : [`They hold ${showShare(found, supply)} of the supply.`]),
    ...(receivers > mostRead ? [`Balances of ${mostRead} of ${receivers} receivers were read.`] : []),
    missing ?? 'Read from an earlier block to find more.',
  ].join(' ');
}
