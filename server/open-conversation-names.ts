import { v7 } from 'uuid';
import { createConversationNamer } from '#server/features/conversations/name-conversation.ts';
import { createTitleRepository } from '#server/features/conversations/title-repository.ts';
import type { ModelService } from '#server/features/models/model-service.ts';
import { createLookRepository } from '#server/features/runs/look-repository.ts';
import type { BudgetService } from '#server/features/usage/budget-service.ts';
import { HubError } from '#server/hub-error.ts';
import type { Database } from '#server/platform/database.ts';
import type { TurnRunner } from '#server/runtime/run-turn.ts';

type Needs = {
  database: Database;
  models: Pick<ModelService, 'resolveWishes'>;
  budgets: Pick<BudgetService, 'openAllowance'>;
  suggestTitle: TurnRunner['suggestTitle'];
  now: () => Date;
  logError: (error: unknown, message: string) => void;
};

/** The names that models give to conversations: their needs of models and the usage. */
export function openConversationNames({ database, models, budgets, suggestTitle, now, logError }: Needs) {
  const looks = createLookRepository({ database });
  return createConversationNamer({
    repository: createTitleRepository({ database }),
    suggestTitle: async ({ actor, agentId, definition, modelOwnerId, conversationId, ...said }, signal) => {
      const startedAt = now();
      const request = { run: v7(), actor, agentId, conversationId, budget: definition.budget };
      const allowance = await budgets.openAllowance(request).catch(toNull);
      if (allowance === null) return null;
      let spent: { tokens: number; costUsd: number | null } = { tokens: 0, costUsd: 0 };
      try {
        const chosen = await models.resolveWishes(definition.model.wishes, modelOwnerId);
        const suggested = await suggestTitle({ ...said, signal }, chosen);
        if (suggested === null) return null;
        const { title, model, usage, costUsd } = suggested;
        spent = { tokens: usage.inputTokens + usage.outputTokens, costUsd };
        await looks.add({
          startedBy: { kind: 'title' },
          agentId,
          userId: actor.userId,
          apiKeyId: null,
          model,
          usage,
          costUsd,
          startedAt,
          endedAt: now(),
        });
        return title;
      } catch (error) {
        return toNull(error);
      } finally {
        allowance.close(spent);
      }
    },
    logError,
  });
}

/** A budget that is spent or a model that does not answer leaves the first words. */
function toNull(error: unknown): null {
  if (error instanceof HubError) return null;
  throw error;
}
