import { z } from 'zod';
import { ModelReference } from './agent-definition.ts';
import { Identifier, Timestamp } from './identifier.ts';
import { JsonObject, JsonValue } from './json.ts';
import { Problem } from './problem.ts';
import { InputMessage } from './run.ts';

function isPattern(source: string) {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false;
  }
}

const Texts = z.array(z.string().min(1).max(2000)).min(1).max(20);

/** One thing that must hold of a finished run. */
export const EvalCheck = z.discriminatedUnion('kind', [
  /** The answer has one of these texts; case does not matter. */
  z.strictObject({ kind: z.literal('contains'), anyOf: Texts }),
  z.strictObject({ kind: z.literal('excludes'), anyOf: Texts }),
  z.strictObject({
    kind: z.literal('matches'),
    pattern: z.string().min(1).max(500).refine(isPattern, 'This is not a regular expression.'),
    ignoreCase: z.boolean().default(true),
  }),
  /** The answer is JSON, with or without a fence around it, that fits a JSON schema (2020-12). */
  z.strictObject({ kind: z.literal('json-schema'), schema: JsonObject }),
  /** The tool was called; the given arguments, if any, were among those of one call. */
  z.strictObject({
    kind: z.literal('calls'),
    tool: z.string().min(1).max(140),
    arguments: z.record(z.string(), JsonValue).default({}),
  }),
  z.strictObject({ kind: z.literal('avoids'), tool: z.string().min(1).max(140) }),
  /** The answer has a number this close to the value; thousands separators do not matter. */
  z.strictObject({ kind: z.literal('number'), value: z.number(), tolerance: z.number().min(0).default(0) }),
  z.strictObject({ kind: z.literal('cites'), url: z.url().max(2000).optional() }),
  z.strictObject({ kind: z.literal('makes'), artifact: z.enum(['image', 'chart', 'file', 'transaction']) }),
  /** A language model finds that the answer is as the rubric says; without `model`, the default of `GET /api/models`. */
  z.strictObject({
    kind: z.literal('judge'),
    rubric: z.string().trim().min(1).max(4000),
    model: ModelReference.optional(),
  }),
]);
export type EvalCheck = z.infer<typeof EvalCheck>;

/** What a run needs from outside; an eval whose needs are known not to be met is skipped, never passed. */
export const EvalNeed = z.enum(['model', 'web', 'chain', 'images', 'devnet']);
export type EvalNeed = z.infer<typeof EvalNeed>;

/** A file of an eval; `file` is its identifier in the hub, and in a package its name in `evals/files/`. */
export const EvalFile = z.strictObject({ file: z.string().min(1).max(200), name: z.string().min(1).max(200) });
export type EvalFile = z.infer<typeof EvalFile>;

/** Evals of one agent, at most. */
export const mostEvals = 100;

/** A saved question and what must hold of its answer; a file in the `evals/` folder of an agent package. */
export const Eval = z
  .strictObject({
    name: z.string().trim().min(1).max(120),
    needs: z.array(EvalNeed).max(5).default(['model']),
    input: z.string().min(1).max(20_000).optional(),
    /** A whole exchange, whose last message is the person's. */
    messages: z.array(InputMessage).min(1).max(40).optional(),
    variables: z.record(z.string().max(40), z.string().max(2000)).default({}),
    /** Sent with the question. */
    files: z.array(EvalFile).max(10).default([]),
    expect: z.array(EvalCheck).min(1, 'Say what must hold of the answer.').max(40),
  })
  .refine((value) => (value.input === undefined) !== (value.messages === undefined), {
    message: 'Give either "input" or "messages".',
    path: ['input'],
  })
  .refine(({ messages }) => messages === undefined || messages.at(-1)?.role === 'user', {
    message: 'The last message must be the person\'s (role "user").',
    path: ['messages'],
  });
export type Eval = z.infer<typeof Eval>;

/** An eval of an agent as it is stored; `revision` is the `ETag` that a change wants as `If-Match`. */
export const StoredEval = z.object({ id: Identifier, revision: z.number().int(), test: Eval, updatedAt: Timestamp });
export type StoredEval = z.infer<typeof StoredEval>;

/** What is asked: the draft, the newest published version, or the draft with another model. */
export const EvalColumn = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('draft') }),
  z.strictObject({ kind: z.literal('published') }),
  z.strictObject({ kind: z.literal('model'), model: ModelReference }),
]);
export type EvalColumn = z.infer<typeof EvalColumn>;

export const mostEvalModels = 4;

/** Which evals (all, when left out) are run over which columns. */
export const StartEvalRunInput = z.strictObject({
  tests: z.array(Identifier).min(1).max(mostEvals).optional(),
  columns: z
    .array(EvalColumn)
    .min(1)
    .max(mostEvalModels + 2)
    .default([{ kind: 'draft' }])
    .refine((columns) => new Set(columns.map((column) => JSON.stringify(column))).size === columns.length, {
      message: 'Name each column once.',
    })
    .refine((columns) => columns.filter(({ kind }) => kind === 'model').length <= mostEvalModels, {
      message: `Compare ${mostEvalModels} models at most.`,
    }),
});
export type StartEvalRunInput = z.infer<typeof StartEvalRunInput>;

/** Why a check, or a whole result, is as it is; `detail` beside it has what was found. */
export const EvalReason = z.enum([
  'text-missing',
  'text-found',
  'no-match',
  'pattern-too-slow',
  'not-json',
  'schema-unmet',
  'schema-unreadable',
  'not-called',
  'called-otherwise',
  'called',
  'no-number',
  'number-off',
  'not-cited',
  'not-made',
  'judged',
  'no-judge',
  'judge-unclear',
  'judge-failed',
  'not-checked',
  'needs-model',
  'needs-images',
  'needs-devnet',
]);
export type EvalReason = z.infer<typeof EvalReason>;

const EvalOutcome = z.enum(['passed', 'failed', 'skipped']);

/** What became of one check; a `judged` one has the judge's own words in `detail`. */
export const CheckResult = z.object({ outcome: EvalOutcome, reason: EvalReason.nullable(), detail: z.string() });
export type CheckResult = z.infer<typeof CheckResult>;

export const EvalResultStatus = z.enum(['waiting', 'running', ...EvalOutcome.options, 'cancelled']);
export type EvalResultStatus = z.infer<typeof EvalResultStatus>;

/** One eval in one column: how it went, what it took, and why. */
export const EvalResult = z.object({
  /** The eval's place among those of the run, and the column's among its columns. */
  row: z.number().int(),
  column: z.number().int(),
  status: EvalResultStatus,
  /** Why it was skipped as a whole. */
  reason: EvalReason.nullable(),
  /** The run that answered; `GET /api/runs/{run}` has its steps. */
  run: Identifier.nullable(),
  output: z.string(),
  /** As the eval's `expect`, in its order; empty until the run has ended. */
  checks: z.array(CheckResult),
  tokens: z.number().int(),
  /** Of the agent's run and the judges together; null when a price is unknown. */
  costUsd: z.number().nullable(),
  /** Of the agent's run alone. */
  durationMs: z.number().nullable(),
  error: Problem.nullable(),
});
export type EvalResult = z.infer<typeof EvalResult>;

export const EvalRunStatus = z.enum(['running', 'completed', 'cancelled', 'interrupted']);
export type EvalRunStatus = z.infer<typeof EvalRunStatus>;

const Counts = z.object({ passed: z.number().int(), failed: z.number().int(), skipped: z.number().int() });

/** A run of evals in a list. */
export const EvalRunSummary = z.object({
  id: Identifier,
  status: EvalRunStatus,
  /** The draft's revision that was asked. */
  draftRevision: z.number().int(),
  /** The newest published version then. */
  publishedVersion: z.number().int().nullable(),
  columns: z.array(EvalColumn),
  /** Of each column. */
  counts: z.array(Counts),
  startedAt: Timestamp,
  endedAt: Timestamp.nullable(),
});
export type EvalRunSummary = z.infer<typeof EvalRunSummary>;

/** A run of evals, with the evals as they were then. */
export const EvalRun = EvalRunSummary.extend({
  tests: z.array(z.object({ id: Identifier, test: Eval })),
  results: z.array(EvalResult),
});
export type EvalRun = z.infer<typeof EvalRun>;

/** Whether publishing waits for the evals, and how they stand on this very draft: `passed` when all of them did. */
export const EvalGate = z.object({
  required: z.boolean(),
  state: z.enum(['passed', 'not-passed', 'not-run']),
});
export type EvalGate = z.infer<typeof EvalGate>;

/** The evals of an agent, oldest first. */
export const EvalList = z.object({
  items: z.array(StoredEval),
  gate: EvalGate,
  /** The newest run of evals. */
  newestRun: EvalRunSummary.nullable(),
});
export type EvalList = z.infer<typeof EvalList>;

export const UpdateEvalSettingsInput = z.strictObject({ required: z.boolean() });

export const ImportEvalsInput = z.strictObject({
  csv: z.string().min(1).max(1_000_000),
});
export const ImportedEvals = z.object({ items: z.array(StoredEval) });
