import type { IncomingHttpHeaders } from 'node:http';

export type ScriptedToolCall = {
  id?: string;
  name: string;
  /** An object is sent as JSON; a string is sent as it stands, also when it is no JSON. */
  arguments: Record<string, unknown> | string;
};

export type ScriptedUsage = {
  inputTokens: number;
  outputTokens: number;
  cachedTokens?: number;
  /** Tokens that the provider writes into its cache; Anthropic and OpenAI say so. */
  keptTokens?: number;
  reasoningTokens?: number;
};

/** What a model says in one answer, and how the wire treats it. */
export type SpokenReply = {
  /** A list is streamed piece by piece, a string word by word. */
  text?: string | string[];
  reasoning?: string | string[];
  /** Reasoning that is only sent sealed, after the other; Anthropic's. */
  sealedReasoning?: string;
  toolCalls?: ScriptedToolCall[];
  /** How many pieces the arguments of each tool call are streamed in; 3 unless told. */
  argumentPieces?: number;
  /** Null sends none. */
  usage?: ScriptedUsage | null;
  finishReason?: 'stop' | 'length' | 'tool_calls' | 'content_filter';
  /** The wait before the first byte. */
  firstDelayMs?: number;
  /** The wait before each piece after the first. */
  pieceDelayMs?: number;
  /** The pieces from this one on wait until the promise is kept. */
  held?: { from: number; until: Promise<void> };
  /**
   * `complete` unless told. `cut` breaks the connection after half of the pieces, `garbage` puts bytes that are no event
   * in their middle, `open` sends every piece and never ends the stream, `late-cut` breaks the connection before the last
   * frame.
   */
  ending?: 'complete' | 'cut' | 'late-cut' | 'garbage' | 'open';
};

/** An HTTP answer as it stands: errors, `Retry-After`, bodies that are no JSON. */
export type FailedReply = { status: number; headers?: Record<string, string>; body?: unknown };

/** The connection is taken and nothing is ever answered. */
export type HangingReply = { hang: true };

export type PlainReply = SpokenReply | FailedReply | HangingReply;
export type ScriptedReply = PlainReply | ((request: SeenRequest) => PlainReply);

export type SeenRequest = {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  /** The body, parsed when it is JSON. */
  body: Record<string, unknown>;
  /** `dropped` when the client left before the answer ended. */
  state: 'open' | 'answered' | 'dropped';
};

/** A streamed answer as frames of Server-Sent Events: faults strike between the `pieces`. */
export type Frames = { opening: string[]; pieces: string[]; closing: string[] };

export const toPieces = (text: string | string[] | undefined): string[] =>
  text === undefined ? [] : typeof text === 'string' ? (text.match(/\s*\S+\s*$|\s*\S+/g) ?? []) : text;

export const toWhole = (text: string | string[] | undefined): string =>
  Array.isArray(text) ? text.join('') : (text ?? '');

export function toArgumentText(call: ScriptedToolCall): string {
  return typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments);
}

export function splitText(text: string, count: number): string[] {
  const size = Math.max(1, Math.ceil(text.length / count));
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  );
}

export function toUsage(reply: SpokenReply): ScriptedUsage | null {
  if (reply.usage !== undefined) return reply.usage;
  const pieces = toPieces(reply.text).length + toPieces(reply.reasoning).length;
  return { inputTokens: 10, outputTokens: pieces + 8 * (reply.toolCalls?.length ?? 0) };
}

/** What answers call a model: a gateway's own name for one is not it. */
export const toServed = (model: string) => model.replace(/^deployment-of-/, '');
