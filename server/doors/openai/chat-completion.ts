import type { FinishReason, RunEvent, Usage } from '#server/contract/run-event.ts';
import type { Run } from '#server/contract/run.ts';
import { toOpenAIError } from './to-openai-error.ts';

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

/** A finished run as `chat.completion`; what the run did beside is in the extra member `atrium`. */
export function toChatCompletion(run: Run, model: string) {
  return {
    id: `chatcmpl-${run.id}`,
    object: 'chat.completion',
    created: toSeconds(run.startedAt),
    model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: run.output, refusal: null },
        logprobs: null,
        finish_reason: chatFinishReasons[run.finishReason ?? 'stop'],
      },
    ],
    usage: toChatUsage(run.usage),
    atrium: {
      run: run.id,
      conversationId: run.conversationId,
      version: run.version,
      steps: run.steps,
      sources: run.sources,
      artifacts: run.artifacts,
      costUsd: run.costUsd,
    },
  };
}

/**
 * A run's events as `chat.completion.chunk` frames, ending with `[DONE]`. Tool steps, sources and artifacts come as the
 * extra member `atrium` of chunks without text, which clients pass over.
 */
export async function* toChatChunks(
  batches: AsyncIterable<Batch>,
  { model, created, includeUsage }: { model: string; created: number; includeUsage: boolean },
): AsyncGenerator<string> {
  let id = 'chatcmpl';
  const frame = (choices: unknown[], more: object = {}) =>
    `data: ${JSON.stringify({ id, object: 'chat.completion.chunk', created, model, choices, ...more })}\n\n`;
  const chunk = (delta: object, finishReason: string | null, more: object = {}) =>
    frame([{ index: 0, delta, logprobs: null, finish_reason: finishReason }], more);

  const toFrame = (event: RunEvent): string => {
    switch (event.type) {
      case 'run-start':
        id = `chatcmpl-${event.run}`;
        return chunk({ role: 'assistant', content: '', refusal: null }, null, { atrium: event });
      case 'text-delta':
        return chunk({ content: event.text }, null);
      case 'reasoning-delta':
        return chunk({ reasoning_content: event.text }, null);
      case 'error':
        return `data: ${JSON.stringify(toOpenAIError(event.problem))}\n\n`;
      case 'run-end': {
        const end = chunk({}, chatFinishReasons[event.finishReason ?? 'stop'], { atrium: event });
        return includeUsage ? end + frame([], { usage: toChatUsage(event.usage) }) : end;
      }
      case 'usage':
        return '';
      case 'tool-call':
      case 'tool-progress':
      case 'tool-result':
      case 'source':
      case 'artifact':
      case 'approval-request':
      case 'approval-result':
      case 'model-fallback':
      case 'guard':
        return chunk({}, null, { atrium: event });
    }
  };
  for await (const batch of batches) yield batch.map(({ event }) => toFrame(event)).join('');
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
