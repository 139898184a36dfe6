import { createConversationNamer } from '#server/features/conversations/name-conversation.ts';
import { createTitleRepository } from '#server/features/conversations/title-repository.ts';
import type { ModelService } from '#server/features/models/model-service.ts';
import type { NewsService } from '#server/features/news/news-service.ts';
import type { BudgetService } from '#server/features/usage/budget-service.ts';
import { HubError } from '#server/hub-error.ts';
import type { Database } from '#server/platform/database.ts';
import type { TurnRunner } from '#server/runtime/run-turn.ts';
import { createLookMeter } from './meter-look.ts';

type Needs = {
  database: Database;
  models: Pick<ModelService, 'resolveWishes'>;
  budgets: Pick<BudgetService, 'openAllowance'>;
  suggestTitle: TurnRunner['suggestTitle'];
  news: Pick<NewsService, 'announce'>;
  now: () => Date;
  logError: (error: unknown, message: string) => void;
};

/** The names that models give to conversations: their needs of models and the usage. */
export function openConversationNames({ database, models, budgets, suggestTitle, news, now, logError }: Needs) {
  const meter = createLookMeter({ database, budgets, now });
  return createConversationNamer({
    repository: createTitleRepository({ database }),
    suggestTitle: async ({ actor, agentId, definition, modelOwnerId, conversationId, ...said }, signal) => {
      const agent = { id: agentId, budget: definition.budget };
      try {
        const chosen = await models.resolveWishes(definition.model.wishes, modelOwnerId);
        const asked = { actor, agent, conversationId, chosen };
        const { answer } = await meter({ ...asked, startedBy: { kind: 'title' } }, (onUsed) =>
          suggestTitle({ ...said, onUsed, signal }, chosen),
        );
        return answer;
      } catch (error) {
        // A budget that is spent or a model that does not answer leaves the first words.
        if (error instanceof HubError) return null;
        throw error;
      }
    },
    announce: news.announce,
    logError,
  });
}
