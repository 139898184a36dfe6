import { AIMessage, type BaseMessage, HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages';
import { StoredMessage } from '#server/contract/run-checkpoint.ts';

/** A message in a form that any later version of the hub can read. Pure. */
export function toStoredMessage(message: BaseMessage): StoredMessage {
  const { content, additional_kwargs: extra } = message;
  const base = { content, ...(Object.keys(extra).length === 0 ? {} : { extra }) };
  if (ToolMessage.isInstance(message)) {
    const { tool_call_id: id, name = '', status } = message;
    return StoredMessage.parse({ ...base, role: 'tool', toolCall: { id, name, isError: status === 'error' } });
  }
  if (AIMessage.isInstance(message)) {
    const toolCalls = (message.tool_calls ?? []).map((call) => ({
      id: call.id ?? '',
      name: call.name,
      input: call.args,
    }));
    return StoredMessage.parse({ ...base, role: 'assistant', ...(toolCalls.length === 0 ? {} : { toolCalls }) });
  }
  return StoredMessage.parse({ ...base, role: message.getType() === 'system' ? 'system' : 'user' });
}

/** The message that was stored. Pure. */
export function fromStoredMessage({ role, content, toolCalls, toolCall, extra }: StoredMessage): BaseMessage {
  const base = { content: content as string, ...(extra === undefined ? {} : { additional_kwargs: extra }) };
  switch (role) {
    case 'system':
      return new SystemMessage(base);
    case 'user':
      return new HumanMessage(base);
    case 'assistant':
      return new AIMessage({
        ...base,
        tool_calls: (toolCalls ?? []).map(({ id, name, input }) => ({ id, name, args: input, type: 'tool_call' })),
      });
    case 'tool':
      return new ToolMessage({
        ...base,
        tool_call_id: toolCall?.id ?? '',
        name: toolCall?.name ?? '',
        status: toolCall?.isError === true ? 'error' : 'success',
      });
  }
}
