import { z } from 'zod';
import { HubError } from '#server/hub-error.ts';
import { chatLimits, responseLimits } from './openai-limits.ts';

const TextPart = z.object({ type: z.enum(['text', 'input_text', 'output_text']), text: z.string() });
const ImagePart = z.object({ type: z.literal('image_url'), image_url: z.object({ url: z.string() }) });
const ResponsesImagePart = z.object({ type: z.literal('input_image'), image_url: z.string() });
const Part = z.discriminatedUnion('type', [TextPart, ImagePart, ResponsesImagePart], {
  error: 'Send parts of texts and pictures, each with its "type".',
});
const Content = z.union([z.string(), z.array(Part)], { error: 'Send a text, or a list of texts and pictures.' });

const role = z.enum(['system', 'developer', 'user', 'assistant'], {
  error: 'Use "system", "developer", "user" or "assistant". Tools run inside the hub, so there are no "tool" messages.',
});
const chatRole = z.enum(['system', 'developer', 'user', 'assistant', 'tool'], {
  error: 'Use "system", "developer", "user", "assistant" or "tool".',
});
export const OpenAIMessage = z.object({ role, content: Content });
export type OpenAIMessage = z.infer<typeof OpenAIMessage>;

/** A message of a chat: the client also hands back what a run asked it, as calls, and its answers to them. */
export const ChatMessage = z
  .object({
    role: chatRole,
    content: Content.nullish(),
    tool_calls: z.array(z.unknown()).nullish(),
    tool_call_id: z.string().max(200).nullish(),
  })
  .refine(
    ({ role: of, content, tool_calls: calls }) =>
      (content ?? null) !== null || (of === 'assistant' && (calls ?? null) !== null),
    {
      message: 'Send the text of the message.',
      path: ['content'],
    },
  );
export type ChatMessage = z.infer<typeof ChatMessage>;

const model = z.string().min(1).max(80);
const metadata = z.record(z.string().max(64), z.string().max(512)).nullish();

/** Whether the conversation is kept. */
const store = z.boolean().nullish();

/** What the hub reads of a chat completion request; the agent decides on everything else, so other members are let be. */
export const ChatCompletionInput = z.object({
  ...chatLimits,
  model,
  messages: z.array(ChatMessage).min(1).max(500),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().optional() }).nullish(),
  store,
  metadata,
});

/** What a run asked in an earlier response, handed back; the hub knows it. */
const FunctionCall = z.object({ type: z.literal('function_call'), call_id: z.string().max(200) });
const FunctionCallOutput = z.object({
  type: z.literal('function_call_output'),
  call_id: z.string().max(200),
  output: Content,
});
const ResponseItem = z.union([FunctionCall, FunctionCallOutput, OpenAIMessage], {
  error: 'Send messages, or answers to what a run asked.',
});
export type ResponseItem = z.infer<typeof ResponseItem>;

/** What the hub reads of a request for a response. */
export const ResponseInput = z
  .object({
    ...responseLimits,
    model,
    input: z.union([z.string().min(1), z.array(ResponseItem).min(1).max(500)], {
      error: 'Send a text, or a list of messages.',
    }),
    instructions: z.string().nullish(),
    stream: z.boolean().nullish(),
    previous_response_id: z.string().max(80).nullish(),
    store,
    metadata,
  })
  .refine(({ store: isStored, previous_response_id: previous }) => isStored !== false || (previous ?? null) === null, {
    message: 'What goes on with a stored conversation is stored in it. Leave this out.',
    path: ['store'],
  });

/** The text of a message, and the addresses of its pictures. */
export function readContent(content: z.infer<typeof Content>): { text: string; imageUrls: string[] } {
  if (typeof content === 'string') return { text: content, imageUrls: [] };
  const texts: string[] = [];
  const imageUrls: string[] = [];
  for (const part of content) {
    if (part.type === 'image_url') imageUrls.push(part.image_url.url);
    else if (part.type === 'input_image') imageUrls.push(part.image_url);
    else texts.push(part.text);
  }
  return { text: texts.join('\n'), imageUrls };
}

/**
 * Parts `handle@3`; without a version the newest published one answers.
 *
 * @throws {HubError} `not_found`, for a version that is no number
 */
export function readModel(name: string): { agent: string; version: number | undefined } {
  const mark = name.indexOf('@');
  if (mark === -1) return { agent: name, version: undefined };
  const [agent, version] = [name.slice(0, mark), name.slice(mark + 1)];
  if (!/^[1-9]\d{0,8}$/.test(version)) {
    throw new HubError('not_found', {
      en: `There is no version "${version}" of "${agent}". Pin one as "${agent}@1".`,
      zh: `“${agent}”没有版本“${version}”。请以“${agent}@1”的形式指定版本。`,
    });
  }
  return { agent, version: Number(version) };
}

/** The messages of a response's input; calls and their answers are the hub's own affair. */
export function toSaidItems(items: ResponseItem[]): OpenAIMessage[] {
  return items.filter((item) => 'role' in item);
}

/** The messages that people and the agent said; calls and their answers are the hub's own affair. */
export function toSaidMessages(messages: ChatMessage[]): OpenAIMessage[] {
  return messages.flatMap(({ role: of, content }) =>
    of === 'tool' || (content ?? null) === null ? [] : [{ role: of, content: content ?? '' }],
  );
}
