import { LRUCache } from 'lru-cache';
import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { MonthlyBudget, PersonBudget, Spending } from '#server/contract/budget.ts';
import { nothingSpent, type Spent } from '#server/contract/spent.ts';
import { HubError } from '#server/hub-error.ts';
import { type Allowance, createAllowances, type Limit } from './allowances.ts';
import type { BudgetRepository, Span, StoredBudgets } from './budget-repository.ts';
import { toMonth } from './calendar-month.ts';
import type { ReservationRepository } from './reservation-repository.ts';
import { canReadEverybodysUsage } from './usage-policy.ts';

/** A run that is about to begin. */
export type RunToAllow = {
  run: string;
  actor: Actor;
  agentId: string;
  conversationId: string;
  budget: AgentDefinition['budget'];
  /** Over whose own connection its model is called, who then pays for that; null: the hub's. Absent: not known. */
  payer?: string | null;
  /** What a run that is taken up again had spent before. */
  spent?: Spent;
};

type Needs = {
  repository: BudgetRepository;
  reservations: ReservationRepository | null;
  now: () => Date;
  logError: (error: unknown, message: string) => void;
};

const lifeMs = 10_000;

/**
 * Budgets that go beyond one run: of agents and their conversations, of keys and of people.
 *
 * A budget that was changed holds at once in this process, and within ten seconds in others.
 */
export function createBudgetService({ repository, reservations, now, logError }: Needs) {
  const known = new LRUCache<string, StoredBudgets>({
    max: 10_000,
    ttl: lifeMs,
    // Forgotten while it is read, it is answered but not kept.
    ignoreFetchAbort: true,
    // While the database is away, what was known of a budget still holds.
    allowStaleOnFetchRejection: true,
    fetchMethod: async (key) => {
      const [userId = '', keyId] = key.split(' ');
      return (await repository.findBudgets({ userId, keyId: keyId ?? null })) ?? undefined;
    },
  });

  async function findLimitsOf(person: string): Promise<Limit[]> {
    const stored = await known.fetch(person);
    if (stored === undefined) return [];
    const budget = stored.person ?? stored.everybody;
    return [{ kind: 'person', id: person, budget, span: toMonth(now()), paidBy: person }];
  }

  const allowances = createAllowances({ repository, findLimitsOf, reservations, logError });

  async function findActorLimits(actor: Actor, span: Span): Promise<Limit[]> {
    const keyId = actor.key?.id ?? null;
    const { visit, userId: paidBy } = actor;
    const stored = await known.fetch(keyId === null ? actor.userId : `${actor.userId} ${keyId}`);
    if (stored === undefined) return [];
    return [
      { kind: 'person', id: actor.userId, budget: stored.person ?? stored.everybody, span, paidBy },
      ...(keyId === null ? [] : [{ kind: 'key' as const, id: keyId, budget: stored.key, span, paidBy }]),
      ...(visit === undefined
        ? []
        : [
            {
              kind: 'embed' as const,
              id: visit.agent,
              budget: await repository.findEmbedBudget(visit.agent),
              span,
              paidBy,
            },
          ]),
    ];
  }

  function refuseOthers(actor: Actor) {
    if (!canReadEverybodysUsage(actor)) {
      throw new HubError('forbidden', {
        en: 'Only administrators see and set the budgets.',
        zh: '只有管理员可以查看和设置预算。',
      });
    }
  }

  async function readPerson(person: string): Promise<PersonBudget> {
    const budgets = await repository.findBudgets({ userId: person, keyId: null });
    if (budgets === null) throw personNotFound();
    const month = toMonth(now());
    return {
      person,
      own: budgets.person,
      budget: budgets.person ?? budgets.everybody,
      spent: await repository.sumSpending({ kind: 'person', id: person }, month, null),
      renewsAt: month.to.toISOString(),
    };
  }

  return {
    /**
     * Lets a run begin that may spend something, and gives it what it may spend.
     *
     * @throws {HubError} `budget_exceeded`
     */
    openAllowance: async ({
      run,
      actor,
      agentId,
      conversationId,
      budget,
      payer,
      spent,
    }: RunToAllow): Promise<Allowance> => {
      const span = toMonth(now());
      const limits: Limit[] = [
        {
          kind: 'agent',
          id: agentId,
          budget: { maximumTokens: budget.maximumTokensPerMonth, maximumUsd: budget.maximumUsdPerMonth },
          span,
          paidBy: null,
        },
        {
          kind: 'conversation',
          id: conversationId,
          budget: { maximumTokens: budget.maximumTokensPerConversation, maximumUsd: budget.maximumUsdPerConversation },
          span: null,
          paidBy: null,
        },
        ...(await findActorLimits(actor, span)),
      ];
      const before = spent ?? nothingSpent;
      return allowances.open({ run, runner: actor.userId, limits, before, ...(payer === undefined ? {} : { payer }) });
    },

    /**
     * The same for a tool that is called by hand.
     *
     * @throws {HubError} `budget_exceeded`
     */
    openCallAllowance: async ({ run, actor }: Pick<RunToAllow, 'run' | 'actor'>): Promise<Allowance> =>
      allowances.open({
        run,
        runner: actor.userId,
        limits: await findActorLimits(actor, toMonth(now())),
        payer: null,
        before: nothingSpent,
      }),

    /** What is remembered of budgets is read anew. */
    forget: () => known.clear(),

    /** What keys have spent this month; those that spent nothing are missing. */
    findSpendingOfKeys: (keyIds: string[]): Promise<Map<string, Spending>> =>
      repository.sumByKey(keyIds, toMonth(now())),

    readOwn: (actor: Actor): Promise<PersonBudget> => readPerson(actor.userId),

    async readPerson(actor: Actor, person: string): Promise<PersonBudget> {
      refuseOthers(actor);
      return readPerson(person);
    },

    async setPerson(actor: Actor, person: string, budget: MonthlyBudget | null): Promise<PersonBudget> {
      refuseOthers(actor);
      if (!(await repository.savePersonBudget(person, budget))) throw personNotFound();
      known.clear();
      return readPerson(person);
    },

    async readEverybody(actor: Actor): Promise<MonthlyBudget> {
      refuseOthers(actor);
      return repository.findEverybodysBudget();
    },

    async setEverybody(actor: Actor, budget: MonthlyBudget): Promise<MonthlyBudget> {
      refuseOthers(actor);
      await repository.saveEverybodysBudget(budget);
      known.clear();
      return budget;
    },
  };
}
export type BudgetService = ReturnType<typeof createBudgetService>;

const personNotFound = () =>
  new HubError('not_found', { en: 'There is no such person on this hub.', zh: '此中枢没有这个人。' });
