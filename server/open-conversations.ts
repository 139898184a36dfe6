import type { AgentService } from '#server/features/agents/agent-service.ts';
import { createBranchRepository } from '#server/features/conversations/branch-repository.ts';
import { createConversationRepository } from '#server/features/conversations/conversation-repository.ts';
import { createConversationService } from '#server/features/conversations/conversation-service.ts';
import { createDeletionRepository } from '#server/features/conversations/deletion-repository.ts';
import { createFolderRepository } from '#server/features/conversations/folder-repository.ts';
import { createSearchRepository } from '#server/features/conversations/search-repository.ts';
import { createFeedbackRepository } from '#server/features/feedback/feedback-repository.ts';
import { createFeedbackService } from '#server/features/feedback/feedback-service.ts';
import type { FileService } from '#server/features/files/file-service.ts';
import type { NewsService } from '#server/features/news/news-service.ts';
import type { RunService } from '#server/features/runs/run-service.ts';
import { createShareRepository } from '#server/features/shares/share-repository.ts';
import { createShareService } from '#server/features/shares/share-service.ts';
import type { Database } from '#server/platform/database.ts';
import { toRunParts } from '#server/features/runs/present-run.ts';

type Needs = {
  database: Database;
  agents: Pick<AgentService, 'resolveForRun' | 'getDraft'>;
  runs: Pick<RunService, 'findActiveRun' | 'findAnsweringAgent' | 'stopRunsOf'>;
  files: Pick<FileService, 'open'>;
  news: Pick<NewsService, 'announce'>;
  now: () => Date;
};

/** The wiring of conversations, of what is shared of them, and of what people say about answers. */
export function openConversations({ database, agents, runs, files, news, now }: Needs) {
  const conversations = createConversationService({
    repository: createConversationRepository({ database }),
    branches: createBranchRepository({ database }),
    folders: createFolderRepository({ database }),
    search: createSearchRepository({ database }),
    deletions: createDeletionRepository({ database }),
    ports: {
      resolveAgent: async (actor, reference) => (await agents.resolveForRun(actor, reference)).agent,
      findActiveRun: runs.findActiveRun,
      findAnsweringAgent: runs.findAnsweringAgent,
      stopRuns: (conversationId) => runs.stopRunsOf({ conversationId }),
      readRunParts: toRunParts,
      announce: news.announce,
      now,
    },
  });
  const shares = createShareService({
    repository: createShareRepository({ database }),
    ports: {
      getConversation: conversations.get,
      readMessages: conversations.readShown,
      openFile: (userId, file) => files.open({ userId, name: '', role: 'member', key: null }, file),
      now,
    },
  });
  const feedback = createFeedbackService({
    repository: createFeedbackRepository({ database }),
    ports: {
      findAnswer: conversations.findAnswer,
      findAgent: (actor, reference) => agents.getDraft(actor, reference),
      now,
    },
  });
  return { conversations, shares, feedback };
}
