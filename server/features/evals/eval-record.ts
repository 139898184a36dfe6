import type { Eval, EvalColumn, EvalResult, EvalRunStatus, StoredEval } from '#server/contract/eval.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';

/** An agent whose draft is tested. */
export type TestedAgent = {
  id: string;
  handle: string;
  ownerId: string | null;
  draft: AgentDefinition;
  draftRevision: number;
  publishedVersion: number | null;
};

export type Suite = { required: boolean; revision: number };

/** The evals of a run as they were when it began. */
export type EvalSnapshot = Pick<StoredEval, 'id' | 'test'>;

export type NewEvalRun = {
  id: string;
  agentId: string;
  userId: string;
  draftRevision: number;
  suiteRevision: number;
  /** What of the draft its answers rest on; null for runs from before it was kept. */
  draftDigest: string | null;
  publishedVersion: number | null;
  columns: EvalColumn[];
  tests: EvalSnapshot[];
  isWhole: boolean;
  startedAt: Date;
};

export type EvalRunRecord = NewEvalRun & {
  status: EvalRunStatus;
  seenAt: Date;
  endedAt: Date | null;
  results: EvalResult[];
};

/** A run of evals without what makes it big: the evals, and what was answered. */
export type EvalRunFacts = Omit<EvalRunRecord, 'tests' | 'results'> & {
  results: Pick<EvalResult, 'column' | 'status'>[];
};

export type EvalRecord = { id: string; revision: number; content: Eval; updatedAt: Date };
