import { AIMessage, type BaseMessage, HumanMessage, SystemMessage } from '@langchain/core/messages';
import { estimateTokens } from './estimate-tokens.ts';

/** An attached file, read for the model. */
export type Attachment =
  { kind: 'image'; name: string; mediaType: string; base64: string } | { kind: 'text'; name: string; text: string };

/** A message of the conversation as the runtime is given it, oldest first. */
export type HistoryMessage = {
  role: 'system' | 'user' | 'assistant';
  content: string;
  attachments?: Attachment[];
};

/**
 * The messages that the model is sent: the instructions, then as many of the newest messages as the limits allow. The
 * last message always goes along.
 */
export function buildMessages({
  instructions,
  history,
  maximumMessages,
  maximumTokens,
}: {
  instructions: string;
  history: HistoryMessage[];
  maximumMessages: number;
  maximumTokens: number;
}): BaseMessage[] {
  const kept: HistoryMessage[] = [];
  let tokens = 0;
  for (const message of history.toReversed()) {
    tokens += estimateTokens(message.content);
    if (kept.length > 0 && (kept.length >= maximumMessages || tokens > maximumTokens)) break;
    kept.push(message);
  }
  kept.reverse();
  return [new SystemMessage(instructions), ...kept.map(toMessage)];
}

function toMessage({ role, content, attachments = [] }: HistoryMessage): BaseMessage {
  if (role === 'assistant') return new AIMessage(content);
  if (role === 'system') return new SystemMessage(content);
  if (attachments.length === 0) return new HumanMessage(content);
  const texts = attachments.flatMap((file) =>
    file.kind === 'text'
      ? [`<attached-file name="${file.name.replaceAll('"', "'")}">\n${file.text}\n</attached-file>`]
      : [],
  );
  const images = attachments.flatMap((file) =>
    file.kind === 'image'
      ? [{ type: 'image_url', image_url: { url: `data:${file.mediaType};base64,${file.base64}` } }]
      : [],
  );
  const text = [...texts, content].join('\n\n');
  return images.length === 0
    ? new HumanMessage(text)
    : new HumanMessage({ content: [{ type: 'text', text }, ...images] });
}
