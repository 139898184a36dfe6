import type { AgentService } from '#server/features/agents/agent-service.ts';
import { createCategoryRepository } from '#server/features/hub/category-repository.ts';
import type { HubPorts } from '#server/features/hub/hub-ports.ts';
import { createHubRepository } from '#server/features/hub/hub-repository.ts';
import { createHubService } from '#server/features/hub/hub-service.ts';
import { createModerationRepository } from '#server/features/hub/moderation-repository.ts';
import { createReviewRepository } from '#server/features/hub/review-repository.ts';
import { createStandingRepository } from '#server/features/hub/standing-repository.ts';
import type { Database } from '#server/platform/database.ts';

type Needs = { database: Database; agents: Pick<AgentService, 'getShared'> } & Pick<HubPorts, 'listTools' | 'now'>;

/** The hub's part of the wiring: its tables, and its need of agents. */
export function openHub({ database, agents, listTools, now }: Needs) {
  return createHubService({
    repository: createHubRepository({ database }),
    standings: createStandingRepository({ database }),
    reviews: createReviewRepository({ database }),
    moderation: createModerationRepository({ database }),
    categories: createCategoryRepository({ database }),
    ports: { findAgent: agents.getShared, listTools, now },
  });
}
