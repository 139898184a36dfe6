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
  output_tokens_details: usage.reasoningTokens === undefined ? null : { thinking_tokens: usage.reasoningTokens },
});

/** What the scripted model seals its thoughts with; it wants them back as they were. */
const toSignature = (thinking: string) => Buffer.from(`scripted ${thinking}`).toString('base64');

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
              { type: 'signature_delta', signature: toSignature(reasoning.join('')) },
            ],
          },
        ]),
    ...(reply.sealedReasoning === undefined
      ? []
      : [{ start: { type: 'redacted_thinking', data: toSignature(reply.sealedReasoning) }, deltas: [] }]),
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
      ...(thinking === '' ? [] : [{ type: 'thinking', thinking, signature: toSignature(thinking) }]),
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

type SentBlock = { type: string; thinking?: string; signature?: string };
type SentMessage = { role: string; content: string | SentBlock[] };
type SentThinking = { type: string; budget_tokens?: number };

const isAdaptive = (model: string) => /^claude-(?:[a-z]+-(?:4-[6-9]|5)|fable|mythos)/.test(model);
const isAdaptiveOnly = (model: string) => isAdaptive(model) && !/-4-6/.test(model);
const blocksOf = ({ content }: SentMessage) => (typeof content === 'string' ? [{ type: 'text' }] : content);
const isThought = ({ type }: SentBlock) => type === 'thinking' || type === 'redacted_thinking';

/** What the Messages API refuses of thinking, in its own words. */
export function findAnthropicFault(body: Record<string, unknown>): string | null {
  const thinking = body['thinking'] as SentThinking | undefined;
  const model = String(body['model']);
  const { temperature, max_tokens: maxTokens, output_config: config } = body;
  const messages = body['messages'] as SentMessage[];
  const forged = messages
    .flatMap(blocksOf)
    .some((block) => block.type === 'thinking' && block.signature !== toSignature(block.thinking ?? ''));
  if (forged) return 'Invalid `signature` in `thinking` block';
  if (temperature !== undefined && isAdaptiveOnly(model)) return '`temperature` is deprecated for this model.';
  if (config !== undefined && !isAdaptive(model)) return 'This model does not support the effort parameter.';
  if (thinking === undefined) return null;
  if (temperature !== undefined && temperature !== 1)
    return '`temperature` may only be set to 1 when thinking is enabled.';
  if (thinking.type === 'adaptive') {
    if (thinking.budget_tokens !== undefined) return 'thinking.adaptive.budget_tokens: Extra inputs are not permitted';
    return isAdaptive(model) ? null : 'adaptive thinking is not supported on this model';
  }
  if (isAdaptiveOnly(model) || /claude-(?:3-[05]|2)/.test(model))
    return '"thinking.type.enabled" is not supported for this model.';
  const budget = thinking.budget_tokens ?? 0;
  if (budget < 1024) return 'thinking.enabled.budget_tokens: Input should be greater than or equal to 1024';
  if (budget >= Number(maxTokens)) return '`max_tokens` must be greater than `thinking.budget_tokens`.';
  const asked = messages.findLastIndex(
    (message) => message.role === 'user' && blocksOf(message).some(({ type }) => type !== 'tool_result'),
  );
  const begun = messages.slice(asked + 1).find(({ role }) => role === 'assistant');
  const first = begun === undefined ? undefined : blocksOf(begun)[0];
  return first === undefined || isThought(first)
    ? null
    : `messages.${asked + 1}.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`${first.type}\`.`;
}
