import type { Actor } from '#server/contract/actor.ts';
import type { AccountRepository } from '#server/features/accounts/account-repository.ts';
import type { AgentService } from '#server/features/agents/agent-service.ts';
import { createMemoryRepository } from '#server/features/memories/memory-repository.ts';
import { createMemoryService } from '#server/features/memories/memory-service.ts';
import { createWatchRepository } from '#server/features/memories/watch-repository.ts';
import type { ModelService } from '#server/features/models/model-service.ts';
import { createLookRepository } from '#server/features/runs/look-repository.ts';
import type { BudgetService } from '#server/features/usage/budget-service.ts';
import type { Database } from '#server/platform/database.ts';
import type { TurnRunner } from '#server/runtime/run-turn.ts';
import { createLookMeter } from './meter-look.ts';

type Needs = {
  database: Database;
  agents: Pick<AgentService, 'resolveForRun'>;
  accountRepository: Pick<AccountRepository, 'findPerson'>;
  models: Pick<ModelService, 'resolveWishes'>;
  budgets: Pick<BudgetService, 'openAllowance'>;
  findFacts: TurnRunner['findFacts'];
  now: () => Date;
  logError: (error: unknown, message: string) => void;
};

/** The memories' part of the wiring: their needs of agents, models and the usage. */
export function openMemories({
  database,
  agents,
  accountRepository,
  models,
  budgets,
  findFacts,
  now,
  logError,
}: Needs) {
  const looks = createLookRepository({ database });
  const meter = createLookMeter({ database, budgets, now });
  return createMemoryService({
    repository: createMemoryRepository({ database }),
    watches: createWatchRepository({ database }),
    ports: {
      resolveAgent: agents.resolveForRun,
      findPerson: accountRepository.findPerson,
      findFacts: async ({ userId, agentId, conversationId, definition, modelOwnerId }, request) => {
        const { identity, model, budget } = definition;
        const actor: Actor = { userId, name: '', role: 'member', key: null };
        const chosen = await models.resolveWishes(model.wishes, modelOwnerId);
        const asked = { actor, agent: { id: agentId, budget }, conversationId, chosen };
        const { answer } = await meter({ ...asked, startedBy: { kind: 'memory' } }, (onUsed) =>
          findFacts({ ...request, agentName: identity.name, onUsed }, chosen),
        );
        return answer ?? [];
      },
      countLooksSince: looks.count,
      now,
      logError,
    },
  });
}
