import type { MonthlyBudget, Spending } from '#server/contract/budget.ts';
import { findSpentBudget } from './budget-errors.ts';
import type { BudgetRepository, Span, Subject } from './budget-repository.ts';

/** A limit that holds for a run; a `span` of null is for ever. */
export type Limit = Subject & { budget: MonthlyBudget; span: Span | null };

/** What a run may still spend. */
export type Allowance = {
  /**
   * Told what the run has spent so far, in all.
   *
   * @throws {HubError} `budget_exceeded`
   */
  check: (spent: { tokens: number; costUsd: number | null }) => Promise<void>;
  /** When the run's end is stored, or given up. */
  close: (spent: { tokens: number; costUsd: number | null }) => void;
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
};

/** `isCalling`: it may spend something more, of which nothing is known yet. */
type LiveSpending = Spending & { isCalling: boolean };

const nothing: Spending = { tokens: 0, costUsd: 0 };
const lifeMs = 10_000;
const mostIdle = 1000;

/** Where there is no limit, nothing is asked or kept. */
export const unlimited: Allowance = { check: async () => {}, close: () => {} };

const isLimited = ({ budget }: Limit) => budget.maximumTokens !== null || budget.maximumUsd !== null;

type Needs = {
  repository: Pick<BudgetRepository, 'sumSpending'>;
  logError: (error: unknown, message: string) => void;
};

/**
 * What subjects with a limit have spent: the stored sum, read again when it is older than ten seconds, and what the runs
 * of this process add to it meanwhile. So runs side by side stop at the same limit: before each step of one, as much is held
 * for each of the others as the last call took. What other processes spend is seen when their runs have ended.
 */
export function createAllowances({ repository, logError }: Needs) {
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

  function refuseSpent(run: string, limit: Limit, { stored, live, lastCall }: Account) {
    const spent = [stored, ...live.values()].reduce(add, nothing);
    const held = [...live].filter(([other, { isCalling }]) => other !== run && isCalling).map(() => lastCall);
    const problem = findSpentBudget(limit, limit.budget, { spent, held: held.reduce(add, nothing) }, limit.span);
    if (problem !== null) throw problem;
  }

  /** Takes over what a run has spent by now; what it spent since it was last asked was one call's. */
  function update(
    own: LiveSpending,
    { tokens, costUsd }: { tokens: number; costUsd: number | null },
    accounts: Account[],
  ) {
    const call = { tokens: tokens - own.tokens, costUsd: (costUsd ?? 0) - own.costUsd };
    if (call.tokens > 0) for (const account of accounts) account.lastCall = call;
    Object.assign(own, { tokens, costUsd: costUsd ?? 0 });
  }

  return {
    /** @throws {HubError} `budget_exceeded`, naming the limit that is met */
    async open(run: string, given: Limit[], before: Spending = { tokens: 0, costUsd: 0 }): Promise<Allowance> {
      const limits = given.filter(isLimited).map((limit) => ({ limit, account: findAccount(limit) }));
      if (limits.length === 0) return unlimited;
      const own: LiveSpending = { ...before, isCalling: false };
      const ofRun = limits.map(({ account }) => account);
      // What it has stored already is told by itself from now on, and left out of the sum.
      if (before.tokens > 0) {
        for (const { account } of limits) Object.assign(account, { readAtMs: -Infinity }).live.set(run, own);
      }
      try {
        await Promise.all(limits.map(({ limit, account }) => refresh(limit, account)));
        for (const { limit, account } of limits) refuseSpent(run, limit, account);
      } catch (error) {
        for (const { account } of limits) account.live.delete(run);
        throw error;
      }
      for (const { account } of limits) account.live.set(run, own);
      return {
        check: async (spent) => {
          update(own, spent, ofRun);
          own.isCalling = false;
          await Promise.all(
            limits.map(({ limit, account }) =>
              // A run goes on while the database is away; what is known of its limits still holds.
              refresh(limit, account).catch((error: unknown) => logError(error, 'a budget could not be read anew')),
            ),
          );
          for (const { limit, account } of limits) refuseSpent(run, limit, account);
          own.isCalling = true;
        },
        close: (spent) => {
          update(own, spent, ofRun);
          for (const { account } of limits) if (account.live.delete(run)) account.stored = add(account.stored, own);
        },
      };
    },
  };
}

function add(one: Spending, other: Spending): Spending {
  return { tokens: one.tokens + other.tokens, costUsd: one.costUsd + other.costUsd };
}
