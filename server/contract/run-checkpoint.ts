import { z } from 'zod';
import { Actor } from './actor.ts';
import { AgentDefinition } from './agent-definition.ts';
import { JsonObject } from './json.ts';
import { MemoryAccess } from './memory.ts';
import { Usage } from './run-event.ts';
import { RunWait } from './run-wait.ts';

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

/** A tool call of the step under way: it has its result, or waits for a person. */
export const StoredCall = z.object({
  id: z.string(),
  name: z.string(),
  input: JsonObject.nullable(),
  rawArguments: z.string(),
  result: StoredMessage.nullable(),
  wait: RunWait.nullable(),
});
export type StoredCall = z.infer<typeof StoredCall>;

/** Where an agent's turn stands while it waits for a person: all that the loop needs to go on. */
export const TurnCheckpoint = z.object({
  messages: z.array(StoredMessage),
  calls: z.array(StoredCall),
  /** The model call that asked for them, from 1. */
  step: z.number().int().min(1),
  spent: Usage,
  spentUsd: z.number().nullable(),
  /** The model of the wish list that was called last. */
  model: z.string(),
  /** The sources that have a number, in the order of their numbers. */
  sources: z.array(z.string()),
});
export type TurnCheckpoint = z.infer<typeof TurnCheckpoint>;

/** A run that waits for a person: its turn, and what it was begun with. Later edits of the agent do not change it. */
export const RunCheckpoint = z.object({
  turn: TurnCheckpoint,
  actor: Actor,
  /** Whose toolsets the agent uses. */
  ownerId: z.string().nullable(),
  definition: AgentDefinition,
  variables: z.record(z.string(), z.string()),
  language: z.enum(['en', 'zh']),
  limits: z.object({
    maximumSteps: z.number(),
    maximumTokens: z.number().nullable(),
    maximumUsd: z.number().nullable(),
  }),
  /** What it may do with what the agent remembers; null: nothing. */
  memory: z.object({ access: MemoryAccess, conversationId: z.string(), messageId: z.string().nullable() }).nullable(),
  /** How long it has worked; waiting is not counted. */
  workedMs: z.number(),
});
export type RunCheckpoint = z.infer<typeof RunCheckpoint>;
