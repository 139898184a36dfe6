import { z } from 'zod';
import { Actor } from './actor.ts';
import { AgentDefinition } from './agent-definition.ts';
import { Identifier } from './identifier.ts';
import { JsonObject, JsonValue } from './json.ts';
import { MemoryAccess } from './memory.ts';
import { Source, Usage } from './run-event.ts';
import { RunWait } from './run-wait.ts';
import { KnownUsd, SpentPart } from './spent.ts';

/** A message to or from a model, in no provider's own form. */
export const StoredMessage = z.object({
  role: z.enum(['system', 'user', 'assistant', 'tool']),
  /** Text, or parts such as texts and images. */
  content: z.union([z.string(), z.array(JsonObject)]),
  /** The calls that an assistant's message asks for. */
  toolCalls: z.array(z.object({ id: z.string(), name: z.string(), input: JsonObject })).optional(),
  /** The call that a tool's message answers. */
  toolCall: z.object({ id: z.string(), name: z.string(), isError: z.boolean() }).optional(),
  /** What a provider wants back as it was, such as the signature of its reasoning. */
  extra: JsonObject.optional(),
});
export type StoredMessage = z.infer<typeof StoredMessage>;

/** An agent that works in another one's run, as it was found when it was asked. */
export const FoundAgent = z.object({
  id: Identifier,
  handle: z.string(),
  /** Whose toolsets it uses; null: it came with the hub. */
  ownerId: z.string().nullable(),
  definition: AgentDefinition,
});
export type FoundAgent = z.infer<typeof FoundAgent>;

/** The turn of an agent that was called and waits for a person, with what has come of it. */
export const AgentFrame = z.object({
  agent: FoundAgent,
  get turn(): z.ZodType<TurnCheckpoint> {
    return TurnCheckpoint;
  },
  said: z.string(),
  sources: z.array(Source),
  workedMs: z.number(),
  /** What the model that called is told with the answer. */
  note: z.string().nullable(),
});
export type AgentFrame = z.infer<typeof AgentFrame>;

/** A tool call of the step under way: it has its result, waits for a person, or is made when the others are. */
export const StoredCall = z.object({
  id: z.string(),
  name: z.string(),
  input: JsonObject.nullable(),
  rawArguments: z.string(),
  result: StoredMessage.nullable(),
  wait: RunWait.nullable(),
  /** Where the agent that it calls goes on. */
  frame: AgentFrame.nullable().default(null),
});
export type StoredCall = z.infer<typeof StoredCall>;

/** What an earlier call of the turn brought, as the model was shown it; a big one is whole in its file. */
export const StoredResult = z.object({
  call: z.string(),
  tool: z.string(),
  output: JsonValue,
  file: Identifier.nullable(),
});
export type StoredResult = z.infer<typeof StoredResult>;

/** What a tool brought to an agent that then handed its turn over. */
export const HandedResult = z.object({ tool: z.string(), input: z.string(), output: z.string() });
export type HandedResult = z.infer<typeof HandedResult>;

/** The agent that has taken a turn over, and what the others had spent of it. */
export const TakenTurn = z.object({
  agent: FoundAgent,
  /** The published version that answers; null for the draft. */
  version: z.number().int().nullable(),
  /** Who handed over, and what they said of it. */
  from: z.string(),
  brief: z.string(),
  /** What the tools of all that had the turn before brought. */
  results: z.array(HandedResult).default([]),
  /** All agents that have had the turn, by their identifiers. */
  agentIds: z.array(Identifier),
  before: z.object({
    tokens: z.number(),
    costUsd: KnownUsd,
    steps: z.number().int(),
  }),
  /** How long it has worked. */
  workedMs: z.number(),
});
export type TakenTurn = z.infer<typeof TakenTurn>;

/** Where an agent's turn stands while it waits for a person: all that the loop needs to go on. */
export const TurnCheckpoint = z.object({
  messages: z.array(StoredMessage),
  calls: z.array(StoredCall),
  /** The model call that asked for them, from 1. */
  step: z.number().int().min(1),
  spent: Usage,
  spentUsd: KnownUsd,
  parts: z.array(SpentPart).default([]),
  /** The model of the wish list that was called last. */
  model: z.string(),
  /** The sources that have a number, in the order of their numbers. */
  sources: z.array(z.string()),
  results: z.array(StoredResult).default([]),
  /** The tools that the model found by searching, as it knows them. */
  foundTools: z.array(z.string()).default([]),
  /** Null: the agent that the turn was begun with goes on. */
  taken: TakenTurn.nullable().default(null),
});
export type TurnCheckpoint = z.infer<typeof TurnCheckpoint>;

/** A run that waits for a person: its turn, and what it was begun with. Later edits of the agent do not change it. */
export const RunCheckpoint = z.object({
  turn: TurnCheckpoint,
  actor: Actor,
  /** Whose toolsets the agent uses. */
  ownerId: z.string().nullable(),
  definition: AgentDefinition,
  /** Whose own connections to models count beside the hub's; null: nobody's. */
  modelOwnerId: z.string().nullable().default(null),
  variables: z.record(z.string(), z.string()),
  language: z.enum(['en', 'zh']),
  limits: z.object({
    maximumSteps: z.number(),
    maximumTokens: z.number().nullable(),
    maximumUsd: z.number().nullable(),
  }),
  /** What it may do with what the agent remembers; null: nothing. */
  memory: z.object({ access: MemoryAccess, conversationId: z.string(), messageId: z.string().nullable() }).nullable(),
  /** The handle of the agent that the conversation was begun with, where another one answers. */
  handBackTo: z.string().nullable().default(null),
  /** How long it has worked; waiting is not counted. */
  workedMs: z.number(),
});
export type RunCheckpoint = z.infer<typeof RunCheckpoint>;

/** What calls wait for, with what those wait for that the agents make which they call. Pure. */
export function listWaits(calls: readonly { wait: RunWait | null; frame: AgentFrame | null }[]): RunWait[] {
  return calls.flatMap(({ wait, frame }) => [
    ...(wait === null ? [] : [wait]),
    ...(frame === null ? [] : listWaits(frame.turn.calls)),
  ]);
}
