import { AIMessage, type BaseMessage, HumanMessage, SystemMessage } from '@langchain/core/messages';
import { writeAttachedFile } from './attached-file.ts';
import { estimateTokens } from './estimate-tokens.ts';

/** About what providers count for a picture of a usual size. */
const tokensPerImage = 1000;

/** An attached file, read for the model. */
export type Attachment =
  | { kind: 'image'; name: string; mediaType: string; base64: string }
  | {
      kind: 'text';
      name: string;
      text: string;
      /** The file itself, as far as it can be read, where `text` is a part of it or has a note to the model. */
      whole?: { text: string; isCut: boolean };
    };

/** A message of the conversation as the runtime is given it, oldest first. */
export type HistoryMessage = {
  role: 'system' | 'user' | 'assistant';
  content: string;
  attachments?: Attachment[];
};

/**
 * The messages that the model is sent: the instructions, the last message, and as many of the newest earlier ones as the
 * limits allow.
 *
 * What is kept begins with a question, never with the answer to one that was left out. System messages always go along;
 * answers of which nothing came do not.
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
  const said = history.filter(({ role, content }) => role !== 'assistant' || content !== '');
  const start = findStart(said, { maximumMessages, maximumTokens });
  const kept = said.filter((message, place) => place >= start || message.role === 'system');
  return [new SystemMessage(instructions), ...kept.map(toMessage)];
}

/** The place of the first message of the exchange that is kept. */
function findStart(said: HistoryMessage[], limits: { maximumMessages: number; maximumTokens: number }): number {
  let start = said.length - 1;
  let messages = 0;
  let tokens = 0;
  for (let place = start - 1; place >= 0; place -= 1) {
    const message = said[place];
    if (message === undefined || message.role === 'system') continue;
    messages += 1;
    tokens += estimateMessage(message);
    if (messages > limits.maximumMessages || tokens > limits.maximumTokens) return start;
    if (message.role === 'user') start = place;
  }
  return 0;
}

function estimateMessage({ content, attachments = [] }: HistoryMessage): number {
  return attachments.reduce(
    (sum, file) => sum + (file.kind === 'image' ? tokensPerImage : estimateTokens(file.text)),
    estimateTokens(content),
  );
}

function toMessage({ role, content, attachments = [] }: HistoryMessage): BaseMessage {
  if (role === 'assistant') return new AIMessage(content);
  if (role === 'system') return new SystemMessage(content);
  if (attachments.length === 0) return new HumanMessage(content);
  const texts = attachments.flatMap((file) => (file.kind === 'text' ? [writeAttachedFile(file)] : []));
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
