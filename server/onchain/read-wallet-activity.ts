import type { WalletActivity } from '#server/contract/wallet-readings.ts';
import type { ReadChain } from './chain-context.ts';
import { toInputError } from './chain-errors.ts';
import { toExactAmount } from './exact-amount.ts';
import { findFirstFunding } from './find-first-funding.ts';
import { findLookAlikes, warnOfLookAlikes, warnOfToken, warnOfZeroTransfers } from './find-warnings.ts';
import { gatherWallet, toPartialNote, type WalletMove } from './gather-wallet.ts';
import { findLabel } from './known-labels.ts';
import { findOrder, rankCounterparties, toOrderTold } from './rank-counterparties.ts';

const mostCounterparties = 30;
const mostFlows = 4;
const mostDays = 400;

type Flow = { token: string; sample: WalletMove['amount']; received: bigint; sent: bigint };

/**
 * What a wallet did on one chain in a range of blocks: flows by day, with whom, when, and who sent it its first coins.
 * Labels are what the hub knows; what a contract says of itself is not among them.
 */
export const readWalletActivity: ReadChain<'activity'> = async (context, request) => {
  const { chain } = context;
  const clock = openClock(request.timeZone ?? 'UTC');
  const wallet = await gatherWallet(context, request);
  const { moves, tokens, addresses } = wallet;
  const [address] = addresses;
  const first = address === undefined ? null : await findFirstFunding(context, address, wallet.to);
  const timed = moves.map((move) => ({ ...move, at: move.time === null ? null : clock(move.time) }));
  const days = groupBy(
    timed.filter(({ at }) => at !== null),
    ({ at }) => at?.day ?? '',
  );
  const dayRows = [...days].flatMap(([day, of]) =>
    sumByToken(of).map(({ token, sample, received, sent }) => ({
      day,
      token,
      received: toExactAmount(received, sample),
      sent: toExactAmount(sent, sample),
    })),
  );
  const hours = groupBy(
    timed.flatMap(({ at }) => (at === null ? [] : [at])),
    ({ weekday, hour }) => `${weekday} ${hour}`,
  );
  const order = findOrder(request, moves, chain);
  const found = toCounterparties(moves, { addresses, chainId: chain.id, fakes: findFakes() });
  const parties = rankCounterparties(found, order);
  const untimed = timed.filter(({ at }) => at === null).length;

  function findFakes(): Set<string> {
    return new Set(
      [...tokens.values()].flatMap((token) => (warnOfToken(token, chain.id).length > 0 ? [token.address] : [])),
    );
  }

  return {
    addresses,
    label: findLabel(chain.id, address ?? ''),
    transfers: moves.length,
    transactions: new Set(moves.map(({ transaction }) => transaction)).size,
    flows: sumByToken(moves).map(({ token, sample, received, sent }) => ({
      token,
      received: toExactAmount(received, sample),
      sent: toExactAmount(sent, sample),
      net: toExactAmount(received - sent, sample),
    })),
    days: dayRows.slice(-mostDays),
    counterparties: parties
      .slice(0, mostCounterparties)
      .map((party) => ({ ...party, flows: party.flows.slice(0, mostFlows) })),
    counterpartyOrder: toOrderTold(order, found),
    counterpartyCount: parties.length,
    firstFunding: first?.funding ?? null,
    hours: [...hours].map(([name, of]) => {
      const [weekday = 0, hour = 0] = name.split(' ').map(Number);
      return { weekday, hour, transfers: of.length };
    }),
    timeZone: request.timeZone ?? 'UTC',
    coin: wallet.coin,
    range: wallet.range,
    warnings: [
      ...wallet.warnings,
      ...warnOfZeroTransfers(moves),
      ...warnOfLookAlikes([...addresses, ...moves.map(({ counterparty }) => counterparty)]),
      ...[...tokens.values()].flatMap((token) => warnOfToken(token, chain.id)),
    ],
    partial: toPartialNote([
      ...wallet.notes,
      ...[first?.note ?? []].flat(),
      ...(untimed === 0 ? [] : [`${untimed} transfers are in no day and hour: no RPC tells their time.`]),
      ...(dayRows.length > mostDays
        ? [`Only the newest ${mostDays} rows of days are listed. Ask for fewer blocks.`]
        : []),
    ]),
    block: wallet.range.to,
    explorerUrl: `${chain.explorerUrl}/address/${address ?? ''}`,
  } satisfies WalletActivity;
};

/** Tells the day, the weekday (1 is Monday) and the hour of a time where the person is. */
function openClock(timeZone: string): (time: string) => { day: string; weekday: number; hour: number } {
  const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      weekday: 'short',
      hour: '2-digit',
      hourCycle: 'h23',
    });
  } catch {
    throw toInputError('timeZone', {
      en: `"${timeZone.slice(0, 60)}" is not a time zone. Give one such as UTC, Europe/Berlin or Asia/Shanghai.`,
      zh: `“${timeZone.slice(0, 60)}”不是时区。请使用 UTC、Europe/Berlin 或 Asia/Shanghai 这样的名称。`,
    });
  }
  return (time) => {
    const parts = new Map(format.formatToParts(new Date(time)).map(({ type, value }) => [type, value]));
    const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? '';
    return {
      day: `${part('year')}-${part('month')}-${part('day')}`,
      weekday: weekdays.indexOf(part('weekday')) + 1,
      hour: Number(part('hour')),
    };
  };
}

function groupBy<Item>(items: readonly Item[], nameOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const name = nameOf(item);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return groups;
}

/** Pieces of a collection are counted by their number. */
function sumByToken(moves: readonly WalletMove[]): Flow[] {
  return [...groupBy(moves, ({ token, amount }) => `${token} ${amount.symbol} ${amount.decimals}`).values()].flatMap(
    (of): Flow[] => {
      const [some] = of;
      if (some === undefined) return [];
      const total = (side: WalletMove['direction']) =>
        of.reduce((sum, { direction, amount }) => (direction === side ? sum + BigInt(amount.raw) : sum), 0n);
      return [{ token: some.token, sample: some.amount, received: total('in'), sent: total('out') }];
    },
  );
}

/** With whom the wallet dealt. */
function toCounterparties(
  moves: readonly WalletMove[],
  { addresses, chainId, fakes }: { addresses: readonly string[]; chainId: number; fakes: ReadonlySet<string> },
): WalletActivity['counterparties'] {
  const groups = groupBy(moves, ({ counterparty }) => counterparty);
  const alike = new Set(findLookAlikes([...addresses, ...groups.keys()]).flatMap(({ group }): string[] => group));
  return [...groups].map(([address, of]) => ({
    address,
    label: findLabel(chainId, address),
    transfers: of.length,
    first: of[0]?.time ?? null,
    last: of.at(-1)?.time ?? null,
    flows: sumByToken(of).map(({ token, sample, received, sent }) => ({
      token,
      received: toExactAmount(received, sample),
      sent: toExactAmount(sent, sample),
    })),
    flags: [
      ...(of.some(({ amount }) => amount.raw === '0') ? (['poisoning'] as const) : []),
      ...(alike.has(address) ? (['look-alike'] as const) : []),
      ...(of.some(({ token }) => fakes.has(token)) ? (['fake-token'] as const) : []),
    ],
  }));
}
