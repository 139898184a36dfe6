import { z } from 'zod';
import { Form, FormValues } from './form.ts';
import { GuardFinding, GuardSide } from './guard.ts';
import { Identifier, Timestamp } from './identifier.ts';
import { JsonObject, JsonValue } from './json.ts';
import { Problem } from './problem.ts';

/** How a run stands. `waiting`: for a person's approval or for a form. `interrupted`: the hub stopped while it ran. */
export const RunStatus = z.enum(['running', 'waiting', 'completed', 'failed', 'cancelled', 'interrupted']);
export type RunStatus = z.infer<typeof RunStatus>;

/** Why the model stopped, in the OpenAI door's words; null when it never answered. */
export const FinishReason = z.enum(['stop', 'length', 'tool_calls', 'content_filter', 'steps', 'cancelled', 'error']);
export type FinishReason = z.infer<typeof FinishReason>;

/** Tokens of one model call or of a whole run; cost is null when any price is unknown. */
export const Usage = z.object({
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
  cachedInputTokens: z.number().int(),
  reasoningTokens: z.number().int(),
});
export type Usage = z.infer<typeof Usage>;

export const noUsage: Usage = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, reasoningTokens: 0 };

/** How long a model took: until the first piece of its answer (of text, reasoning or a tool call), and to the end. */
export const ModelTiming = z.object({ firstTokenMs: z.number().int().nullable(), durationMs: z.number().int() });
export type ModelTiming = z.infer<typeof ModelTiming>;

/** Something an answer rests on; shown as a numbered mark. */
export const Source = z.object({
  number: z.number().int().min(1),
  title: z.string(),
  url: z.string().nullable(),
  /** A passage of it, or a fact read from it. */
  excerpt: z.string().nullable(),
});
export type Source = z.infer<typeof Source>;

/** Something that a run made: a stored file, a chart with its data, changes that it proposes to an agent's draft, or a transaction for a wallet. */
export const Artifact = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('image'),
    id: Identifier,
    title: z.string(),
    file: Identifier,
    thumbnail: Identifier.nullable(),
    mediaType: z.string(),
    width: z.number().int().nullable(),
    height: z.number().int().nullable(),
  }),
  z.object({
    kind: z.literal('chart'),
    id: Identifier,
    title: z.string(),
    /** Vega-Lite 6 specification with its data inline. */
    specification: JsonObject,
    /** The same chart as SVG. */
    file: Identifier,
  }),
  z.object({
    kind: z.literal('file'),
    id: Identifier,
    title: z.string(),
    file: Identifier,
    mediaType: z.string(),
    size: z.number().int(),
    /** The first rows of a file that holds a table, and how many it has in total. */
    table: z
      .object({
        columns: z.array(z.string()),
        rows: z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))),
        total: z.number().int(),
      })
      .nullable()
      .default(null),
  }),
  z.object({
    kind: z.literal('proposal'),
    id: Identifier,
    title: z.string(),
    /** The agent whose draft it would change. */
    agent: Identifier,
    /** A `DraftProposal`. */
    changes: JsonObject,
  }),
  z.object({
    kind: z.literal('transaction'),
    id: Identifier,
    /** What it does. */
    title: z.string(),
    /** A `TransactionProposal`. */
    proposal: JsonObject,
  }),
]);
export type Artifact = z.infer<typeof Artifact>;

/** Something that people should know of how the model was asked, or of its answer. */
export const RunNotice = z.discriminatedUnion('kind', [
  /** The model cannot see images, so it was told that there are some. */
  z.object({ kind: z.literal('images-left-out'), model: z.string(), images: z.number().int() }),
  /** Earlier messages no longer fit, and the model was sent this instead of them. */
  z.object({ kind: z.literal('turns-summarised'), messages: z.number().int(), summary: z.string() }),
  /** They could not be summed up in time, so they were left out. */
  z.object({ kind: z.literal('turns-left-out'), messages: z.number().int() }),
  /** Figures and addresses of the answer, as it writes them, that are in nothing that the agent was told or read. */
  z.object({ kind: z.literal('figures-unsourced'), figures: z.array(z.string()) }),
]);
export type RunNotice = z.infer<typeof RunNotice>;

/** An agent as people are told of it. */
export const NamedAgent = z.object({
  id: Identifier,
  handle: z.string(),
  name: z.string(),
  /** Its names in other languages, by the tag; events of before 28 November 2026 have none. */
  translations: z.record(z.string(), z.object({ name: z.string() })).default({}),
});
export type NamedAgent = z.infer<typeof NamedAgent>;

/** The agent that makes a call, where it is not the one that the run was begun with. */
export const AskingAgent = NamedAgent.optional();

const event = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.object({ type: z.literal(type), ...shape });

/**
 * What happens in a run, in order. `run-start` comes first and `run-end` last, whatever happens between.
 *
 * Clients ignore types and members that they do not know.
 */
export const RunEvent = z.discriminatedUnion('type', [
  event('run-start', {
    run: Identifier,
    agent: z.string(),
    /** The published version that answers; null for the draft. */
    version: z.number().int().nullable(),
    conversationId: Identifier.nullable(),
    model: z.string(),
    startedAt: Timestamp,
  }),
  event('text-delta', { text: z.string() }),
  event('reasoning-delta', { text: z.string() }),
  event('tool-call', {
    call: z.string(),
    tool: z.string(),
    /** The call in which an agent that was called made this one. */
    parent: z.string().optional(),
    /** One line for people: "Reading example.org". */
    intent: z.string(),
    input: JsonObject,
  }),
  event('tool-progress', { call: z.string(), text: z.string() }),
  event('tool-result', {
    call: z.string(),
    tool: z.string(),
    isError: z.boolean(),
    output: JsonValue,
    durationMs: z.number(),
    /** The whole result, when it was too big for the model and `output` is its summary. */
    file: Identifier.nullable(),
  }),
  event('source', { source: Source }),
  event('artifact', { artifact: Artifact }),
  event('approval-request', {
    approval: Identifier,
    call: z.string(),
    tool: z.string(),
    agent: AskingAgent,
    input: JsonObject,
    /** What the person should know before they agree, such as what it costs. */
    note: z.string().optional(),
    expiresAt: Timestamp,
  }),
  event('approval-result', {
    approval: Identifier,
    decision: z.enum(['approved', 'refused', 'expired']),
    /** The arguments that the call is made with, where they were edited. */
    input: JsonObject.optional(),
    /** The conversation's person or the agent's owner; nobody, when it expired. */
    by: z.enum(['person', 'owner']).optional(),
  }),
  /** The agent asks the person for values; the run waits. */
  event('form-request', {
    form: Identifier,
    call: z.string(),
    tool: z.string(),
    agent: AskingAgent,
    request: Form,
    expiresAt: Timestamp,
  }),
  event('form-result', {
    form: Identifier,
    outcome: z.enum(['answered', 'declined', 'expired']),
    values: FormValues.optional(),
  }),
  /** A provider failed, and the agent's next wish goes on; `continues`: from what was already said. */
  event('model-fallback', { from: z.string(), to: z.string(), problem: Problem, continues: z.boolean() }),
  /** A guard of the agent masked or refused something; what that was is never told. */
  event('guard', { side: GuardSide, ...GuardFinding.shape }),
  /** Another agent answers the rest of the turn, and the conversation from then on. */
  event('hand-over', {
    /** The name of the one that answered so far. */
    from: z.string(),
    agent: NamedAgent,
    /** The published version that answers; null for the draft. */
    version: z.number().int().nullable(),
    /** What the other one was told. */
    brief: z.string(),
  }),
  event('notice', { notice: RunNotice }),
  event('usage', {
    model: z.string(),
    usage: Usage,
    costUsd: z.number().nullable(),
    /** How many tokens fit into the model's window, question and answer together; null: not known. */
    contextWindow: z.number().int().nullable().default(null),
    /** The hub counted what the provider did not tell, of a call that broke off or, by some, of any. */
    estimated: z.boolean().optional(),
    /** Over whose own connection it went, and so who pays for it; absent: it went over the hub's. */
    payer: Identifier.optional(),
    /** Of a call that answered the person; null: it was another one, or was not measured. */
    timing: ModelTiming.nullable().default(null),
  }),
  event('error', { problem: Problem }),
  event('run-end', {
    status: RunStatus,
    finishReason: FinishReason.nullable(),
    usage: Usage,
    /** As those of a run (run.ts). */
    costUsd: z.number().nullable(),
    costIsPartial: z.boolean(),
    endedAt: Timestamp,
  }),
]);
export type RunEvent = z.infer<typeof RunEvent>;
export type RunEventOf<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>;
