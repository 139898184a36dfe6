import type { AIMessageChunk, UsageMetadata } from '@langchain/core/messages';
import type { FinishReason, Usage } from '#server/contract/run-event.ts';
import { toTokens } from '#server/contract/to-tokens.ts';

/** A part of a streamed tool call; the arguments come in pieces of JSON text. */
export type ToolCallPiece = {
  index: number;
  id: string | undefined;
  name: string | undefined;
  arguments: string;
  /** What the provider wants back with the call in the next request. */
  signature: string | undefined;
};

/** What one chunk of a model's stream says, free of LangChain's shapes. */
export type ModelPiece = {
  text: string;
  reasoning: string;
  /** What the server wants back with the calls of its answer of the reasoning that led to them; null: nothing. */
  thoughts: string | null;
  toolCalls: readonly ToolCallPiece[];
  usage: Usage | null;
  /** Input tokens that the provider wrote into its cache. */
  keptTokens: number;
  finishReason: FinishReason | null;
};

const none: readonly ToolCallPiece[] = [];

/** Reads a chunk of a LangChain stream. Pure; what it does not know it leaves out. */
export function toModelPiece(message: AIMessageChunk, generationInfo?: Record<string, unknown>): ModelPiece {
  const { text, reasoning, thoughts } = readContent(message);
  const chunks = message.tool_call_chunks;
  return {
    text,
    reasoning,
    thoughts,
    toolCalls: chunks === undefined || chunks.length === 0 ? none : toToolCallPieces(message, chunks),
    usage: readUsage(message),
    keptTokens: readKeptTokens(message),
    finishReason: readFinishReason(message, generationInfo),
  };
}

function toToolCallPieces(
  { additional_kwargs: more }: AIMessageChunk,
  chunks: NonNullable<AIMessageChunk['tool_call_chunks']>,
): ToolCallPiece[] {
  const signatures = (more['signatures'] ?? {}) as Record<string, string | undefined>;
  return chunks.map((chunk, place) => ({
    index: chunk.index ?? place,
    id: chunk.id ?? undefined,
    name: chunk.name ?? undefined,
    arguments: chunk.args ?? '',
    signature: signatures[chunk.id ?? ''],
  }));
}

function readContent(message: AIMessageChunk): Pick<ModelPiece, 'text' | 'reasoning' | 'thoughts'> {
  // Servers name it in two ways, and some in both; those that want it back name it in the first.
  const { reasoning_content: owed, reasoning: shown, thoughts: sealed } = message.additional_kwargs;
  const reasoning = typeof owed === 'string' ? owed : typeof shown === 'string' ? shown : '';
  const thoughts = typeof owed === 'string' ? owed : typeof sealed === 'string' ? sealed : null;
  if (typeof message.content === 'string') return { text: message.content, reasoning, thoughts };
  let text = '';
  let thought = reasoning;
  for (const block of message.content) {
    if (block.type === 'text' && typeof block['text'] === 'string') text += block['text'];
    if (block.type === 'thinking' && typeof block['thinking'] === 'string') thought += block['thinking'];
    if (block.type === 'reasoning' && typeof block['reasoning'] === 'string') thought += block['reasoning'];
  }
  return { text, reasoning: thought, thoughts };
}

function readUsage({
  usage_metadata: usage,
  additional_kwargs: { reasoning_tokens: told },
}: {
  usage_metadata?: UsageMetadata | undefined;
  additional_kwargs: Record<string, unknown>;
}): Usage | null {
  if (usage === undefined) return null;
  const inputTokens = toTokens(usage.input_tokens);
  return {
    inputTokens,
    outputTokens: toTokens(usage.output_tokens),
    cachedInputTokens: Math.min(inputTokens, toTokens(usage.input_token_details?.cache_read)),
    reasoningTokens: toTokens(usage.output_token_details?.reasoning ?? told),
  };
}

function readKeptTokens({
  usage_metadata: usage,
  response_metadata: more,
}: {
  usage_metadata?: UsageMetadata | undefined;
  response_metadata: Record<string, unknown>;
}): number {
  // Of OpenAI's, LangChain only hands on the provider's own words.
  const said = more['usage'] as { prompt_tokens_details?: { cache_write_tokens?: number } | null } | undefined;
  return toTokens(usage?.input_token_details?.cache_creation ?? said?.prompt_tokens_details?.cache_write_tokens);
}

const finishReasons: Record<string, FinishReason> = {
  stop: 'stop',
  end_turn: 'stop',
  stop_sequence: 'stop',
  length: 'length',
  model_length: 'length',
  max_tokens: 'length',
  tool_calls: 'tool_calls',
  function_call: 'tool_calls',
  tool_use: 'tool_calls',
  content_filter: 'content_filter',
  refusal: 'content_filter',
};

function readFinishReason(message: AIMessageChunk, generationInfo?: Record<string, unknown>): FinishReason | null {
  const given =
    generationInfo?.['finish_reason'] ??
    message.response_metadata['finish_reason'] ??
    message.response_metadata['stop_reason'] ??
    message.additional_kwargs['stop_reason'];
  return typeof given === 'string' ? (finishReasons[given] ?? 'stop') : null;
}
