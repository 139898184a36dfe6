import { type BaseMessage, HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages';

const mark = { cache_control: { type: 'ephemeral' } } as const;

/**
 * Marks up to where Anthropic may keep what it read: after the instructions, which cover the tools too, and after the last
 * message, where the next call of the run and the next turn go on. What is too short to be kept costs nothing. Pure.
 */
export function markForCache(messages: readonly BaseMessage[]): BaseMessage[] {
  return messages.map((message, place) => {
    if (place === 0 && message.getType() === 'system')
      return new SystemMessage([{ type: 'text', text: message.text, ...mark }]);
    return place === messages.length - 1 ? markLast(message) : message;
  });
}

function markLast(message: BaseMessage): BaseMessage {
  if (ToolMessage.isInstance(message)) {
    const { tool_call_id: id, text, status } = message;
    const failed = status === 'error' ? { is_error: true } : {};
    return new HumanMessage([{ type: 'tool_result', tool_use_id: id, content: text, ...failed, ...mark }]);
  }
  if (!HumanMessage.isInstance(message)) return message;
  const { content } = message;
  // Anthropic refuses a mark on an empty text.
  if (content === '') return message;
  if (typeof content === 'string') return new HumanMessage([{ type: 'text', text: content, ...mark }]);
  return new HumanMessage(
    content.map((block, place) => (place === content.length - 1 ? { ...block, ...mark } : block)),
  );
}
