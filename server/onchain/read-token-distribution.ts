import { type Address, hexToBigInt, numberToHex, type RpcLog, slice, getAddress } from 'viem';
import type { TokenDistribution } from '#server/contract/wallet-readings.ts';
import { findRange } from './block-range.ts';
import type { ChainContext, ReadChain } from './chain-context.ts';
import { warnOfToken } from './find-warnings.ts';
import { gatherHolders } from './gather-holders.ts';
import { inSteps } from './in-steps.ts';
import { findLabel, isBurnAddress } from './known-labels.ts';
import { toTokenAmount } from './list-transfers.ts';
import { measureConcentration } from './measure-concentration.ts';
import { readLogTimes } from './read-log-times.ts';
import { showShare } from './show-share.ts';
import { toTokenAddress } from './token-address.ts';

const usualMost = 20;
const mostCodes = 400;
const codesTogether = 50;
const mostDays = 400;

type Kind = TokenDistribution['holders'][number]['kind'];
type Moved = { minted: bigint; burned: bigint; transferred: bigint; transfers: number };

/**
 * How a token is spread over its holders at a block, contracts and burn addresses apart, and how much was made, burnt and
 * moved by day. All holders are found only where its transfers were read from its beginning.
 */
export const readTokenDistribution: ReadChain<'distribution'> = async (context, request) => {
  const { chain } = context;
  const token = toTokenAddress(request.token, chain);
  const isNarrowed = request.fromBlock !== undefined || request.days !== undefined;
  const { from, to, range, warnings } = await findRange(context, isNarrowed ? request : { ...request, fromBlock: 0 });
  const { details, supply, held, logs, note } = await gatherHolders(context, { token, from, to });
  const kinds = await readKinds(
    context,
    held.map(({ holder }) => holder),
    to,
  );
  const { times, note: timeNote } = await readLogTimes(context, logs);
  const amountOf = (raw: bigint) => toTokenAmount(raw, details, token);
  const sumOf = (kind: Kind) =>
    held.reduce((total, { holder, raw }) => (kinds.get(holder) === kind ? total + raw : total), 0n);
  const accounts = held.filter(({ holder }) => kinds.get(holder) === 'account');
  const { days, whole } = sumByDay(logs, times);
  const show = ({ minted, burned, transferred, transfers }: Moved) => ({
    minted: amountOf(minted),
    burned: amountOf(burned),
    transferred: amountOf(transferred),
    transfers,
  });
  const notes = [
    note,
    held.length > mostCodes
      ? `Of ${held.length} holders the biggest ${mostCodes} were looked at for whether they are contracts; the others count as accounts.`
      : null,
    timeNote,
    days.size > mostDays ? `Only the newest ${mostDays} days are listed.` : null,
  ].filter((one) => one !== null);
  return {
    token,
    symbol: details.symbol,
    totalSupply: supply === null ? null : amountOf(supply),
    holders: held.slice(0, request.most ?? usualMost).map(({ holder, raw }) => ({
      address: holder,
      label: findLabel(chain.id, holder),
      kind: kinds.get(holder) ?? 'account',
      balance: amountOf(raw),
      share: supply === null ? null : showShare(raw, supply),
    })),
    all: measureConcentration(held.map(({ raw }) => raw)),
    accounts: measureConcentration(accounts.map(({ raw }) => raw)),
    inContracts: amountOf(sumOf('contract')),
    burnt: amountOf(sumOf('burn')),
    days: [...days].slice(-mostDays).map(([day, moved]) => ({ day, ...show(moved) })),
    flow: show(whole),
    range,
    warnings: [...warnings, ...warnOfToken(details, chain.id)],
    partial: notes.join(' ') || null,
    block: range.to,
    explorerUrl: `${chain.explorerUrl}/token/${token}`,
  } satisfies TokenDistribution;
};

/** An account that delegates (EIP-7702) has code, and is still a person's. */
async function readKinds(
  { client, signal }: ChainContext,
  holders: readonly Address[],
  block: bigint,
): Promise<Map<Address, Kind>> {
  const asked = holders.slice(0, mostCodes);
  const codes = await inSteps(asked, { together: codesTogether, signal }, async (address) =>
    isBurnAddress(address)
      ? '0x'
      : await client.request({ method: 'eth_getCode', params: [address, numberToHex(block)] }),
  );
  return new Map(
    holders.map((holder, index) => {
      const code = codes[index] ?? '0x';
      const isContract = code.length > 2 && !code.startsWith('0xef0100');
      return [holder, isBurnAddress(holder) ? 'burn' : isContract ? 'contract' : 'account'];
    }),
  );
}

/** From nobody is a mint; to nobody, or to an address that nobody can use, a burn. */
function sumByDay(logs: readonly RpcLog[], times: ReadonlyMap<bigint, string>) {
  const nothing = (): Moved => ({ minted: 0n, burned: 0n, transferred: 0n, transfers: 0 });
  const days = new Map<string, Moved>();
  const whole = nothing();
  for (const { topics, data, blockNumber } of logs) {
    const [from, to] = [topics[1], topics[2]].map((topic) =>
      topic === undefined ? undefined : getAddress(slice(topic, 12)),
    );
    if (from === undefined || to === undefined || data.length !== 66) continue;
    const amount = hexToBigInt(data);
    const day = times.get(hexToBigInt(blockNumber ?? '0x0'))?.slice(0, 10);
    const moved = day === undefined ? null : (days.get(day) ?? nothing());
    if (day !== undefined && moved !== null) days.set(day, moved);
    for (const sum of moved === null ? [whole] : [whole, moved]) {
      sum.transfers += 1;
      if (/^0x0{40}$/.test(from)) sum.minted += amount;
      else if (isBurnAddress(to)) sum.burned += amount;
      else sum.transferred += amount;
    }
  }
  return { days, whole };
}
