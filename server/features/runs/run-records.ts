import type { ConversationSource } from '#server/contract/conversation.ts';
import type { RunCheckpoint } from '#server/contract/run-checkpoint.ts';
import type { FinishReason, RunEvent, RunStatus, Usage } from '#server/contract/run-event.ts';
import type { RunOrigin } from '#server/contract/run-origin.ts';
import type { RunWait } from '#server/contract/run-wait.ts';
import type { Problem } from '#server/contract/problem.ts';

/** A run as it begins, with the conversation and the messages that begin with it. */
export type RunStart = {
  run: {
    id: string;
    agentId: string;
    version: number | null;
    conversationId: string;
    /** The message that its reply will stand under. */
    questionId: string;
    userId: string;
    apiKeyId: string | null;
    model: string;
    metadata: Record<string, string>;
    startedBy: RunOrigin;
    idempotencyKey: string | null;
    requestDigest: string | null;
    startedAt: string;
  };
  /** Null when the conversation is there already. */
  newConversation: { title: string; source: ConversationSource } | null;
  messages: QuestionMessage[];
  /** What the conversation keeps of what its person answered to its agent's questions; null: what it has. */
  variables: Record<string, string> | null;
  /** Where it does not go on from the end that is shown: who answers there, when not the conversation's own agent. */
  branch: { answeringAgentId: string | null } | null;
  /** Where its end is told; stored with it, so that no crash forgets it. */
  callback: { id: string; url: string } | null;
};

export type NewMessage = {
  id: string;
  role: 'user' | 'assistant';
  content: string;
  fileIds: string[];
};

/** A message that comes with a run, and the one that it stands under. */
export type QuestionMessage = NewMessage & { parentId: string | null };

/** A run as it ends, with its reply and its events but for `run-start` and `run-end`. */
export type RunEnd = {
  id: string;
  userId: string;
  /** The model that the run began with. */
  model: string;
  conversationId: string;
  /** The message that the reply stands under; null for a run of before messages had places. */
  questionId: string | null;
  apiKeyId: string | null;
  status: RunStatus;
  output: string;
  finishReason: FinishReason | null;
  error: Problem | null;
  usage: Usage;
  costUsd: number | null;
  costIsPartial: boolean;
  endedAt: string;
  reply: NewMessage | null;
  events: readonly RunEvent[];
};

/** A run as it begins to wait for a person, with its events so far but for `run-start`. */
export type RunSleep = {
  id: string;
  userId: string;
  model: string;
  checkpoint: RunCheckpoint;
  /** All that it waits for. */
  waits: RunWait[];
  usage: Usage;
  costUsd: number | null;
  costIsPartial: boolean;
  at: string;
  events: readonly RunEvent[];
};

/** A run as it is stored. */
export type StoredRun = {
  id: string;
  agentId: string;
  agentHandle: string;
  version: number | null;
  conversationId: string | null;
  questionId: string | null;
  userId: string;
  status: RunStatus;
  model: string;
  output: string;
  finishReason: FinishReason | null;
  error: Problem | null;
  metadata: Record<string, string>;
  startedBy: RunOrigin;
  requestDigest: string | null;
  usage: Usage;
  costUsd: number | null;
  costIsPartial: boolean;
  startedAt: string;
  endedAt: string | null;
  /** Between `run-start` and `run-end`. */
  events: RunEvent[];
};
