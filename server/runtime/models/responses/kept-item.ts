import type OpenAI from 'openai';

/** What of an answer's items goes back with its calls, in its order: its reasoning is sealed, each call is the message's next. */
export type KeptItem =
  | (Pick<OpenAI.Responses.ResponseReasoningItem, 'id' | 'type' | 'summary'> & { encrypted_content: string })
  | { type: 'message'; text: string; phase?: OpenAI.Responses.ResponseOutputMessage['phase'] }
  | { type: 'function_call' };

type Item = OpenAI.Responses.ResponseOutputItem;

/** What is kept of an item; null: nothing. Pure. */
export function toKeptItem(item: Item): KeptItem | null {
  switch (item.type) {
    case 'reasoning': {
      const { id, type, summary, encrypted_content: sealed } = item;
      // Nothing is stored at OpenAI, so reasoning that came unsealed cannot be found there again.
      return sealed == null ? null : { id, type, summary, encrypted_content: sealed };
    }
    case 'message': {
      const text = item.content.map((part) => (part.type === 'output_text' ? part.text : part.refusal)).join('');
      return { type: 'message', text, ...(item.phase == null ? {} : { phase: item.phase }) };
    }
    case 'function_call':
      return { type: 'function_call' };
    default:
      return null;
  }
}

/** Whether items say more than the message that the hub keeps itself. */
export const areWorthKeeping = (items: readonly KeptItem[]) =>
  items.some((item) => item.type === 'reasoning' || (item.type === 'message' && item.phase !== undefined));
