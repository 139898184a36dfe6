import type OpenAI from 'openai';

/** What of an answer's items goes back with its calls, in its order: its reasoning is sealed, each call is the message's next. */
export type KeptItem =
  | (Pick<OpenAI.Responses.ResponseReasoningItem, 'id' | 'type' | 'summary'> & { encrypted_content: string })
  | { type: 'message'; text: string; phase?: OpenAI.Responses.ResponseOutputMessage['phase'] }
  | { type: 'function_call' };

type Item = OpenAI.Responses.ResponseOutputItem;

/** What is kept of an item; null: nothing. Pure. */
export function toKeptItem(item: Item): KeptItem | null {
  if (item.type === 'function_call') return { type: 'function_call' };
  if (item.type === 'message') {
    const text = item.content.map((part) => (part.type === 'output_text' ? part.text : part.refusal)).join('');
    return { type: 'message', text, ...(item.phase ? { phase: item.phase } : {}) };
  }
  // Nothing is stored at OpenAI, so reasoning that came unsealed cannot be found there again.
  if (item.type !== 'reasoning' || !item.encrypted_content) return null;
  const { id, type, summary, encrypted_content } = item;
  return { id, type, summary, encrypted_content };
}

/** Whether items say more than the message that the hub keeps itself. */
export const areWorthKeeping = (items: readonly KeptItem[]) =>
  items.some((item) => item.type === 'reasoning' || (item.type === 'message' && item.phase !== undefined));
