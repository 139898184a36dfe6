import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { Attachment } from '#server/contract/attachment.ts';
import type { JsonObject } from '#server/contract/json.ts';
import type { MemoryAccess } from '#server/contract/memory.ts';
import type { TurnCheckpoint } from '#server/contract/run-checkpoint.ts';
import type { FinishReason, RunEvent, Source } from '#server/contract/run-event.ts';
import type { RunWait, WaitAnswer } from '#server/contract/run-wait.ts';
import type { NextCall, Spent } from '#server/contract/spent.ts';

export type TurnMessage = {
  id?: string;
  role: 'system' | 'user' | 'assistant';
  content: string;
  attachments?: Attachment[];
};

/** What is kept of earlier turns that no longer fit; `throughMessageId` is the last message that is in it. */
export type ConversationSummary = { text: string; throughMessageId: string };

/** What a run may still spend of the budgets that go beyond it. */
export type Allowance = {
  /** @throws {HubError} `budget_exceeded` */
  check: (spent: Spent, next: NextCall | null) => Promise<void>;
  /** When the run's end is stored, or given up. */
  close: (spent: Spent) => void;
};

/** What one run may take; null: no limit. */
export type RunCaps = { maximumSteps: number; maximumTokens: number | null; maximumUsd: number | null };

/** One turn to run: all that the runtime is given. */
export type Turn = {
  actor: Actor;
  agentId: string;
  ownerId: string | null;
  definition: AgentDefinition;
  /** Whose own connections to models count beside the hub's; null: nobody's. */
  modelOwnerId: string | null;
  history: TurnMessage[];
  /** What the question rests on. */
  sources: Omit<Source, 'number'>[];
  variables: Record<string, string>;
  language: 'en' | 'zh';
  limits: RunCaps & {
    /** Asked before each step. @throws {HubError} `budget_exceeded` */
    check: (spent: Spent, next: NextCall | null) => Promise<void>;
  };
  /** Where a turn that waited for a person goes on, with what they answered; null for one that begins. */
  resumed: {
    checkpoint: TurnCheckpoint;
    answers: Record<string, WaitAnswer>;
    /** The conversation as it was when the turn began. */
    readHistory: () => Promise<TurnMessage[]>;
  } | null;
  /** Null where nobody can be asked. */
  openWait: ((request: Pick<RunWait, 'call' | 'tool' | 'agent' | 'question'>) => RunWait) | null;
  /** The agent whose draft the turn may read and propose changes to; null: none. */
  edits: string | null;
  memory: { access: MemoryAccess; conversationId: string; messageId: string | null } | null;
  /** Of the turns before `history`. */
  summary: ConversationSummary | null;
  /** Keeps a new summary for the next turns. Never throws. */
  keepSummary: (summary: ConversationSummary) => Promise<void>;
  /** The agent that the conversation was begun with, by its handle, where another one answers. */
  handBackTo: string | null;
  signal: AbortSignal;
};

/**
 * What a turn came to; `output` where that is something else than all the text that was said, `checkpoint` where it has
 * not ended but waits for a person.
 */
export type TurnOutcome = { finishReason: FinishReason; output?: string; checkpoint?: TurnCheckpoint };

/** What the runs feature needs from the rest of the hub. */
export type RunPorts = {
  /** @throws {HubError} `not_found` */
  resolveAgent: (
    actor: Actor,
    reference: string,
    version: number | 'draft' | undefined,
  ) => Promise<{
    /** `takesOwnModels`: the actor may choose a model of their own for it. */
    agent: { id: string; handle: string; ownerId: string | null; takesOwnModels: boolean };
    version: number | null;
    definition: AgentDefinition;
  }>;
  /** Picks the model of a definition, among the hub's and those of a person. @throws {HubError} `model_unavailable` */
  chooseModel: (
    definition: AgentDefinition,
    modelOwnerId: string | null,
  ) => Promise<{
    reference: string;
    /** Over whose own connection it is called first; null: the hub's. */
    payer: string | null;
    run: (turn: Turn) => AsyncGenerator<RunEvent, TurnOutcome>;
  }>;
  /** A model behind a connection of the hub's (`ownerId` is null), or of the actor's own; null: there is none. */
  findModel: (actor: Actor, reference: string) => Promise<{ ownerId: string | null } | null>;
  /** Lets a run begin that may spend something. @throws {HubError} `budget_exceeded` */
  openAllowance: (request: {
    run: string;
    actor: Actor;
    agentId: string;
    conversationId: string;
    budget: AgentDefinition['budget'];
    /** Over whose own connection its model is called; null: the hub's. Absent: not known. */
    payer?: string | null;
    /** What a run that is taken up again had spent before. */
    spent?: Spent;
  }) => Promise<Allowance>;
  /** Checks that the tools can be used. @throws {HubError} `tool_unavailable` */
  checkTools: (
    turn: { actor: Actor; ownerId: string | null; handBackTo: string | null },
    definition: AgentDefinition,
  ) => Promise<void>;
  /**
   * The actor's files, given to the agent from now on.
   *
   * @throws {HubError} `not_found`, `unsupported_media_type`, `payload_too_large`
   */
  readAttachments: (actor: Actor, agentId: string, fileIds: string[]) => Promise<Attachment[]>;
  /** Files of an earlier message; those that were lost since are left out. */
  readEarlierAttachments: (actor: Actor, fileIds: string[]) => Promise<Attachment[]>;
  /**
   * Checks arguments that a person wrote for a tool's call; `root` begins the paths of what is wrong.
   *
   * @throws {HubError} `validation_failed`, `tool_unavailable`
   */
  checkToolInput: (toolsetOwnerId: string, tool: string, input: JsonObject, root: string) => Promise<void>;
  /** Checks where the end of a run is to be told. @throws {HubError} `egress_refused`, `conflict` */
  checkCallback: (actor: Actor, url: string) => Promise<void>;
  /** Told when a run ended whose end is to be told. */
  onCallbackDue: () => void;
  /** Told of the answer to the first question of a conversation that a person begins in the page. */
  onFirstAnswer: (first: {
    actor: Actor;
    agentId: string;
    definition: AgentDefinition;
    modelOwnerId: string;
    conversationId: string;
    question: string;
    answer: string;
  }) => void;
  /** How long a person is waited for. */
  waitMs: number;
  now: () => Date;
  /** Told of each run that begins or goes on (1), and ends or waits (-1). */
  changeActiveRuns: (change: 1 | -1) => void;
  /** Told of a run that began, went on, waits or ended in a conversation, once that is stored. */
  onTurnChange: (turn: { userId: string; conversationId: string; id: string }) => void;
  /** Told of each run's end. */
  countRun: (status: string, durationMs: number) => void;
  /** Where failures that are not the client's go. */
  logError: (error: unknown, message: string) => void;
};
