import type { FinishReason, RunEvent, Usage } from '#server/contract/run-event.ts';
import type { Run } from '#server/contract/run.ts';
import { toOpenAIError } from './to-openai-error.ts';
import { toWaitCall } from './wait-calls.ts';

type Batch = readonly { event: RunEvent }[];

const chatFinishReasons: Record<FinishReason, 'stop' | 'length' | 'content_filter'> = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'stop',
  content_filter: 'content_filter',
  steps: 'length',
  cancelled: 'stop',
  error: 'stop',
};

/**
 * A run that has ended as `chat.completion`, or one that waits for a person, with a tool call for each thing that it asks;
 * what the run did beside is in the extra member `atrium`. `said`: what an earlier completion of the same run said.
 */
export function toChatCompletion(run: Run, { model, said }: { model: string; said: string }) {
  const isWaiting = run.status === 'waiting';
  const text = run.output.startsWith(said) ? run.output.slice(said.length) : run.output;
  return {
    id: `chatcmpl-${run.id}`,
    object: 'chat.completion',
    created: toSeconds(run.startedAt),
    model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: isWaiting && text === '' ? null : text,
          refusal: null,
          ...(isWaiting ? { tool_calls: run.waitsFor.map((wait) => toWaitCall(run.id, wait)) } : {}),
        },
        logprobs: null,
        finish_reason: isWaiting ? 'tool_calls' : chatFinishReasons[run.finishReason ?? 'stop'],
      },
    ],
    usage: toChatUsage(run.usage),
    atrium: {
      run: run.id,
      conversationId: run.conversationId,
      version: run.version,
      answeredBy: run.answeredBy,
      steps: run.steps,
      sources: run.sources,
      artifacts: run.artifacts,
      costUsd: run.costUsd,
      costIsPartial: run.costIsPartial,
    },
  };
}

type ChatStream = {
  model: string;
  created: number;
  includeUsage: boolean;
  /** The run that this stream goes on with, whose first event an earlier one told of. */
  continued: string | null;
  readRun: () => Promise<Run>;
};

/**
 * A run's events as `chat.completion.chunk` frames, ending with `[DONE]`. Tool steps, sources and artifacts come as the
 * extra member `atrium` of chunks without text, which clients pass over. A failure comes as a frame `error`, and no chunk
 * after it has a finish reason. Where the events end because the run waits for a person, tool calls tell what it asks.
 */
export async function* toChatChunks(
  batches: AsyncIterable<Batch>,
  { model, created, includeUsage, continued, readRun }: ChatStream,
): AsyncGenerator<string> {
  let id = 'chatcmpl';
  let hasEnded = false;
  let hasFailed = false;
  const frame = (choices: unknown[], more: object = {}) =>
    `data: ${JSON.stringify({ id, object: 'chat.completion.chunk', created, model, choices, ...more })}\n\n`;
  const chunk = (delta: object, finishReason: string | null, more: object = {}) =>
    frame([{ index: 0, delta, logprobs: null, finish_reason: finishReason }], more);

  const begin = (run: string, more: object) => {
    id = `chatcmpl-${run}`;
    return chunk({ role: 'assistant', content: '', refusal: null }, null, more);
  };
  const end = (reason: string | null, usage: Usage, more: object) =>
    chunk({}, reason, more) + (includeUsage ? frame([], { usage: toChatUsage(usage) }) : '');

  const toFrame = (event: RunEvent): string => {
    switch (event.type) {
      case 'run-start':
        return begin(event.run, { atrium: event });
      case 'text-delta':
        return chunk({ content: event.text }, null);
      case 'reasoning-delta':
        return chunk({ reasoning_content: event.text }, null);
      case 'error':
        hasFailed = true;
        return `data: ${JSON.stringify(toOpenAIError(event.problem))}\n\n`;
      case 'run-end':
        hasEnded = true;
        return end(hasFailed ? null : chatFinishReasons[event.finishReason ?? 'stop'], event.usage, { atrium: event });
      case 'usage':
        return '';
      case 'tool-call':
      case 'tool-progress':
      case 'tool-result':
      case 'source':
      case 'artifact':
      case 'approval-request':
      case 'approval-result':
      case 'form-request':
      case 'form-result':
      case 'model-fallback':
      case 'notice':
      case 'guard':
      case 'hand-over':
        return chunk({}, null, { atrium: event });
    }
  };
  if (continued !== null) yield begin(continued, {});
  for await (const batch of batches) yield batch.map(({ event }) => toFrame(event)).join('');
  const run = hasEnded ? null : await readRun();
  if (run?.status === 'waiting') {
    const calls = run.waitsFor.map((wait, index) => ({ index, ...toWaitCall(run.id, wait) }));
    yield chunk({ tool_calls: calls }, null) + end('tool_calls', run.usage, {});
  }
  yield 'data: [DONE]\n\n';
}

export function toSeconds(time: string): number {
  return Math.floor(new Date(time).getTime() / 1000);
}

function toChatUsage(usage: Usage) {
  return {
    prompt_tokens: usage.inputTokens,
    completion_tokens: usage.outputTokens,
    total_tokens: usage.inputTokens + usage.outputTokens,
    prompt_tokens_details: { cached_tokens: usage.cachedInputTokens },
    completion_tokens_details: { reasoning_tokens: usage.reasoningTokens },
  };
}
