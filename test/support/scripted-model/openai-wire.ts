import { splitText, toArgumentText, toPieces, toServed, toUsage, toWhole } from './reply.ts';
import type { Frames, ScriptedUsage, SpokenReply } from './reply.ts';

const created = 1_763_900_000;
const callId = (index: number, id: string | undefined) => id ?? `call_scripted_${index}`;

const toFinishReason = (reply: SpokenReply) => reply.finishReason ?? (reply.toolCalls?.length ? 'tool_calls' : 'stop');

const toOpenaiUsage = (usage: ScriptedUsage) => ({
  prompt_tokens: usage.inputTokens,
  completion_tokens: usage.outputTokens,
  total_tokens: usage.inputTokens + usage.outputTokens,
  prompt_tokens_details: {
    cached_tokens: usage.cachedTokens ?? 0,
    ...(usage.keptTokens === undefined ? {} : { cache_write_tokens: usage.keptTokens }),
  },
  completion_tokens_details: { reasoning_tokens: usage.reasoningTokens ?? 0 },
});

function toolCallDeltas(reply: SpokenReply): object[] {
  const calls = reply.toolCalls ?? [];
  const heads = calls.map((call, index) => ({
    index,
    id: callId(index, call.id),
    type: 'function',
    function: { name: call.name, arguments: '' },
  }));
  const split = calls.map((call) => splitText(toArgumentText(call), reply.argumentPieces ?? 3));
  const longest = Math.max(0, ...split.map((pieces) => pieces.length));
  const rounds = Array.from({ length: longest }, (_, round) =>
    split.flatMap((pieces, index) => {
      const piece = pieces[round];
      return piece === undefined ? [] : [{ index, function: { arguments: piece } }];
    }),
  );
  return [...heads, ...rounds.flat()].map((call) => ({ tool_calls: [call] }));
}

/** The answer as `chat.completion.chunk` events; parallel tool calls arrive mixed, told apart by their index. */
export function toOpenaiFrames(
  reply: SpokenReply,
  request: { model: string; id: string; includeUsage: boolean },
): Frames {
  const frame = (choices: object[], more: object = {}) =>
    `data: ${JSON.stringify({ id: request.id, object: 'chat.completion.chunk', created, model: toServed(request.model), choices, ...more })}\n\n`;
  const delta = (content: object) => frame([{ index: 0, delta: content, finish_reason: null }]);
  const usage = toUsage(reply);
  return {
    opening: [delta({ role: 'assistant', content: '' })],
    pieces: [
      ...toPieces(reply.reasoning).map((piece) => delta({ reasoning_content: piece })),
      ...toPieces(reply.text).map((piece) => delta({ content: piece })),
      ...toolCallDeltas(reply).map(delta),
    ],
    closing: [
      frame([{ index: 0, delta: {}, finish_reason: toFinishReason(reply) }]),
      ...(request.includeUsage && usage !== null ? [frame([], { usage: toOpenaiUsage(usage) })] : []),
      'data: [DONE]\n\n',
    ],
  };
}

/** The answer as one `chat.completion`. */
export function toOpenaiCompletion(reply: SpokenReply, request: { model: string; id: string }) {
  const usage = toUsage(reply);
  const text = toWhole(reply.text);
  const reasoning = toWhole(reply.reasoning);
  const message = {
    role: 'assistant',
    content: text === '' ? null : text,
    refusal: null,
    ...(reasoning === '' ? {} : { reasoning_content: reasoning }),
    ...(reply.toolCalls === undefined
      ? {}
      : {
          tool_calls: reply.toolCalls.map((call, index) => ({
            id: callId(index, call.id),
            type: 'function',
            function: { name: call.name, arguments: toArgumentText(call) },
          })),
        }),
  };
  return {
    id: request.id,
    object: 'chat.completion',
    created,
    model: request.model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: toFinishReason(reply) }],
    ...(usage === null ? {} : { usage: toOpenaiUsage(usage) }),
  };
}

export const toOpenaiModels = (models: string[]) => ({
  object: 'list',
  data: models.map((id) => ({ id, object: 'model', created, owned_by: 'scripted' })),
});

export const toOpenaiError = (status: number, message: string) => ({
  error: { message, type: status === 429 ? 'rate_limit_error' : 'server_error', param: null, code: null },
});

const canReason = (model: string) => /^(?:o\d|gpt-[5-9])/.test(toServed(model));

/** What OpenAI refuses of reasoning, in its own words. */
export function findOpenaiFault({
  model,
  reasoning_effort: effort,
  temperature,
}: Record<string, unknown>): string | null {
  const takesNone = /^(?:o\d|gpt-5(?:-|$))/.test(toServed(String(model)));
  if (effort === undefined && !takesNone) return null;
  if (effort !== undefined && !canReason(String(model)))
    return 'Unrecognized request argument supplied: reasoning_effort';
  if (temperature === undefined || temperature === 1) return null;
  return "Unsupported value: 'temperature' does not support this value with this model. Only the default (1) value is supported.";
}
