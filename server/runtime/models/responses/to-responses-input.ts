import { AIMessage, type BaseMessage, ToolMessage } from '@langchain/core/messages';
import type OpenAI from 'openai';
import type { KeptItem } from './kept-item.ts';

type InputItem = OpenAI.Responses.ResponseInputItem;
type Thoughts = ReadonlyMap<string, string>;

/** A conversation as the `input` of a response, with the items that led to calls before these. Pure. */
export function toResponsesInput(messages: readonly BaseMessage[], thoughts: Thoughts): InputItem[] {
  return messages.flatMap((message) => toItems(message, thoughts));
}

function toItems(message: BaseMessage, thoughts: Thoughts): InputItem[] {
  if (ToolMessage.isInstance(message))
    return [{ type: 'function_call_output', call_id: message.tool_call_id, output: message.text }];
  if (AIMessage.isInstance(message)) return toAnswerItems(message, thoughts);
  const role = message.getType() === 'system' ? 'system' : 'user';
  return [{ role, content: toContent(message) }];
}

function toContent({ content }: BaseMessage): OpenAI.Responses.EasyInputMessage['content'] {
  if (typeof content === 'string') return content;
  return content.flatMap((block): OpenAI.Responses.ResponseInputContent[] => {
    if (block.type === 'text' && typeof block['text'] === 'string')
      return [{ type: 'input_text', text: block['text'] }];
    const url = (block['image_url'] as { url?: string } | undefined)?.url;
    return url === undefined ? [] : [{ type: 'input_image', image_url: url, detail: 'auto' }];
  });
}

function toAnswerItems(message: AIMessage, thoughts: Thoughts): InputItem[] {
  const calls = (message.tool_calls ?? []).map(toCall);
  const text = message.text === '' ? [] : [{ role: 'assistant' as const, content: message.text }];
  const kept = thoughts.get(message.tool_calls?.[0]?.id ?? '');
  if (kept === undefined) return [...text, ...calls];
  const items = JSON.parse(kept) as KeptItem[];
  const said = items.map((item) => (item.type === 'message' ? item.text : '')).join('');
  // An answer that went on from a model which failed says more than its own items.
  const isWhole = said === message.text;
  const answer = items.flatMap((item): InputItem[] => {
    if (item.type === 'reasoning') return [item];
    if (item.type === 'function_call') return calls.splice(0, 1);
    const { text: content, phase } = item;
    return isWhole && content !== '' ? [{ role: 'assistant', content, ...(phase === undefined ? {} : { phase }) }] : [];
  });
  return [...(isWhole ? [] : text), ...answer, ...calls];
}

function toCall({ id = '', name, args }: NonNullable<AIMessage['tool_calls']>[number]): InputItem {
  return { type: 'function_call', call_id: id, name, arguments: JSON.stringify(args) };
}
