import { AIMessage, type BaseMessage, ToolMessage } from '@langchain/core/messages';
import type { JsonObject } from '#server/contract/json.ts';
import type { ModelTool } from '#server/runtime/call-model.ts';
import type { ModelSettings } from '#server/runtime/models/chat-model.ts';
import { toThinkingTokens } from '#server/runtime/models/thinking-tokens.ts';
import { type GeminiContent, type GeminiPart, type GeminiRequest, ownCallMark } from './gemini-wire.ts';
import { toGeminiSchema } from './to-gemini-schema.ts';

type Facts = {
  model: string;
  settings: ModelSettings;
  tools: readonly ModelTool[];
  outputSchema: JsonObject | null;
};

/** What Google documents for calls that another model made, in place of a signature of Gemini's own. */
const noSignature = 'skip_thought_signature_validator';

const isThirdOrLater = (model: string) => /^gemini-(?:[3-9]|\d{2})/.test(model);
const canThink = (model: string) =>
  (/^gemini-2\.5/.test(model) || isThirdOrLater(model) || /^gemini-(?:pro|flash).*-latest/.test(model)) &&
  !/image|tts|audio|live/.test(model);

/** A conversation as the body of `streamGenerateContent`. Pure. */
export function toGeminiRequest(messages: readonly BaseMessage[], facts: Facts): GeminiRequest {
  const { model, settings, tools, outputSchema } = facts;
  const instructions = messages.filter((message) => message.getType() === 'system').map((message) => message.text);
  // The models before the third refuse a response format beside functions.
  const format =
    outputSchema === null || (tools.length > 0 && !isThirdOrLater(model))
      ? {}
      : { responseMimeType: 'application/json', responseJsonSchema: toGeminiSchema(outputSchema) };
  return {
    ...(instructions.length === 0 ? {} : { systemInstruction: { parts: instructions.map((text) => ({ text })) } }),
    contents: toContents(messages, isThirdOrLater(model)),
    ...(tools.length === 0 ? {} : { tools: [{ functionDeclarations: tools.map(toDeclaration) }] }),
    generationConfig: {
      ...(settings.temperature === null ? {} : { temperature: settings.temperature }),
      ...(settings.maximumOutputTokens === null ? {} : { maxOutputTokens: settings.maximumOutputTokens }),
      ...(canThink(model) ? { thinkingConfig: { includeThoughts: true, ...toThinking(model, settings) } } : {}),
      ...format,
    },
  };
}

function toThinking(model: string, { reasoning, maximumOutputTokens }: ModelSettings) {
  if (reasoning === null) return {};
  if (!isThirdOrLater(model)) return { thinkingBudget: toThinkingTokens(reasoning, maximumOutputTokens) };
  // The first of the third knows no middle.
  return { thinkingLevel: reasoning === 'medium' && /^gemini-3-pro/.test(model) ? 'high' : reasoning };
}

function toDeclaration({ name, description, parameters }: ModelTool) {
  return { name, description, parametersJsonSchema: toGeminiSchema(parameters) };
}

/** Gemini takes turns: neighbours of one role become one content, as the answers to calls made side by side must be. */
function toContents(messages: readonly BaseMessage[], needsSignatures: boolean): GeminiContent[] {
  const contents: GeminiContent[] = [];
  for (const message of messages) {
    if (message.getType() === 'system') continue;
    const role = message.getType() === 'ai' ? 'model' : 'user';
    const parts = toParts(message, needsSignatures);
    const last = contents.at(-1);
    if (last?.role === role) last.parts.push(...parts);
    else if (parts.length > 0) contents.push({ role, parts });
  }
  return contents;
}

function toParts(message: BaseMessage, needsSignatures: boolean): GeminiPart[] {
  if (ToolMessage.isInstance(message)) return [toResponse(message)];
  const said = toContentParts(message);
  return AIMessage.isInstance(message) ? [...said, ...toCalls(message, needsSignatures)] : said;
}

function toContentParts({ content }: BaseMessage): GeminiPart[] {
  if (typeof content === 'string') return content === '' ? [] : [{ text: content }];
  return content.flatMap((block): GeminiPart[] => {
    if (block.type === 'text' && typeof block['text'] === 'string') return [{ text: block['text'] }];
    const url = (block['image_url'] as { url?: string } | undefined)?.url ?? '';
    const [, mimeType, data] = /^data:([^;,]+);base64,(.*)$/s.exec(url) ?? [];
    return mimeType === undefined || data === undefined ? [] : [{ inlineData: { mimeType, data } }];
  });
}

function toCalls(
  { tool_calls: calls = [], additional_kwargs: more }: AIMessage,
  needsSignatures: boolean,
): GeminiPart[] {
  const signatures = (more['signatures'] ?? {}) as Record<string, string>;
  return calls.map(({ id, name, args }, place) => {
    // Of calls made side by side only the first is signed.
    const signature = signatures[id ?? ''] ?? (needsSignatures && place === 0 ? noSignature : undefined);
    return {
      functionCall: { ...toWireId(id), name, args },
      ...(signature === undefined ? {} : { thoughtSignature: signature }),
    };
  });
}

function toResponse(message: ToolMessage): GeminiPart {
  const key = message.status === 'error' ? 'error' : 'result';
  return {
    functionResponse: {
      ...toWireId(message.tool_call_id),
      name: message.name ?? '',
      response: { [key]: message.text },
    },
  };
}

const toWireId = (id: string | undefined) => (id === undefined || id.startsWith(ownCallMark) ? {} : { id });
