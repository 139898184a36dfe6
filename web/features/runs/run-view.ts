import type {
  FinishReason,
  RunNotice,
  RunStatus,
  Source,
  Artifact,
  Usage,
  RunEventOf,
  NamedAgent,
} from '#server/contract/run-event.ts';
import type { RunOrigin } from '#server/contract/run-origin.ts';
import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import type { Problem } from '#server/contract/problem.ts';
import { noCost } from '#server/contract/cost.ts';

/** A tool call as a reader sees it. */
export type StepView = {
  call: string;
  tool: string;
  /** The call of an agent in which this one was made. */
  parent: string | null;
  intent: string;
  input: JsonObject;
  output: JsonValue;
  isError: boolean;
  isRunning: boolean;
  durationMs: number | null;
  /** The last line that the tool said while it worked. */
  progress: string | null;
  /** The whole result, when `output` is only its summary. */
  file: string | null;
};

/** A provider that failed, and the model that went on. */
export type FallbackView = Pick<RunEventOf<'model-fallback'>, 'from' | 'to' | 'continues'> & { detail: string };

/** Another agent that took the turn over. */
export type HandOverView = Omit<RunEventOf<'hand-over'>, 'type'>;

/** What a guard of the agent took out or refused. */
export type GuardView = Omit<RunEventOf<'guard'>, 'type'>;

/** A question to a person: may this call go ahead? */
export type ApprovalView = Omit<RunEventOf<'approval-request'>, 'type'> & {
  decision: RunEventOf<'approval-result'>['decision'] | null;
};

/** A form that a person is asked to fill in. */
export type FormRequestView = Omit<RunEventOf<'form-request'>, 'type'> & {
  outcome: RunEventOf<'form-result'>['outcome'] | null;
};

/**
 * Everything that a page shows of one run, whether it is folded from live events or read from a stored message.
 *
 * `status` is null until the hub has said that the run began.
 */
export type RunView = {
  run: string | null;
  conversationId: string | null;
  version: number | null;
  /** Who answers; null while this page only knows who was asked. */
  answeredBy: NamedAgent | null;
  model: string | null;
  /** Null while the answer is read as it comes: then this page knows who asked. */
  startedBy: RunOrigin | null;
  status: RunStatus | null;
  finishReason: FinishReason | null;
  text: string;
  reasoning: string;
  steps: StepView[];
  fallbacks: FallbackView[];
  notices: RunNotice[];
  handOvers: HandOverView[];
  guards: GuardView[];
  sources: Source[];
  artifacts: Artifact[];
  approvals: ApprovalView[];
  forms: FormRequestView[];
  usage: Usage;
  costUsd: number | null;
  costIsPartial: boolean;
  /** How long the model took to begin; null: not measured. */
  firstTokenMs: number | null;
  /** What the last model call filled of its window; null where the window is not known. */
  filled: { tokens: number; window: number } | null;
  error: Problem | null;
  startedAt: string | null;
  endedAt: string | null;
};

export const noUsage: Usage = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, reasoningTokens: 0 };

export const emptyRunView: RunView = {
  run: null,
  conversationId: null,
  version: null,
  answeredBy: null,
  model: null,
  startedBy: null,
  status: null,
  finishReason: null,
  text: '',
  reasoning: '',
  steps: [],
  fallbacks: [],
  notices: [],
  handOvers: [],
  guards: [],
  sources: [],
  artifacts: [],
  approvals: [],
  forms: [],
  usage: noUsage,
  ...noCost,
  firstTokenMs: null,
  filled: null,
  error: null,
  startedAt: null,
  endedAt: null,
};

export function isUnderWay(view: RunView): boolean {
  return view.status === null || view.status === 'running' || view.status === 'waiting';
}

/** How much of a model's window one call filled. */
export function toFilled(usage: Usage, window: number | null): RunView['filled'] {
  return window === null ? null : { tokens: usage.inputTokens + usage.outputTokens, window };
}

export function addUsage(left: Usage, right: Usage): Usage {
  return {
    inputTokens: left.inputTokens + right.inputTokens,
    outputTokens: left.outputTokens + right.outputTokens,
    cachedInputTokens: left.cachedInputTokens + right.cachedInputTokens,
    reasoningTokens: left.reasoningTokens + right.reasoningTokens,
  };
}
