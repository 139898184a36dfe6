import { type Address, erc20Abi, getAddress, type RpcLog, slice, toEventSelector, zeroAddress } from 'viem';
import { findRange } from './block-range.ts';
import type { ChainContext, ReadChain } from './chain-context.ts';
import { isContractFailure, toInputError } from './chain-errors.ts';
import { toTokenAmount } from './list-transfers.ts';
import { readLogs, toMissingNote } from './read-logs.ts';
import { showShare } from './show-share.ts';
import { toTokenAddress } from './token-address.ts';
import { readTokenDetails } from './token-details.ts';

const transfer = toEventSelector('Transfer(address,address,uint256)');
const mostRead = 1_000;
const usualMost = 20;

/**
 * Who holds a token: all that got some in a range of blocks, each with the balance at its end. It is complete where these
 * balances are the whole supply, and says what is missing elsewhere.
 */
export const listHolders: ReadChain<'holders'> = async (context, request) => {
  const { chain } = context;
  const token = toTokenAddress(request.token, chain);
  const isNarrowed = request.fromBlock !== undefined || request.days !== undefined;
  const { from, to, range } = await findRange(context, isNarrowed ? request : { ...request, fromBlock: 0 });
  const [reading, details, supply] = await Promise.all([
    readLogs(context, { filters: [{ address: token, topics: [transfer] }], from, to }),
    readTokenDetails(context.client, token, to),
    readSupply(context, token, to),
  ]);
  const receivers = [...new Set(reading.logs.toReversed().flatMap(toReceiver))].filter((one) => one !== zeroAddress);
  const balances = await readBalances(context, { token, holders: receivers.slice(0, mostRead), block: to });
  const held = balances.filter(({ raw }) => raw > 0n).sort((one, other) => (one.raw < other.raw ? 1 : -1));
  const sum = (list: typeof held) => list.reduce((total, { raw }) => total + raw, 0n);
  const isWhole = sum(held) === supply && receivers.length <= mostRead;
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
    partial: isWhole
      ? null
      : toNote({ missing: toMissingNote(reading), supply, found: sum(held), receivers: receivers.length }),
    block: range.to,
    explorerUrl: `${chain.explorerUrl}/token/${token}`,
  };
};

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
  { client }: ChainContext,
  { token, holders, block }: { token: Address; holders: Address[]; block: bigint },
): Promise<{ holder: Address; raw: bigint }[]> {
  return await Promise.all(
    holders.map(async (holder) => ({
      holder,
      raw: await client.readContract({
        address: token,
        abi: erc20Abi,
        functionName: 'balanceOf',
        args: [holder],
        blockNumber: block,
      }),
    })),
  );
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
  const share = supply === null ? '' : ` They hold ${showShare(found, supply)} of the supply.`;
  const cap = receivers > mostRead ? ` Balances of ${mostRead} of ${receivers} receivers were read.` : '';
  return `Only addresses that got the token in these blocks were found; each balance is exact.${share}${cap} ${missing ?? 'Read from an earlier block to find more.'}`;
}
