import { AIMessage, type BaseMessage } from '@langchain/core/messages';

type Block = { type: string; thinking?: string; signature?: string; data?: string; text?: string };

/** What is read of an event of Anthropic's stream. */
type StreamEvent = {
  type: string;
  index?: number;
  content_block?: object;
  delta?: object;
  usage?: { output_tokens_details?: { thinking_tokens: number } | null };
};

const isThought = ({ type }: Block) => type === 'thinking' || type === 'redacted_thinking';

/**
 * Hands on a stream of Anthropic's, and lays into the event that ends the answer what LangChain drops: the blocks that it
 * thought in, signed as they came with the text between them, as `thoughts`, and their tokens as `reasoning_tokens`.
 */
export async function* tellThoughts<Event extends StreamEvent>(events: AsyncIterable<Event>): AsyncGenerator<Event> {
  const blocks = new Map<number, Block>();
  for await (const event of events) {
    const { type, index = 0, content_block: begun, delta, usage } = event;
    if (type === 'content_block_start' && begun !== undefined) blocks.set(index, { ...(begun as Block) });
    if (type === 'content_block_delta' && delta !== undefined) addDelta(blocks.get(index), delta);
    yield type === 'message_delta' ? { ...event, delta: { ...delta, ...toTold([...blocks.values()], usage) } } : event;
  }
}

function addDelta(block: Block | undefined, { thinking, signature, text }: Partial<Block>) {
  if (block === undefined) return;
  if (thinking !== undefined) block.thinking = (block.thinking ?? '') + thinking;
  if (signature !== undefined) block.signature = (block.signature ?? '') + signature;
  if (text !== undefined) block.text = (block.text ?? '') + text;
}

function toTold(blocks: readonly Block[], usage: StreamEvent['usage']) {
  const thinkingTokens = usage?.output_tokens_details?.thinking_tokens;
  const kept = blocks.filter((block) => isThought(block) || (block.type === 'text' && block.text !== ''));
  return {
    ...(kept.some(isThought) ? { thoughts: JSON.stringify(kept) } : {}),
    ...(thinkingTokens === undefined ? {} : { reasoning_tokens: thinkingTokens }),
  };
}

/** Messages with the thoughts that led to their calls, word for word, before these. Pure. */
export function giveThoughtsBack(
  messages: readonly BaseMessage[],
  thoughts: ReadonlyMap<string, string>,
): BaseMessage[] {
  return messages.map((message) => {
    const calls = AIMessage.isInstance(message) ? (message.tool_calls ?? []) : [];
    const kept = thoughts.get(calls[0]?.id ?? '');
    if (kept === undefined) return message;
    const blocks = JSON.parse(kept) as Block[];
    const said = blocks.map(({ text = '' }) => text).join('');
    // An answer that went on from a model which failed says more than its own blocks.
    const text = message.text === '' ? [] : [{ type: 'text', text: message.text }];
    return new AIMessage({
      content: said === message.text ? blocks : [...blocks.filter(isThought), ...text],
      tool_calls: calls,
    });
  });
}

/** Whether a turn's calls began with thoughts of the model's own: with a budget for them, it cannot begin to think later. */
export function canThinkOn(messages: readonly BaseMessage[], thoughts: ReadonlyMap<string, string>): boolean {
  const asked = messages.findLastIndex((message) => message.getType() === 'human');
  const begun = messages.slice(asked + 1).find((message) => AIMessage.isInstance(message));
  return begun === undefined || thoughts.has(begun.tool_calls?.[0]?.id ?? '');
}
