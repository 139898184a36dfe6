import type { Problem } from '#server/contract/problem.ts';
import type { RunEvent, Usage } from '#server/contract/run-event.ts';
import type { Run } from '#server/contract/run.ts';
import { toSeconds } from './chat-completion.ts';
import { toOpenAIError } from './to-openai-error.ts';

type Batch = readonly { event: RunEvent }[];
type Status = 'in_progress' | 'completed' | 'failed' | 'cancelled' | 'incomplete';

/** What a response object is made of. */
type ResponseFacts = {
  run: string;
  model: string;
  created: number;
  previous: string | null;
  instructions: string | null;
  metadata: Record<string, string>;
};

export const toResponseId = (run: string) => `resp_${run}`;
export const toRunId = (response: string) => response.replace(/^resp_/, '');

/** A finished run as a `response`; what the run did beside is in the extra member `atrium`. */
export function toResponse(run: Run, facts: Omit<ResponseFacts, 'run' | 'created'>) {
  const atrium = {
    run: run.id,
    conversationId: run.conversationId,
    version: run.version,
    answeredBy: run.answeredBy,
    steps: run.steps,
    sources: run.sources,
    artifacts: run.artifacts,
    costUsd: run.costUsd,
  };
  const whole = { ...facts, run: run.id, created: toSeconds(run.startedAt) };
  return { ...responseObject(whole, 'completed', run.output, run.usage), atrium };
}

/** A run's events as the frames of a streamed response. */
export async function* toResponseFrames(
  batches: AsyncIterable<Batch>,
  given: Omit<ResponseFacts, 'run'>,
): AsyncGenerator<string> {
  let sequence = 0;
  let facts: ResponseFacts = { ...given, run: '' };
  let text = '';
  let failure: Problem | null = null;
  const frame = (type: string, body: object) => {
    const data = JSON.stringify({ type, sequence_number: sequence, ...body });
    sequence += 1;
    return `event: ${type}\ndata: ${data}\n\n`;
  };
  const place = () => ({ item_id: `msg_${facts.run}`, output_index: 0, content_index: 0 });

  const begin = (run: string) => {
    facts = { ...given, run };
    const response = responseObject(facts, 'in_progress', '', null);
    return (
      frame('response.created', { response }) +
      frame('response.in_progress', { response }) +
      frame('response.output_item.added', { output_index: 0, item: outputItem(facts, 'in_progress', null) }) +
      frame('response.content_part.added', { ...place(), part: textPart('') })
    );
  };
  const end = (event: Extract<RunEvent, { type: 'run-end' }>) => {
    if (failure !== null) {
      const response = { ...responseObject(facts, 'failed', text, event.usage), error: toResponseError(failure) };
      return frame('response.failed', { response });
    }
    const status = event.finishReason === 'length' ? 'incomplete' : 'completed';
    return (
      frame('response.output_text.done', { ...place(), text, logprobs: [] }) +
      frame('response.content_part.done', { ...place(), part: textPart(text) }) +
      frame('response.output_item.done', { output_index: 0, item: outputItem(facts, 'completed', text) }) +
      frame(`response.${status}`, { response: responseObject(facts, status, text, event.usage), atrium: event })
    );
  };
  const toFrame = (event: RunEvent): string => {
    if (event.type === 'run-start') return begin(event.run);
    if (event.type === 'run-end') return end(event);
    if (event.type === 'error') {
      failure = event.problem;
      return '';
    }
    if (event.type === 'text-delta') {
      text += event.text;
      return frame('response.output_text.delta', { ...place(), delta: event.text, logprobs: [] });
    }
    return event.type === 'usage' ? '' : frame('atrium.event', { event });
  };
  for await (const batch of batches) yield batch.map(({ event }) => toFrame(event)).join('');
}

function responseObject(facts: ResponseFacts, status: Status, text: string, usage: Usage | null) {
  return {
    id: toResponseId(facts.run),
    object: 'response',
    created_at: facts.created,
    status,
    error: null,
    incomplete_details: status === 'incomplete' ? { reason: 'max_output_tokens' } : null,
    instructions: facts.instructions,
    max_output_tokens: null,
    metadata: facts.metadata,
    model: facts.model,
    output: status === 'in_progress' ? [] : [outputItem(facts, 'completed', text)],
    parallel_tool_calls: true,
    previous_response_id: facts.previous,
    store: true,
    temperature: null,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: [],
    top_p: null,
    truncation: 'disabled',
    usage: usage === null ? null : toResponseUsage(usage),
  };
}

function outputItem(facts: ResponseFacts, status: 'in_progress' | 'completed', text: string | null) {
  const content = text === null ? [] : [textPart(text)];
  return { id: `msg_${facts.run}`, type: 'message', status, role: 'assistant', content };
}

function textPart(text: string) {
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
