import { randomUUID } from 'node:crypto';
import { AIMessageChunk, type AIMessageChunkFields } from '@langchain/core/messages';
import { ChatGenerationChunk } from '@langchain/core/outputs';
import { HubError } from '#server/hub-error.ts';
import { type GeminiEvent, type GeminiPart, ownCallMark } from './gemini-wire.ts';

/** Gemini's reasons in the words of the others. Those that are missing count as an ordinary end. */
const finishReasons: Record<string, string> = {
  MAX_TOKENS: 'length',
  SAFETY: 'content_filter',
  RECITATION: 'content_filter',
  LANGUAGE: 'content_filter',
  BLOCKLIST: 'content_filter',
  PROHIBITED_CONTENT: 'content_filter',
  SPII: 'content_filter',
  IMAGE_SAFETY: 'content_filter',
};
const brokenCalls = new Set(['MALFORMED_FUNCTION_CALL', 'UNEXPECTED_TOOL_CALL']);

/**
 * Makes the reader of one answer: it turns events into LangChain's chunks and numbers the calls, which come whole and
 * without a number.
 */
export function createGeminiReader() {
  let calls = 0;
  return (event: GeminiEvent): ChatGenerationChunk => {
    const candidate = event.candidates?.[0];
    const parts = candidate?.content?.parts ?? [];
    const said = parts.filter(({ text, thought }) => text !== undefined && thought !== true);
    const thought = parts.filter((part) => part.thought === true);
    const signatures: Record<string, string> = {};
    const toolCalls = parts.flatMap(({ functionCall, thoughtSignature }) => {
      if (functionCall === undefined) return [];
      const id = functionCall.id ?? `${ownCallMark}${randomUUID()}`;
      if (thoughtSignature !== undefined) signatures[id] = thoughtSignature;
      const args = JSON.stringify(functionCall.args ?? {});
      return [{ type: 'tool_call_chunk' as const, index: calls++, id, name: functionCall.name, args }];
    });
    const text = join(said);
    const fields: AIMessageChunkFields = {
      content: text,
      tool_call_chunks: toolCalls,
      additional_kwargs: { reasoning: join(thought), signatures },
    };
    const message = new AIMessageChunk(fields);
    const usage = toUsage(event);
    if (usage !== null) Object.assign(message, { usage_metadata: usage });
    return new ChatGenerationChunk({ text, message, generationInfo: toGenerationInfo(event, calls > 0) });
  };
}

const join = (parts: GeminiPart[]) => parts.map(({ text }) => text ?? '').join('');

function toGenerationInfo({ candidates, promptFeedback }: GeminiEvent, hasCalled: boolean) {
  // A question that is refused gets no candidate at all.
  if (promptFeedback?.blockReason !== undefined) return { finish_reason: 'content_filter' };
  const reason = candidates?.[0]?.finishReason;
  if (reason === undefined || reason === 'FINISH_REASON_UNSPECIFIED') return {};
  if (brokenCalls.has(reason)) {
    throw new HubError('model_protocol_error', {
      en: 'The model called a tool in a way that Gemini itself cannot read.',
      zh: '模型调用工具的方式连 Gemini 自己也无法识别。请重试。',
    });
  }
  return { finish_reason: finishReasons[reason] ?? (hasCalled ? 'tool_calls' : 'stop') };
}

/** Gemini reports running totals, and counts thoughts apart from what is said. */
function toUsage({ usageMetadata: usage }: GeminiEvent) {
  if (usage === undefined) return null;
  const reasoning = usage.thoughtsTokenCount ?? 0;
  const input = (usage.promptTokenCount ?? 0) + (usage.toolUsePromptTokenCount ?? 0);
  const output = (usage.candidatesTokenCount ?? 0) + reasoning;
  return {
    input_tokens: input,
    output_tokens: output,
    total_tokens: input + output,
    input_token_details: { cache_read: usage.cachedContentTokenCount ?? 0 },
    output_token_details: { reasoning },
  };
}
