import { toArgumentText, toPieces, toUsage } from './reply.ts';
import type { Frames, ScriptedToolCall, ScriptedUsage, SpokenReply } from './reply.ts';

const finishReasons = { stop: 'STOP', length: 'MAX_TOKENS', tool_calls: 'STOP', content_filter: 'SAFETY' } as const;

const toGeminiUsage = (usage: ScriptedUsage) => ({
  promptTokenCount: usage.inputTokens,
  ...(usage.cachedTokens === undefined ? {} : { cachedContentTokenCount: usage.cachedTokens }),
  candidatesTokenCount: usage.outputTokens - (usage.reasoningTokens ?? 0),
  ...(usage.reasoningTokens === undefined ? {} : { thoughtsTokenCount: usage.reasoningTokens }),
  totalTokenCount: usage.inputTokens + usage.outputTokens,
});

const toArguments = (call: ScriptedToolCall): unknown => {
  try {
    return JSON.parse(toArgumentText(call));
  } catch {
    return call.arguments;
  }
};

/** The signature that the scripted model seals its call with; the newest models want it back. */
export const scriptedSignature = 'c2NyaXB0ZWQtc2lnbmF0dXJl';

/** The answer as events of `streamGenerateContent?alt=sse`: calls come whole, and nothing marks the end but its reason. */
export function toGeminiFrames(reply: SpokenReply, request: { model: string; id: string }): Frames {
  const usage = toUsage(reply);
  const frame = (parts: object[], more: object = {}, { usage: counted }: { usage?: ScriptedUsage | null } = {}) =>
    `data: ${JSON.stringify({
      candidates: [{ content: { parts, role: 'model' }, index: 0, ...more }],
      ...(counted === null || counted === undefined ? {} : { usageMetadata: toGeminiUsage(counted) }),
      modelVersion: request.model,
      responseId: request.id,
    })}\r\n\r\n`;
  // What was counted so far comes with every event.
  const early = usage === null ? {} : { usage: { ...usage, outputTokens: usage.reasoningTokens ?? 0 } };
  return {
    opening: [],
    pieces: [
      ...toPieces(reply.reasoning).map((text) => frame([{ text, thought: true }], {}, early)),
      ...toPieces(reply.text).map((text) => frame([{ text }], {}, early)),
      ...(reply.toolCalls ?? []).map((call, place) =>
        frame(
          [
            {
              functionCall: {
                ...(call.id === undefined ? {} : { id: call.id }),
                name: call.name,
                args: toArguments(call),
              },
              ...(place === 0 ? { thoughtSignature: scriptedSignature } : {}),
            },
          ],
          {},
          early,
        ),
      ),
    ],
    closing: [frame([{ text: '' }], { finishReason: finishReasons[reply.finishReason ?? 'stop'] }, { usage })],
  };
}

export const toGeminiModels = (models: string[]) => ({
  models: [
    ...models.map((id) => ({
      name: `models/${id}`,
      displayName: id,
      inputTokenLimit: 1_048_576,
      outputTokenLimit: 65_536,
      supportedGenerationMethods: ['generateContent', 'countTokens'],
    })),
    { name: 'models/scripted-vectors', supportedGenerationMethods: ['countTextTokens'] },
  ],
});

/** Gemini refuses a wrong key with 400, and says in the details after how long to come again. */
export const toGeminiError = (status: number, message: string) => ({
  error: {
    code: status === 401 ? 400 : status,
    message,
    status: status === 429 ? 'RESOURCE_EXHAUSTED' : 'INVALID_ARGUMENT',
    details: [
      status === 401
        ? { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' }
        : { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '0.01s' },
    ],
  },
});

type SentThinking = { thinkingLevel?: string; thinkingBudget?: number };

/** What Gemini refuses of thinking: levels before its third models, and a middle in the first of these. */
export function findGeminiFault(body: Record<string, unknown>, path: string): string | null {
  const { thinkingConfig: thinking } = (body['generationConfig'] ?? {}) as { thinkingConfig?: SentThinking };
  if (thinking?.thinkingLevel === undefined) return null;
  if (!/gemini-[3-9]/.test(path)) return 'Thinking level is not supported for this model.';
  if (thinking.thinkingBudget !== undefined) return 'You can only set only one of thinking budget and thinking level.';
  const isKnown = thinking.thinkingLevel !== 'medium' || !path.includes('gemini-3-pro');
  return isKnown ? null : 'Thinking level MEDIUM is not supported for this model.';
}
