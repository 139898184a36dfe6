import type { MonthlyBudget, Spending } from '#server/contract/budget.ts';
import type { NextCall, Spent } from '#server/contract/spent.ts';
import { findSpentBudget, payerHasSpent } from './budget-errors.ts';
import type { BudgetRepository, Span, Subject } from './budget-repository.ts';
import type { ReservationRepository } from './reservation-repository.ts';

/**
 * A limit that holds for a run; a `span` of null is for ever. `paidBy`: of the run's calls only those count that this person
 * pays for; null: all.
 */
export type Limit = Subject & { budget: MonthlyBudget; span: Span | null; paidBy: string | null };

/** What a run may still spend. */
export type Allowance = {
  /**
   * Told what the run has spent so far, in all, and what model it calls next; null: it calls a tool.
   *
   * @throws {HubError} `budget_exceeded`
   */
  check: (spent: Spent, next: NextCall | null) => Promise<void>;
  /** When the run's end is stored, or given up. */
  close: (spent: Spent) => void;
};

export type RunToLimit = {
  run: string;
  /** Who pays for what goes over the hub's connections. */
  runner: string;
  limits: Limit[];
  /** Over whose own connection its first call goes; null: the hub's. Absent: not known. */
  payer?: string | null;
  /** What a run that is taken up again had spent before. */
  before: Spent;
};

type Account = {
  /** What the database knows, without the runs in `live`. */
  stored: Spending;
  readAtMs: number;
  reading: Promise<void> | null;
  /** The runs of this process that are under way. */
  live: Map<string, LiveSpending>;
  /** What the last call took, and so what the next may. */
  lastCall: Spending;
  /** What other processes' runs have spent that `stored` lacks, and hold. */
  others: { spent: Spending; held: Spending };
};

/** `next`: it may spend something more, about so much at the least; null: it does not. */
type LiveSpending = Spending & { next: Spending | null };

const nothing: Spending = { tokens: 0, costUsd: 0 };
const lifeMs = 10_000;
const mostIdle = 1000;

/** A limit of a run under way, and what the run has spent of it. */
type Held = { limit: Limit; account: Account; own: LiveSpending };

/** A limit of what one person pays for leaves a run alone until they pay for some of it. */
function isOfNext({ limit: { paidBy }, own }: Held, runner: string, next: Pick<NextCall, 'payer'> | null): boolean {
  const paysNext = next !== null && (next.payer ?? runner) === paidBy;
  return paidBy === null || paysNext || own.tokens > 0 || own.costUsd > 0;
}

/** What a call may take: as much as the last one, or as is known of it where there was none. */
const toHeld = ({ lastCall }: Account, next: Spending): Spending => (lastCall.tokens > 0 ? lastCall : next);

const isLimited = ({ budget }: Limit) => budget.maximumTokens !== null || budget.maximumUsd !== null;

type Needs = {
  repository: Pick<BudgetRepository, 'sumSpending'>;
  /** The limits of a person over whose connection somebody else's run goes. */
  findLimitsOf: (payer: string) => Promise<Limit[]>;
  /** Null where no other process shares the database. */
  reservations: ReservationRepository | null;
  logError: (error: unknown, message: string) => void;
};

/**
 * What subjects with a limit have spent: the stored sum, read again when it is older than ten seconds, and what the runs
 * of this process add to it meanwhile. So runs side by side stop at the same limit: before each step of one, as much is held
 * for each of the others as the last call took, or as its own request does where there was none. What runs of other processes
 * spend and hold is asked before each step. Where there is no limit, nothing is asked or kept.
 */
export function createAllowances({ repository, findLimitsOf, reservations, logError }: Needs) {
  const accounts = new Map<string, Account>();

  const isFresh = (account: Account) => performance.now() - account.readAtMs < lifeMs;

  function findAccount({ kind, id, span }: Limit): Account {
    const key = `${kind} ${id} ${span?.from.toISOString() ?? ''}`;
    const known = accounts.get(key);
    if (known !== undefined) return known;
    if (accounts.size >= mostIdle) forgetIdle();
    const account: Account = {
      stored: { tokens: 0, costUsd: 0 },
      readAtMs: -Infinity,
      reading: null,
      live: new Map(),
      lastCall: nothing,
      others: { spent: nothing, held: nothing },
    };
    accounts.set(key, account);
    return account;
  }

  function forgetIdle() {
    for (const [key, account] of accounts) {
      if (account.live.size === 0 && account.reading === null && !isFresh(account)) accounts.delete(key);
    }
  }

  async function read(limit: Limit, account: Account): Promise<void> {
    const readAtMs = performance.now();
    const leftOut = [...account.live];
    const sum = await repository.sumSpending(
      limit,
      limit.span,
      leftOut.map(([run]) => run),
    );
    const ended = leftOut.filter(([run]) => !account.live.has(run)).map(([, spent]) => spent);
    account.stored = [sum, ...ended].reduce(add);
    account.readAtMs = readAtMs;
  }

  /** Joins a reading that is under way: a run that begins meanwhile must not be left out of it and counted nowhere. */
  async function refresh(limit: Limit, account: Account): Promise<void> {
    if (account.reading === null && isFresh(account)) return;
    account.reading ??= read(limit, account).finally(() => (account.reading = null));
    await account.reading;
  }

  function refuseSpent({ run, runner }: Pick<RunToLimit, 'run' | 'runner'>, { limit, account }: Held) {
    const { stored, live, others } = account;
    const spent = [stored, ...live.values()].reduce(add, others.spent);
    const calling = [...live].flatMap(([other, { next }]) =>
      other === run || next === null ? [] : [toHeld(account, next)],
    );
    const held = calling.reduce(add, others.held);
    const problem = findSpentBudget(limit, limit.budget, { spent, held }, limit.span);
    if (problem !== null) throw limit.paidBy === null || limit.paidBy === runner ? problem : payerHasSpent();
  }

  /** Takes over what a run has spent by now; what it spent since it was last asked was one call's. */
  function update({ limit, account, own }: Held, runner: string, spent: Spent) {
    const { tokens, costUsd } = toShare(limit, runner, spent);
    const call = { tokens: tokens - own.tokens, costUsd: costUsd - own.costUsd };
    if (call.tokens > 0) account.lastCall = call;
    Object.assign(own, { tokens, costUsd });
  }

  /** A run goes on while the database is away; what is known of its limits still holds. */
  const tellFailure = (error: unknown) => logError(error, 'what other processes spend of a budget could not be asked');

  /** Tells other processes what a run has spent and may spend next, and hears the same of theirs. */
  async function askOthers(run: string, held: Held[], toHold: (one: Held) => Spending): Promise<void> {
    if (reservations === null || held.length === 0) return;
    const own = held.map((one) => ({ subject: one.limit, spent: one.own, held: toHold(one) }));
    const found = await reservations.reserve(run, own).catch(tellFailure);
    held.forEach(({ account }, place) => Object.assign(account, { others: found?.[place] ?? account.others }));
  }

  function leaveOthers(run: string, held: Held[]): void {
    if (reservations === null || held.length === 0) return;
    const own = held.map((one) => ({ subject: one.limit, spent: one.own, held: nothing }));
    reservations.release(run, own).catch(tellFailure);
  }

  const hold = (limits: Limit[], toOwn: (limit: Limit) => Spending): Held[] =>
    limits
      .filter(isLimited)
      .map((limit) => ({ limit, account: findAccount(limit), own: { ...toOwn(limit), next: null } }));

  return {
    /** @throws {HubError} `budget_exceeded`, naming the limit that is met */
    async open({ run, runner, limits, payer, before }: RunToLimit): Promise<Allowance> {
      const known = new Set([runner]);
      const findNew = async (others: (string | null)[]): Promise<Limit[]> => {
        const unknown = others.flatMap((payer) => (payer === null || known.has(payer) ? [] : [payer]));
        for (const payer of unknown) known.add(payer);
        return unknown.length === 0 ? [] : (await Promise.all([...new Set(unknown)].map(findLimitsOf))).flat();
      };
      const toPayers = ({ parts }: Spent) => parts.map(({ payer }) => payer);
      const all = [...limits, ...(await findNew([payer ?? null, ...toPayers(before)]))];
      const held = hold(all, (limit) => toShare(limit, runner, before));
      // What it has stored already is told by itself from now on, and left out of the sum.
      if (before.tokens > 0) {
        for (const { account, own } of held) Object.assign(account, { readAtMs: -Infinity }).live.set(run, own);
      }
      try {
        await Promise.all(held.map(({ limit, account }) => refresh(limit, account)));
        await askOthers(run, held, () => nothing);
        const next = payer === undefined ? null : { payer };
        for (const one of held) if (isOfNext(one, runner, next)) refuseSpent({ run, runner }, one);
      } catch (error) {
        for (const { account } of held) account.live.delete(run);
        leaveOthers(run, held);
        throw error;
      }
      for (const { account, own } of held) account.live.set(run, own);
      return {
        check: async (spent, next) => {
          // Whose connections the agents use that it calls shows when they are used.
          const found = await findNew([next?.payer ?? null, ...toPayers(spent)]).catch((error: unknown) => {
            logError(error, 'the budget of who pays for a call could not be read');
            return [];
          });
          const more = hold(found, () => nothing);
          for (const { account, own } of more) account.live.set(run, own);
          held.push(...more);
          for (const one of held) {
            update(one, runner, spent);
            one.own.next = null;
          }
          await Promise.all(
            held.map(({ limit, account }) =>
              refresh(limit, account).catch((error: unknown) => logError(error, 'a budget could not be read anew')),
            ),
          );
          const concerned = new Set(held.filter((one) => isOfNext(one, runner, next)));
          const size = concerned.size === 0 ? nothing : (next?.size() ?? nothing);
          await askOthers(run, held, (one) => (concerned.has(one) ? toHeld(one.account, size) : nothing));
          for (const one of concerned) refuseSpent({ run, runner }, one);
          for (const { own } of concerned) own.next = size;
        },
        close: (spent) => {
          for (const one of held) {
            update(one, runner, spent);
            if (one.account.live.delete(run)) one.account.stored = add(one.account.stored, one.own);
          }
          leaveOthers(run, held);
        },
      };
    },
  };
}

/** What of a run's calls counts towards a limit. */
function toShare({ paidBy }: Limit, runner: string, { tokens, costUsd, parts }: Spent): Spending {
  if (paidBy === null) return { tokens, costUsd };
  return parts.filter(({ payer }) => (payer ?? runner) === paidBy).reduce<Spending>(add, nothing);
}

function add(one: Spending, other: Spending): Spending {
  return { tokens: one.tokens + other.tokens, costUsd: one.costUsd + other.costUsd };
}
