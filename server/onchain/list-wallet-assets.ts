import { type Address, erc20Abi, hexToBigInt, numberToHex } from 'viem';
import type { ChainContext } from './chain-context.ts';
import { toNothing } from './chain-errors.ts';
import type { GatheredWallet } from './gather-wallet.ts';
import { inSteps } from './in-steps.ts';
import type { PricedAsset } from './price-history.ts';
import type { PaidFee } from './read-fees.ts';

const mostAssets = 40;
const assetsTogether = 30;

/** Something that changed how much there is of an asset; `opening` is what was there before. */
export type AssetEvent = {
  kind: 'in' | 'out';
  as: 'in' | 'out' | 'fee' | 'opening';
  amount: bigint;
  block: bigint;
  time: string | null;
  transaction: string | null;
};
export type WalletAsset = PricedAsset & { decimals: number; closing: bigint; events: AssetEvent[] };

export const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);

/** What moved, asset by asset, with what was there before: what is there at the end, less what came, and what left. */
export async function listWalletAssets(
  context: ChainContext,
  wallet: GatheredWallet,
  { fees, notes }: { fees: PaidFee[]; notes: string[] },
): Promise<WalletAsset[]> {
  const { chain, client, signal } = context;
  const { moves, tokens, addresses, to, from, range } = wallet;
  const fungible = moves.filter(({ token, amount }) => {
    const details = tokens.get(token);
    return (
      token === 'native' || (details !== undefined && details.decimals !== null && amount.symbol === details.symbol)
    );
  });
  if (fungible.length < moves.length)
    notes.push(
      `${moves.length - fungible.length} transfers of NFTs, or of tokens that do not tell their decimals, are not valued.`,
    );
  const isCoinCounted = wallet.isCoinWhole;
  if (!isCoinCounted)
    notes.push(`${chain.nativeCurrency.symbol} itself is left out, for not all of its transfers could be read.`);
  const names = [...new Set(fungible.map(({ token }) => token))].filter((token) => token !== 'native');
  const counted = names.slice(0, mostAssets);
  if (names.length > counted.length)
    notes.push(`${names.length - counted.length} further tokens are left out. Ask for fewer blocks.`);

  const balanceOf = async (token: string): Promise<bigint | null> => {
    const balances = await Promise.all(
      addresses.map(async (address) =>
        token === 'native'
          ? hexToBigInt(await client.request({ method: 'eth_getBalance', params: [address, numberToHex(to)] }))
          : await client
              .readContract({
                address: token as Address,
                abi: erc20Abi,
                functionName: 'balanceOf',
                args: [address],
                blockNumber: to,
              })
              .catch(toNothing),
      ),
    );
    return balances.some((balance) => balance === null) ? null : sum(balances.map((balance) => balance ?? 0n));
  };
  const all = await inSteps(
    [...(isCoinCounted ? ['native'] : []), ...counted],
    { together: assetsTogether, signal },
    async (token) => {
      const details = token === 'native' ? chain.nativeCurrency : tokens.get(token);
      const closing = await balanceOf(token);
      if (details === undefined || details.decimals === null || closing === null) return [];
      const events = fungible
        .filter((move) => move.token === token)
        .map(({ direction, amount, block, time, transaction }): AssetEvent => ({
          kind: direction,
          as: direction,
          amount: BigInt(amount.raw),
          block,
          time,
          transaction,
        }));
      const paid = token === 'native' ? fees.map((fee) => toFeeEvent(fee, wallet)) : [];
      const inOrder = [...events, ...paid].sort((one, other) =>
        one.block < other.block ? -1 : one.block > other.block ? 1 : 0,
      );
      const net = sum(inOrder.map(({ kind, amount }) => (kind === 'in' ? amount : -amount)));
      const opening = closing - net;
      if (opening < 0n)
        notes.push(
          `More ${details.symbol} left than came and was there: the token does not tell all of its transfers.`,
        );
      const before: AssetEvent[] =
        opening > 0n
          ? [{ kind: 'in', as: 'opening', amount: opening, block: from, time: range.from.timestamp, transaction: null }]
          : [];
      const asset: WalletAsset = {
        token: token === 'native' ? 'native' : (token as Address),
        symbol: details.symbol,
        decimals: details.decimals,
        closing,
        events: [...before, ...inOrder],
      };
      return asset.events.length === 0 ? [] : [asset];
    },
  );
  return all.flat();
}

function toFeeEvent({ amount, block, transaction }: PaidFee, { rows }: GatheredWallet): AssetEvent {
  const time = rows.find((row) => row.block === block)?.time ?? null;
  return { kind: 'out', as: 'fee', amount, block, time, transaction };
}
