import { toArgumentText, toPieces, toUsage } from './reply.ts';
import type { Frames, ScriptedUsage, SpokenReply } from './reply.ts';

const created = 1_763_900_000;
const callId = (index: number) => `scripted${index % 10}`;
const toFinishReason = (reply: SpokenReply) =>
  ({ stop: 'stop', length: 'model_length', tool_calls: 'tool_calls', content_filter: 'content_filter' })[
    reply.finishReason ?? (reply.toolCalls?.length ? 'tool_calls' : 'stop')
  ];

const toMistralUsage = (usage: ScriptedUsage) => ({
  prompt_tokens: usage.inputTokens,
  completion_tokens: usage.outputTokens,
  total_tokens: usage.inputTokens + usage.outputTokens,
  ...(usage.cachedTokens === undefined ? {} : { prompt_tokens_details: { cached_tokens: usage.cachedTokens } }),
});

/** The answer as Mistral streams it: thoughts as blocks, calls whole, tokens with the reason that it ended. */
export function toMistralFrames(reply: SpokenReply, request: { model: string; id: string }): Frames {
  const usage = toUsage(reply);
  const frame = (delta: object, finish: string | null = null, more: object = {}) =>
    `data: ${JSON.stringify({
      id: request.id,
      object: 'chat.completion.chunk',
      created,
      model: request.model,
      choices: [{ index: 0, delta, finish_reason: finish }],
      ...more,
    })}\n\n`;
  return {
    opening: [frame({ role: 'assistant', content: '' })],
    pieces: [
      ...toPieces(reply.reasoning).map((text) =>
        frame({ content: [{ type: 'thinking', thinking: [{ type: 'text', text }] }] }),
      ),
      ...toPieces(reply.text).map((content) => frame({ content })),
      ...(reply.toolCalls ?? []).map((call, index) =>
        frame({
          content: '',
          tool_calls: [
            { index, id: call.id ?? callId(index), function: { name: call.name, arguments: toArgumentText(call) } },
          ],
        }),
      ),
    ],
    closing: [
      frame({ content: '' }, toFinishReason(reply), usage === null ? {} : { usage: toMistralUsage(usage) }),
      'data: [DONE]\n\n',
    ],
  };
}

export const toMistralModels = (models: string[]) => ({
  object: 'list',
  data: [
    ...models.map((id) => ({ id, object: 'model', created, capabilities: { completion_chat: true, vision: true } })),
    { id: 'scripted-vectors', object: 'model', created, capabilities: { completion_chat: false } },
  ],
});

export const toMistralError = (status: number, message: string) => ({
  object: 'error',
  message,
  type: status === 429 ? 'rate_limited' : 'invalid_request_error',
  param: null,
  code: '1300',
});

/** What Mistral refuses of a request that others take; null when it is right. */
export function findMistralFault(body: Record<string, unknown>): string | null {
  if ('stream_options' in body) return 'Extra inputs are not permitted: stream_options';
  const messages = (body['messages'] ?? []) as { role: string; tool_call_id?: string; tool_calls?: { id: string }[] }[];
  const ids = messages.flatMap(({ tool_call_id: id, tool_calls: calls = [] }) => [
    ...(id === undefined ? [] : [id]),
    ...calls.map((call) => call.id),
  ]);
  const wrong = ids.find((id) => !/^[a-zA-Z0-9]{9}$/.test(id));
  if (wrong !== undefined) return `Tool call id was ${wrong} but must be a-z, A-Z, 0-9, with a length of 9.`;
  const late = messages.findIndex(({ role }, place) => role === 'system' && place > 0);
  if (late > 0) return `Unexpected role 'system' after role '${messages[late - 1]?.role}'`;
  return messages.at(-1)?.role === 'assistant' ? 'Expected last role User or Tool but got assistant' : null;
}
