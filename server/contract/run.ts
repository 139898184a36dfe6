import { z } from 'zod';
import { ModelReference } from './agent-definition.ts';
import { GuardFinding, GuardSide } from './guard.ts';
import { AgentReference, Identifier, Timestamp } from './identifier.ts';
import { JsonObject, JsonValue } from './json.ts';
import { PageQuery } from './page.ts';
import { Problem, ProblemCode } from './problem.ts';
import { RunOrigin } from './run-origin.ts';
import { Artifact, FinishReason, ModelTiming, NamedAgent, RunNotice, RunStatus, Source, Usage } from './run-event.ts';
import { OpenWait } from './run-wait.ts';
import { VariableValues } from './variable-values.ts';

/** An earlier or new message handed in with a run. */
export const InputMessage = z.strictObject({
  role: z.enum(['system', 'user', 'assistant']),
  content: z.string().max(400_000),
});
export type InputMessage = z.infer<typeof InputMessage>;

/** Where the end of a run is posted to. */
export const CallbackUrl = z.url({ protocol: /^https?$/ }).max(2000);

/** Limits for one run, each only lower than the agent's own. */
export const RunBudget = z.strictObject({
  maximumTokens: z.number().int().min(1).optional(),
  maximumUsd: z.number().positive().optional(),
  maximumSteps: z.number().int().min(1).max(50).optional(),
  maximumSeconds: z.number().int().min(1).max(3600).optional(),
});
export type RunBudget = z.infer<typeof RunBudget>;

/** The version of an agent that answers; left out, the newest. */
export const AnsweringVersion = z.union([z.literal('draft'), z.number().int().min(1)], {
  error: 'Send the number of a version, or "draft".',
});

/**
 * A run to start: `input` (one message of the person), `messages` (a whole exchange whose last one is the person's), or
 * `parentMessageId` alone (what was said already is answered again, or an answer that was cut off is gone on with).
 */
export const StartRunInput = z
  .strictObject({
    input: z.string().min(1).max(400_000).optional(),
    messages: z.array(InputMessage).min(1).max(500).optional(),
    conversationId: Identifier.optional(),
    /**
     * The message of the conversation that what comes stands under, as a branch; null: under none, at its beginning. Left
     * out, the conversation goes on from the end that is shown.
     */
    parentMessageId: Identifier.nullable().optional(),
    /** Answers instead of the agent's own models: a reference of `GET /api/models`, so the hub's or the caller's own. */
    model: ModelReference.optional(),
    version: AnsweringVersion.optional(),
    files: z.array(Identifier).max(10).default([]),
    variables: VariableValues.default({}),
    stream: z.boolean().default(false),
    budget: RunBudget.default({}),
    /**
     * Whether the run reads and keeps what the agent remembers of you. Through a key only when it is `true`: software that
     * serves several people with one key must not mix them up.
     */
    memory: z.boolean().optional(),
    /** Begins a conversation that is not listed, of which nothing is remembered, and that is gone a day later. */
    temporary: z.boolean().optional(),
    metadata: z.record(z.string().max(64), z.string().max(512)).default({}),
    /** Told of the run's end by a signed post, tried again for hours; wants a secret (`POST /api/callback-secret`). */
    callback: CallbackUrl.optional(),
  })
  .refine(
    ({ input, messages, parentMessageId }) =>
      input === undefined ? messages !== undefined || typeof parentMessageId === 'string' : messages === undefined,
    {
      message: 'Send "input" or "messages", or "parentMessageId" to have that message answered again.',
      path: ['input'],
    },
  )
  .refine(({ parentMessageId, conversationId }) => parentMessageId === undefined || conversationId !== undefined, {
    message: 'Send the "conversationId" that the message belongs to.',
    path: ['parentMessageId'],
  })
  .refine(
    ({ input, parentMessageId, files }) => input !== undefined || parentMessageId === undefined || files.length === 0,
    {
      message: 'The message has its files already.',
      path: ['files'],
    },
  )
  .refine(({ messages }) => messages === undefined || messages.at(-1)?.role === 'user', {
    message: 'The last message must be the person\'s (role "user").',
    path: ['messages'],
  })
  .refine(({ temporary, conversationId }) => temporary !== true || conversationId === undefined, {
    message: 'A conversation is temporary from its first message on, or not at all.',
    path: ['temporary'],
  })
  .refine(({ messages, conversationId }) => messages === undefined || conversationId === undefined, {
    message: 'A stored conversation has its messages already: send "input" with "conversationId".',
    path: ['conversationId'],
  });
export type StartRunInput = z.infer<typeof StartRunInput>;

/**
 * One thing that the run did: a model call, a change to the next model, what a guard took out or refused, a hand-over to
 * another agent, or a tool call with what went in and came out.
 */
export const RunStep = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('fallback'),
    from: z.string(),
    to: z.string(),
    code: ProblemCode,
    detail: z.string(),
    continues: z.boolean(),
  }),
  z.object({ kind: z.literal('guard'), side: GuardSide, ...GuardFinding.shape }),
  z.object({
    kind: z.literal('hand-over'),
    from: z.string(),
    agent: NamedAgent,
    version: z.number().int().nullable(),
    brief: z.string(),
  }),
  z.object({ kind: z.literal('notice'), notice: RunNotice }),
  z.object({
    kind: z.literal('model'),
    model: z.string(),
    usage: Usage,
    costUsd: z.number().nullable(),
    /** What of the model's window was filled: `inputTokens` and `outputTokens` of so many; null: not known. */
    contextWindow: z.number().int().nullable(),
    /** The hub counted what the provider did not tell, of a call that broke off or, by some, of any. */
    estimated: z.boolean().default(false),
    timing: ModelTiming.nullable(),
  }),
  z.object({
    kind: z.literal('tool'),
    call: z.string(),
    tool: z.string(),
    /** The call of an agent in which this one was made, or null. */
    parent: z.string().nullable(),
    intent: z.string(),
    input: JsonObject,
    /** Null while the tool runs. */
    output: JsonValue,
    isError: z.boolean(),
    durationMs: z.number().nullable(),
  }),
]);
export type RunStep = z.infer<typeof RunStep>;

/** A run as the API shows it; a finished one has `endedAt`. */
export const Run = z.object({
  id: Identifier,
  status: RunStatus,
  agent: z.string(),
  version: z.number().int().nullable(),
  /** The agent that answers, by its handle: another one where the turn was handed over. */
  answeredBy: z.object({ agent: z.string(), version: z.number().int().nullable() }),
  conversationId: Identifier.nullable(),
  model: z.string(),
  output: z.string(),
  finishReason: FinishReason.nullable(),
  steps: z.array(RunStep),
  sources: z.array(Source),
  artifacts: z.array(Artifact),
  /** What it waits for, when its status is `waiting`. */
  waitsFor: z.array(OpenWait),
  usage: Usage,
  /** US dollars of the calls whose price is known; null where none is. */
  costUsd: z.number().nullable(),
  /** There are calls of unknown price beside: it cost at least `costUsd`. */
  costIsPartial: z.boolean(),
  error: Problem.nullable(),
  metadata: z.record(z.string(), z.string()),
  startedBy: RunOrigin,
  startedAt: Timestamp,
  endedAt: Timestamp.nullable(),
});
export type Run = z.infer<typeof Run>;

/** A run in a list: what `GET /api/runs/:run` tells beside is read from its events. */
export const RunSummary = Run.pick({
  id: true,
  status: true,
  version: true,
  conversationId: true,
  model: true,
  usage: true,
  costUsd: true,
  costIsPartial: true,
  error: true,
  metadata: true,
  startedBy: true,
  startedAt: true,
  endedAt: true,
}).extend({ agent: NamedAgent });
export type RunSummary = z.infer<typeof RunSummary>;

export const RunListQuery = PageQuery.extend({
  agent: AgentReference.optional(),
  conversation: Identifier.optional(),
  status: RunStatus.optional(),
  trigger: Identifier.optional(),
});
