import { AIMessage, type BaseMessage, HumanMessage, SystemMessage } from '@langchain/core/messages';
import type { Attachment } from '#server/contract/attachment.ts';
import { writeAttachedFile, writeAttachedImage } from './attached-file.ts';
import { mostTokens, tokensPerImage } from './tokens/create-token-counter.ts';

/** A message of the conversation as the runtime is given it, oldest first. */
export type HistoryMessage = {
  /** Of a stored message; later ones sort after earlier ones. */
  id?: string;
  role: 'system' | 'user' | 'assistant';
  content: string;
  attachments?: Attachment[];
};

export type HistoryLimits = { maximumMessages: number; maximumTokens: number };

/** Which messages go along, which do not fit any more, and whether their tokens had to be counted to know that. */
export type KeptHistory = { kept: HistoryMessage[]; leftOut: HistoryMessage[]; wasCounted: boolean };

/**
 * Picks what the model is sent of a conversation: the last message, and as many of the newest earlier ones as the limits
 * allow.
 *
 * What is kept begins with a question, never with the answer to one that was left out. System messages always go along;
 * answers of which nothing came do not.
 */
export async function keepHistory(
  history: readonly HistoryMessage[],
  limits: HistoryLimits,
  countTokens: (text: string) => Promise<number>,
): Promise<KeptHistory> {
  const said = history.filter(({ role, content }) => role !== 'assistant' || content !== '');
  // Bytes say at no cost when all of it fits: no token is shorter.
  const wasCounted = sum(said.slice(0, -1).map(boundOf)) > limits.maximumTokens;
  const start = await findStart(said, limits, wasCounted ? countTokens : null);
  return {
    kept: said.filter((message, place) => place >= start || message.role === 'system'),
    leftOut: said.filter((message, place) => place < start && message.role !== 'system'),
    wasCounted,
  };
}

/** The place of the first message of the exchange that is kept. */
async function findStart(
  said: readonly HistoryMessage[],
  limits: HistoryLimits,
  countTokens: ((text: string) => Promise<number>) | null,
): Promise<number> {
  let start = said.length - 1;
  let messages = 0;
  let tokens = 0;
  for (let place = start - 1; place >= 0; place -= 1) {
    const message = said[place];
    if (message === undefined || message.role === 'system') continue;
    messages += 1;
    if (messages > limits.maximumMessages) return start;
    if (countTokens !== null) tokens += await countMessage(message, countTokens);
    if (tokens > limits.maximumTokens) return start;
    if (message.role === 'user') start = place;
  }
  return 0;
}

const textsOf = ({ content, attachments = [] }: HistoryMessage) => [
  content,
  ...attachments.flatMap((file) => (file.kind === 'text' ? [file.text] : [])),
];
const tokensOfImages = ({ attachments = [] }: HistoryMessage) =>
  attachments.filter(({ kind }) => kind === 'image').length * tokensPerImage;
const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

/** Never fewer than the tokens of a message. */
export const boundOf = (message: HistoryMessage) => tokensOfImages(message) + sum(textsOf(message).map(mostTokens));

async function countMessage(message: HistoryMessage, countTokens: (text: string) => Promise<number>): Promise<number> {
  let tokens = tokensOfImages(message);
  for (const text of textsOf(message)) tokens += await countTokens(text);
  return tokens;
}

/** The messages as the model is sent them, the instructions first. */
export function buildMessages(instructions: string, kept: readonly HistoryMessage[]): BaseMessage[] {
  return [new SystemMessage(instructions), ...kept.map(toMessage)];
}

function toMessage({ role, content, attachments = [] }: HistoryMessage): BaseMessage {
  if (role === 'assistant') return new AIMessage(content);
  if (role === 'system') return new SystemMessage(content);
  if (attachments.length === 0) return new HumanMessage(content);
  const texts = attachments.flatMap((file) => (file.kind === 'text' ? [writeAttachedFile(file)] : []));
  const images = attachments.flatMap((file) =>
    file.kind === 'image'
      ? [
          ...(file.id === undefined ? [] : [{ type: 'text', text: writeAttachedImage(file) }]),
          { type: 'image_url', image_url: { url: `data:${file.mediaType};base64,${file.base64}` } },
        ]
      : [],
  );
  const text = [...texts, content].join('\n\n');
  return images.length === 0
    ? new HumanMessage(text)
    : new HumanMessage({ content: [{ type: 'text', text }, ...images] });
}
