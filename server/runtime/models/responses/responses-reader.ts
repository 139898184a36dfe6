import { AIMessageChunk, type AIMessageChunkFields } from '@langchain/core/messages';
import { ChatGenerationChunk } from '@langchain/core/outputs';
import type OpenAI from 'openai';
import { areWorthKeeping, type KeptItem, toKeptItem } from './kept-item.ts';

type Event = OpenAI.Responses.ResponseStreamEvent;
type Call = OpenAI.Responses.ResponseFunctionToolCall;

/** Makes the reader of one answer: it turns events into LangChain's chunks; null where an event says nothing new. */
export function createResponsesReader() {
  /** How much of the arguments of each call was told, by the call's place among the items. */
  const calls = new Map<number, number>();
  const kept: KeptItem[] = [];
  let hasThought = false;
  let hasRefused = false;

  function readCall(index: number, { call_id: id, name, arguments: text }: Call): ChatGenerationChunk | null {
    const told = calls.get(index);
    calls.set(index, text.length);
    if (told === undefined) return toCallChunk({ index, id, name, args: text });
    return text.length > told ? toCallChunk({ index, args: text.slice(told) }) : null;
  }

  function endAnswer({ usage, incomplete_details: details }: OpenAI.Responses.Response): ChatGenerationChunk {
    const cut = details?.reason === 'max_output_tokens' ? 'length' : details?.reason;
    const reason = cut ?? (hasRefused ? 'content_filter' : calls.size > 0 ? 'tool_calls' : 'stop');
    const thoughts = areWorthKeeping(kept) ? { thoughts: JSON.stringify(kept) } : {};
    return toChunk({ content: '', additional_kwargs: thoughts }, { usage, reason });
  }

  return (event: Event): ChatGenerationChunk | null => {
    if (event.type === 'response.output_text.delta')
      return new ChatGenerationChunk({ text: event.delta, message: new AIMessageChunk(event.delta) });
    if (event.type === 'response.function_call_arguments.delta') {
      const { output_index: index, delta } = event;
      calls.set(index, (calls.get(index) ?? 0) + delta.length);
      return toCallChunk({ index, args: delta });
    }
    if (event.type === 'response.reasoning_summary_text.delta' || event.type === 'response.reasoning_text.delta') {
      hasThought = true;
      return toThought(event.delta);
    }
    if (event.type === 'response.reasoning_summary_part.added') return hasThought ? toThought('\n\n') : null;
    if (event.type === 'response.refusal.delta') {
      hasRefused = true;
      return toChunk({ content: event.delta });
    }
    if (event.type === 'response.output_item.added' || event.type === 'response.output_item.done') {
      const { type, item, output_index: index } = event;
      const made = type === 'response.output_item.done' ? toKeptItem(item) : null;
      if (made !== null) kept.push(made);
      return item.type === 'function_call' ? readCall(index, item) : null;
    }
    if (event.type === 'response.completed' || event.type === 'response.incomplete') return endAnswer(event.response);
    if (event.type === 'response.failed') return toChunk({ content: '' }, { usage: event.response.usage });
    // From here on it costs something, though nothing is said yet.
    return event.type === 'response.created' ? toChunk({ content: '' }) : null;
  };
}

const toThought = (reasoning: string) => toChunk({ content: '', additional_kwargs: { reasoning } });

const toCallChunk = (call: { index: number; id?: string; name?: string; args: string }) =>
  toChunk({ content: '', tool_call_chunks: [{ type: 'tool_call_chunk', ...call }] });

function toChunk(
  fields: AIMessageChunkFields & { content: string },
  { usage, reason }: { usage?: OpenAI.Responses.ResponseUsage | null | undefined; reason?: string } = {},
): ChatGenerationChunk {
  const message = new AIMessageChunk(fields);
  if (usage) Object.assign(message, { usage_metadata: toUsage(usage) });
  return new ChatGenerationChunk({
    text: fields.content,
    message,
    generationInfo: reason === undefined ? {} : { finish_reason: reason },
  });
}

/** Servers that are not OpenAI leave the details out. */
type ToldUsage = Pick<OpenAI.Responses.ResponseUsage, 'input_tokens' | 'output_tokens' | 'total_tokens'> &
  Partial<OpenAI.Responses.ResponseUsage>;

function toUsage({ input_tokens_details: read, output_tokens_details: written, ...usage }: ToldUsage) {
  return {
    input_tokens: usage.input_tokens,
    output_tokens: usage.output_tokens,
    total_tokens: usage.total_tokens,
    input_token_details: { cache_read: read?.cached_tokens, cache_creation: read?.cache_write_tokens },
    output_token_details: { reasoning: written?.reasoning_tokens },
  };
}
