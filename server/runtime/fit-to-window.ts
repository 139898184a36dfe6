import { type BaseMessage, ToolMessage } from '@langchain/core/messages';
import { readThoughts } from './models/thoughts.ts';
import { mostTokens, tokensPerImage } from './tokens/create-token-counter.ts';

type CountTokens = (text: string) => Promise<number>;

const leftOut = '[This result was left out to make room for newer ones. Call the tool again if it is needed.]';

/**
 * Makes the messages of a run fit into its model's window: the oldest results of tools become a line that says so, until
 * they do. No message goes, so a call keeps its result; the results of the newest calls stay whole.
 *
 * @param maximumTokens - of the messages and of `overhead` (what is sent beside them); null: not known, so nothing changes
 */
export async function fitToWindow(
  messages: readonly BaseMessage[],
  {
    maximumTokens,
    overhead,
    countTokens,
  }: { maximumTokens: number | null; overhead: string; countTokens: CountTokens },
): Promise<readonly BaseMessage[]> {
  if (maximumTokens === null || boundOfMessages(messages) + mostTokens(overhead) <= maximumTokens) return messages;
  const fitted = [...messages];
  let tokens = (await countMessages(fitted, countTokens)) + (await countTokens(overhead));
  const newest = fitted.findLastIndex((message) => message.getType() === 'ai');
  for (const [place, message] of fitted.entries()) {
    if (tokens <= maximumTokens || place > newest) break;
    if (!ToolMessage.isInstance(message) || message.text.length <= leftOut.length) continue;
    tokens -= (await countTokens(message.text)) - (await countTokens(leftOut));
    const { tool_call_id: id, name } = message;
    fitted[place] = new ToolMessage({ content: leftOut, tool_call_id: id, ...(name === undefined ? {} : { name }) });
  }
  return fitted;
}

/** The tokens of whole messages: what they say, what they call, and their images. */
export async function countMessages(messages: readonly BaseMessage[], countTokens: CountTokens): Promise<number> {
  let tokens = 0;
  for (const message of messages) tokens += knownTokensOf(message) + (await countTokens(textOf(message)));
  return tokens;
}

/** No less than the tokens of whole messages: a byte is one at most. */
export const boundOfMessages = (messages: readonly BaseMessage[]) =>
  messages.reduce((sum, message) => sum + mostTokens(textOf(message)) + knownTokensOf(message), 0);

function textOf(message: BaseMessage): string {
  const calls = 'tool_calls' in message ? message.tool_calls : undefined;
  const thoughts = readThoughts(message);
  const text = message.text + (typeof thoughts?.tokens === 'number' ? '' : (thoughts?.text ?? ''));
  return Array.isArray(calls) && calls.length > 0 ? text + JSON.stringify(calls) : text;
}

/** What no text says: images, and reasoning that its server counted. */
function knownTokensOf(message: BaseMessage): number {
  const { content } = message;
  const images = typeof content === 'string' ? 0 : content.filter(({ type }) => type === 'image_url').length;
  return images * tokensPerImage + (readThoughts(message)?.tokens ?? 0);
}
