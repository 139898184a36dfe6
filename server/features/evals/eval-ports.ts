import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { Eval } from '#server/contract/eval.ts';
import type { Run } from '#server/contract/run.ts';
import type { CheckPorts } from './check-answer.ts';
import type { TestedAgent } from './eval-record.ts';

/** What asks an agent: a definition instead of the stored draft, or a published version. */
export type Asked = { version: 'draft'; definition: AgentDefinition } | { version: number };

/** What a judge found; null where it cannot be told from its answer. */
export type Verdict = { passes: boolean; reason: string } | null;

/** What the evals feature needs from the rest of the hub. */
export type EvalPorts = {
  /** An agent that the actor may edit. @throws {HubError} `not_found`, `forbidden` */
  findAgent: (actor: Actor, reference: string) => Promise<TestedAgent>;
  readVersion: (actor: Actor, agentId: string, version: number) => Promise<AgentDefinition>;
  /** Runs an eval to its end; an abort cancels the run. @throws {HubError} when it cannot be started */
  run: (
    actor: Actor,
    agentId: string,
    request: { test: Eval; asked: Asked; language: 'en' | 'zh'; signal: AbortSignal },
  ) => Promise<Run>;
  /** Whether a language model would answer first. @throws {HubError} `model_unavailable` */
  hasLanguageModel: (actor: Actor, definition: AgentDefinition) => Promise<boolean>;
  isModel: (actor: Actor, reference: string) => Promise<boolean>;
  canMakeImages: (actor: Actor) => Promise<boolean>;
  /** Whether the hub can run its own chain. */
  hasDevnet: () => Promise<boolean>;
  /**
   * Has a model judge an answer; null when there is no language model that could.
   *
   * @throws {HubError} `model_…`, `budget_exceeded`
   */
  judge: (
    actor: Actor,
    agent: { id: string; budget: AgentDefinition['budget'] },
    request: { rubric: string; model: string | null; question: string; run: Run; signal: AbortSignal },
  ) => Promise<{ verdict: Verdict; tokens: number; costUsd: number | null } | null>;
  runCheck: CheckPorts['runCheck'];
  now: () => Date;
  /** Where failures that are not the client's go. */
  logError: (error: unknown, message: string) => void;
};
