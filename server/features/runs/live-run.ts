import type { RunOrigin } from '#server/contract/run-origin.ts';
import type { Run } from '#server/contract/run.ts';
import type { RunLog } from './run-log.ts';
import type { RunEnd } from './run-records.ts';

/** A run that is under way in this process. */
export type LiveRunBase = {
  id: string;
  userId: string;
  agentId: string;
  agentHandle: string;
  version: number | null;
  conversationId: string;
  /** The message that its reply will stand under. */
  questionId: string | null;
  model: string;
  metadata: Record<string, string>;
  startedBy: RunOrigin;
  startedAt: string;
  log: RunLog;
  controller: AbortController;
};

export type LiveRun = LiveRunBase & {
  /**
   * Resolves when the run no longer lives here, its log closed: with the ended run when it is stored or was given up, or
   * with the run as it waits for a person.
   */
  finished: Promise<Run>;
};

/** The runs under way, by id and by conversation, and those that ended but are not stored yet. */
export function createLiveRuns({ onAdd }: { onAdd: (id: string) => void }) {
  const byId = new Map<string, LiveRun>();
  const byConversation = new Map<string, string>();
  const ends = new Map<string, RunEnd>();
  const waking = new Set<string>();
  const leaveConversation = (id: string, conversationId: string) => {
    if (byConversation.get(conversationId) === id) byConversation.delete(conversationId);
  };
  return {
    /** Runs that are being taken up again after they waited, and do not live yet. */
    waking,
    add: (run: LiveRun) => {
      byId.set(run.id, run);
      byConversation.set(run.conversationId, run.id);
      onAdd(run.id);
    },
    remove: (id: string, conversationId: string) => {
      byId.delete(id);
      ends.delete(id);
      leaveConversation(id, conversationId);
    },
    /** Keeps a run that ended in memory, because it is nowhere else. */
    keepEnded: (end: RunEnd) => {
      ends.set(end.id, end);
      leaveConversation(end.id, end.conversationId);
    },
    findEnd: (id: string): RunEnd | null => ends.get(id) ?? null,
    find: (id: string): LiveRun | null => byId.get(id) ?? null,
    findInConversation: (conversationId: string): string | null => byConversation.get(conversationId) ?? null,
    all: () => [...byId.values()].filter(({ id }) => !ends.has(id)),
    count: () => byId.size - ends.size,
  };
}
export type LiveRuns = ReturnType<typeof createLiveRuns>;
