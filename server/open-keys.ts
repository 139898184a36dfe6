import type { AgentService } from '#server/features/agents/agent-service.ts';
import { createKeyRepository } from '#server/features/keys/key-repository.ts';
import { createKeyService } from '#server/features/keys/key-service.ts';
import type { BudgetService } from '#server/features/usage/budget-service.ts';
import type { Database } from '#server/platform/database.ts';

type Needs = {
  database: Database;
  agents: Pick<AgentService, 'resolveForRun'>;
  budgets: Pick<BudgetService, 'findSpendingOfKeys' | 'forget'>;
  logError: (error: unknown, message: string) => void;
};

/** The keys' part of the wiring. */
export function openKeys({ database, agents, budgets, logError }: Needs) {
  return createKeyService({
    repository: createKeyRepository({ database }),
    findAgents: async (actor, references) => {
      const found = references.map((reference) =>
        agents.resolveForRun(actor, reference).then(
          ({ agent }) => [agent],
          () => [],
        ),
      );
      return (await Promise.all(found)).flat();
    },
    findSpending: budgets.findSpendingOfKeys,
    onBudgetChange: budgets.forget,
    onUseNotStored: (error) => logError(error, 'the use of API keys could not be stored'),
  });
}
