import type { Problem } from '#server/contract/problem.ts';
import type { FinishReason, Usage } from '#server/contract/run-event.ts';
import type { Run } from '#server/contract/run.ts';
import type { OpenWait } from '#server/contract/run-wait.ts';
import { toSeconds } from './chat-completion.ts';
import { toOpenAIError } from './to-openai-error.ts';
import { toWaitCall } from './wait-calls.ts';

/** What a response object is made of. */
export type ResponseFacts = {
  id: string;
  model: string;
  created: number;
  previous: string | null;
  instructions: string | null;
  metadata: Record<string, string>;
  store: boolean;
};

type State = {
  status: 'in_progress' | 'completed' | 'failed' | 'incomplete';
  output: OutputItem[];
  usage: Usage | null;
  failure?: Problem | null;
};

/** The identifier of a response: a run's first, or the one that goes on after an event. */
export const toResponseId = (run: string, after?: string) => `resp_${run}${after === undefined ? '' : `.${after}`}`;
export const toRunId = (response: string) => response.replace(/^resp_|\..*$/g, '');

/**
 * A run that has ended as a `response`, or one that waits for a person, with a function call for each thing that it asks;
 * what the run did beside is in the extra member `atrium`. `said`: what an earlier response of the same run said.
 */
export function toResponse(
  run: Run,
  { said, after, ...given }: Omit<ResponseFacts, 'id' | 'created'> & { said: string; after: string | undefined },
) {
  const atrium = {
    run: run.id,
    conversationId: run.conversationId,
    version: run.version,
    answeredBy: run.answeredBy,
    steps: run.steps,
    sources: run.sources,
    artifacts: run.artifacts,
    costUsd: run.costUsd,
    costIsPartial: run.costIsPartial,
  };
  const facts = { ...given, id: toResponseId(run.id, after), created: toSeconds(run.startedAt) };
  const text = run.output.startsWith(said) ? run.output.slice(said.length) : run.output;
  const isWaiting = run.status === 'waiting';
  const message = isWaiting && text === '' ? [] : [toMessageItem(facts, 'completed', text)];
  const output = [...message, ...(isWaiting ? run.waitsFor.map((wait) => toCallItem(run.id, wait)) : [])];
  return { ...toResponseObject(facts, { status: toStatus(run.finishReason), output, usage: run.usage }), atrium };
}

export const toStatus = (reason: FinishReason | null) => (reason === 'length' ? 'incomplete' : 'completed');

export function toResponseObject(facts: ResponseFacts, { status, output, usage, failure = null }: State) {
  return {
    id: facts.id,
    object: 'response',
    created_at: facts.created,
    status,
    error: failure === null ? null : toResponseError(failure),
    incomplete_details: status === 'incomplete' ? { reason: 'max_output_tokens' } : null,
    instructions: facts.instructions,
    max_output_tokens: null,
    metadata: facts.metadata,
    model: facts.model,
    output,
    parallel_tool_calls: true,
    previous_response_id: facts.previous,
    store: facts.store,
    temperature: null,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: [],
    top_p: null,
    truncation: 'disabled',
    usage: usage === null ? null : toResponseUsage(usage),
  };
}

export const toMessageId = ({ id }: ResponseFacts) => id.replace(/^resp_/, 'msg_');

export function toMessageItem(facts: ResponseFacts, status: 'in_progress' | 'completed', text: string | null) {
  const content = text === null ? [] : [toTextPart(text)];
  return { id: toMessageId(facts), type: 'message', status, role: 'assistant', content };
}

/** What a run waits for, as a function call that the client answers with a `function_call_output`. */
export function toCallItem(run: string, wait: OpenWait) {
  const { id, function: called } = toWaitCall(run, wait);
  return { id: `fc_${wait.id}`, type: 'function_call', status: 'completed', call_id: id, ...called };
}

type OutputItem = ReturnType<typeof toMessageItem> | ReturnType<typeof toCallItem>;

export function toTextPart(text: string) {
  return { type: 'output_text', text, annotations: [], logprobs: [] };
}

function toResponseUsage(usage: Usage) {
  return {
    input_tokens: usage.inputTokens,
    input_tokens_details: { cached_tokens: usage.cachedInputTokens },
    output_tokens: usage.outputTokens,
    output_tokens_details: { reasoning_tokens: usage.reasoningTokens },
    total_tokens: usage.inputTokens + usage.outputTokens,
  };
}

function toResponseError(problem: Problem) {
  const { error } = toOpenAIError(problem);
  return { code: error.code, message: error.message };
}
