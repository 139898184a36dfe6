import type { Run } from '#server/contract/run.ts';
import type { Approvals } from './approvals.ts';
import type { RunLog } from './run-log.ts';

/** A run that is under way in this process. */
export type LiveRunBase = {
  id: string;
  userId: string;
  agentId: string;
  agentHandle: string;
  version: number | null;
  conversationId: string;
  model: string;
  metadata: Record<string, string>;
  startedAt: string;
  log: RunLog;
  controller: AbortController;
  approvals: Approvals;
};

export type LiveRun = LiveRunBase & {
  /** Resolves with the ended run when it is stored and its log closed. */
  finished: Promise<Run>;
};

/** The runs under way, by id and by conversation. */
export function createLiveRuns() {
  const byId = new Map<string, LiveRun>();
  const byConversation = new Map<string, string>();
  return {
    add: (run: LiveRun) => {
      byId.set(run.id, run);
      byConversation.set(run.conversationId, run.id);
    },
    remove: (id: string, conversationId: string) => {
      byId.delete(id);
      if (byConversation.get(conversationId) === id) byConversation.delete(conversationId);
    },
    find: (id: string): LiveRun | null => byId.get(id) ?? null,
    findInConversation: (conversationId: string): string | null => byConversation.get(conversationId) ?? null,
    all: () => [...byId.values()],
    count: () => byId.size,
  };
}
export type LiveRuns = ReturnType<typeof createLiveRuns>;
