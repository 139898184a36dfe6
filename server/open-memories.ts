import type { AccountRepository } from '#server/features/accounts/account-repository.ts';
import type { AgentService } from '#server/features/agents/agent-service.ts';
import { createMemoryRepository } from '#server/features/memories/memory-repository.ts';
import { createMemoryService } from '#server/features/memories/memory-service.ts';
import { createWatchRepository } from '#server/features/memories/watch-repository.ts';
import type { ModelService } from '#server/features/models/model-service.ts';
import { createLookRepository } from '#server/features/runs/look-repository.ts';
import type { Database } from '#server/platform/database.ts';
import type { TurnRunner } from '#server/runtime/run-turn.ts';

type Needs = {
  database: Database;
  agents: Pick<AgentService, 'resolveForRun'>;
  accountRepository: Pick<AccountRepository, 'findPerson'>;
  models: Pick<ModelService, 'resolveWishes'>;
  findFacts: TurnRunner['findFacts'];
  now: () => Date;
  logError: (error: unknown, message: string) => void;
};

/** The memories' part of the wiring: their needs of agents, models and the usage. */
export function openMemories({ database, agents, accountRepository, models, findFacts, now, logError }: Needs) {
  const looks = createLookRepository({ database });
  return createMemoryService({
    repository: createMemoryRepository({ database }),
    watches: createWatchRepository({ database }),
    ports: {
      resolveAgent: agents.resolveForRun,
      findPerson: accountRepository.findPerson,
      findFacts: async ({ identity, model }, request) =>
        findFacts({ ...request, agentName: identity.name }, await models.resolveWishes(model.wishes)),
      countLook: looks.add,
      countLooksSince: looks.count,
      now,
      logError,
    },
  });
}
