import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { JsonObject } from '#server/contract/json.ts';
import type { FinishReason, RunEvent } from '#server/contract/run-event.ts';
import type { ApprovalOutcome } from './approvals.ts';

/** An attached file, read for a model. */
export type Attachment =
  { kind: 'image'; name: string; mediaType: string; base64: string } | { kind: 'text'; name: string; text: string };

export type TurnMessage = { role: 'system' | 'user' | 'assistant'; content: string; attachments?: Attachment[] };

/** One turn to run: all that the runtime is given. */
export type Turn = {
  actor: Actor;
  agentId: string;
  ownerId: string | null;
  definition: AgentDefinition;
  history: TurnMessage[];
  variables: Record<string, string>;
  language: 'en' | 'zh';
  limits: { maximumSteps: number; maximumTokens: number | null; maximumUsd: number | null };
  requestApproval: (request: { call: string; tool: string; input: JsonObject; signal: AbortSignal }) => {
    approval: string;
    expiresAt: string;
    decision: Promise<ApprovalOutcome>;
  };
  signal: AbortSignal;
};

/** What a turn came to; `output` where that is something else than all the text that was said. */
export type TurnOutcome = { finishReason: FinishReason; output?: string };

/** What the runs feature needs from the rest of the hub. */
export type RunPorts = {
  /** @throws {HubError} `not_found` */
  resolveAgent: (
    actor: Actor,
    reference: string,
    version: number | 'draft' | undefined,
  ) => Promise<{
    agent: { id: string; handle: string; ownerId: string | null };
    version: number | null;
    definition: AgentDefinition;
  }>;
  /** Picks the model of a definition. @throws {HubError} `model_unavailable` */
  chooseModel: (definition: AgentDefinition) => Promise<{
    reference: string;
    run: (turn: Turn) => AsyncGenerator<RunEvent, TurnOutcome>;
  }>;
  /** Checks that the tools can be used. @throws {HubError} `tool_unavailable` */
  checkTools: (ownerId: string | null, definition: AgentDefinition) => Promise<void>;
  /**
   * The actor's files, given to the agent from now on.
   *
   * @throws {HubError} `not_found`, `unsupported_media_type`, `payload_too_large`
   */
  readAttachments: (actor: Actor, agentId: string, fileIds: string[]) => Promise<Attachment[]>;
  /** Files of an earlier message; those that were lost since are left out. */
  readEarlierAttachments: (actor: Actor, fileIds: string[]) => Promise<Attachment[]>;
  now: () => Date;
  /** Told of each run's beginning (1) and end (-1). */
  changeActiveRuns: (change: 1 | -1) => void;
  /** Told of each run's end. */
  countRun: (status: string, durationMs: number) => void;
  /** Where failures that are not the client's go. */
  logError: (error: unknown, message: string) => void;
};
