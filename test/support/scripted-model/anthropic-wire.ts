import { splitText, toArgumentText, toPieces, toUsage, toWhole } from './reply.ts';
import type { Frames, ScriptedUsage, SpokenReply } from './reply.ts';

const stopReasons = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  content_filter: 'refusal',
} as const;
const toStopReason = (reply: SpokenReply) =>
  stopReasons[reply.finishReason ?? (reply.toolCalls?.length ? 'tool_calls' : 'stop')];

const toAnthropicUsage = (usage: ScriptedUsage) => ({
  input_tokens: usage.inputTokens - (usage.cachedTokens ?? 0) - (usage.keptTokens ?? 0),
  cache_read_input_tokens: usage.cachedTokens ?? 0,
  cache_creation_input_tokens: usage.keptTokens ?? 0,
  output_tokens: usage.outputTokens,
});

type Block = { start: object; deltas: object[] };

function toBlocks(reply: SpokenReply): Block[] {
  const reasoning = toPieces(reply.reasoning);
  const text = toPieces(reply.text);
  const calls = reply.toolCalls ?? [];
  return [
    ...(reasoning.length === 0
      ? []
      : [
          {
            start: { type: 'thinking', thinking: '', signature: '' },
            deltas: [
              ...reasoning.map((thinking) => ({ type: 'thinking_delta', thinking })),
              { type: 'signature_delta', signature: 'c2NyaXB0ZWQ=' },
            ],
          },
        ]),
    ...(text.length === 0
      ? []
      : [{ start: { type: 'text', text: '' }, deltas: text.map((piece) => ({ type: 'text_delta', text: piece })) }]),
    ...calls.map((call, index) => ({
      start: { type: 'tool_use', id: call.id ?? `toolu_scripted_${index}`, name: call.name, input: {} },
      deltas: splitText(toArgumentText(call), reply.argumentPieces ?? 3).map((piece) => ({
        type: 'input_json_delta',
        partial_json: piece,
      })),
    })),
  ];
}

const event = (type: string, content: object) => `event: ${type}\ndata: ${JSON.stringify({ type, ...content })}\n\n`;

/** The answer as the events of the Messages API. */
export function toAnthropicFrames(reply: SpokenReply, request: { model: string; id: string }): Frames {
  const usage = toAnthropicUsage(toUsage(reply) ?? { inputTokens: 0, outputTokens: 0 });
  const message = { id: request.id, type: 'message', role: 'assistant', model: request.model, content: [] };
  return {
    opening: [
      event('message_start', {
        message: { ...message, stop_reason: null, stop_sequence: null, usage: { ...usage, output_tokens: 1 } },
      }),
      event('ping', {}),
    ],
    pieces: toBlocks(reply).flatMap((block, index) => [
      event('content_block_start', { index, content_block: block.start }),
      ...block.deltas.map((delta) => event('content_block_delta', { index, delta })),
      event('content_block_stop', { index }),
    ]),
    closing: [
      event('message_delta', { delta: { stop_reason: toStopReason(reply), stop_sequence: null }, usage }),
      event('message_stop', {}),
    ],
  };
}

const parsedArguments = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** The answer as one message. */
export function toAnthropicMessage(reply: SpokenReply, request: { model: string; id: string }) {
  const text = toWhole(reply.text);
  const thinking = toWhole(reply.reasoning);
  return {
    id: request.id,
    type: 'message',
    role: 'assistant',
    model: request.model,
    content: [
      ...(thinking === '' ? [] : [{ type: 'thinking', thinking, signature: 'c2NyaXB0ZWQ=' }]),
      ...(text === '' ? [] : [{ type: 'text', text }]),
      ...(reply.toolCalls ?? []).map((call, index) => ({
        type: 'tool_use',
        id: call.id ?? `toolu_scripted_${index}`,
        name: call.name,
        input: parsedArguments(toArgumentText(call)),
      })),
    ],
    stop_reason: toStopReason(reply),
    stop_sequence: null,
    usage: toAnthropicUsage(toUsage(reply) ?? { inputTokens: 0, outputTokens: 0 }),
  };
}

export const toAnthropicModels = (models: string[]) => ({
  data: models.map((id) => ({ type: 'model', id, display_name: id, created_at: '2025-11-23T00:00:00Z' })),
  has_more: false,
  first_id: models[0] ?? null,
  last_id: models.at(-1) ?? null,
});

export const toAnthropicError = (status: number, message: string) => ({
  type: 'error',
  error: { type: status === 429 ? 'rate_limit_error' : 'api_error', message },
});
