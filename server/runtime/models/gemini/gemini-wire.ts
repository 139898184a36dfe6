import type { JsonObject } from '#server/contract/json.ts';

/** A part of a message in Gemini's API (https://ai.google.dev/api/caching#Part), as far as the hub speaks it. */
export type GeminiPart = {
  text?: string;
  /** The text is what the model thought, not what it says. */
  thought?: boolean;
  /** Sealed thoughts; the newest models refuse a call that comes back without the one that it came with. */
  thoughtSignature?: string;
  inlineData?: { mimeType: string; data: string };
  functionCall?: { id?: string; name: string; args?: unknown };
  functionResponse?: { id?: string; name: string; response: JsonObject };
};

export type GeminiContent = { role: 'user' | 'model'; parts: GeminiPart[] };

export type GeminiRequest = {
  systemInstruction?: { parts: GeminiPart[] };
  contents: GeminiContent[];
  tools?: { functionDeclarations: { name: string; description: string; parametersJsonSchema: JsonObject }[] }[];
  generationConfig: JsonObject;
};

/** One event of a streamed answer. */
export type GeminiEvent = {
  candidates?: { content?: { parts?: GeminiPart[] }; finishReason?: string; finishMessage?: string }[];
  promptFeedback?: { blockReason?: string };
  usageMetadata?: {
    promptTokenCount?: number;
    toolUsePromptTokenCount?: number;
    cachedContentTokenCount?: number;
    candidatesTokenCount?: number;
    thoughtsTokenCount?: number;
  };
  error?: GeminiErrorBody;
};

export type GeminiErrorBody = { code?: number; message?: string; details?: JsonObject[] };

/** Calls that came without an identifier get one that begins so; it is never sent. */
export const ownCallMark = 'gemini-call-';
