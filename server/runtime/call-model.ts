import { randomUUID } from 'node:crypto';
import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import type { ChatGenerationChunk } from '@langchain/core/outputs';
import type { JsonObject } from '#server/contract/json.ts';
import type { FinishReason, ModelTiming, RunEventOf, Usage } from '#server/contract/run-event.ts';
import { HubError } from '#server/hub-error.ts';
import { countUsage, type CutCall, type Received, toCutUsageEvent } from './cut-call.ts';
import { isWorthRetrying, toModelError } from './models/to-model-error.ts';
import { findThoughts } from './models/thoughts.ts';
import { toCallOptions } from './models/to-call-options.ts';
import { toModelPiece, type ToolCallPiece } from './to-model-piece.ts';

/** A tool as the model is told of it. */
export type ModelTool = { name: string; description: string; parameters: JsonObject };

export type ModelToolCall = {
  id: string;
  name: string;
  input: JsonObject | null;
  rawArguments: string;
  /** What the provider wants back with the call in the next request. */
  signature?: string | undefined;
};

type OpenCall = { id: string; name: string; arguments: string; signature: string | undefined };
type OpenCalls = { all: OpenCall[]; newest: Map<number, OpenCall> };

/** What one model call brought, once its stream ended. */
export type ModelAnswer = {
  text: string;
  /** The reasoning that the provider wants back with the calls; null: it does not. */
  thoughts: string | null;
  toolCalls: ModelToolCall[];
  usage: Usage;
  /** Whether the hub counted it, because the provider told nothing. */
  estimated: boolean;
  /** Input tokens that the provider kept for later, where it asks more for those. */
  keptTokens: number;
  finishReason: FinishReason;
  timing: ModelTiming;
};

export type ModelCall = CutCall & {
  model: BaseChatModel;
  tools: ModelTool[];
  /** JSON Schema that the answer must have, for models that can be held to one. */
  outputSchema: JsonObject | null;
  /** Calls that begin alike share one, so that a provider can find what it kept; null: the provider takes none. */
  cacheKey?: string | null;
  signal: AbortSignal;
  /** How long a wait between two attempts may be; a provider that asks for more is not asked again. */
  patienceMs: number;
  /** Told of the usage of calls that broke off, when it is yielded. */
  onCut?: (usage: RunEventOf<'usage'>) => void;
};

/** What was already yielded of an answer. */
export type ModelProgress = { begun: boolean; text: string };

export type Delta = { type: 'text-delta' | 'reasoning-delta'; text: string };

const attempts = 3;
const firstPauseMs = 400;
const longestArguments = 1_000_000;
/** Characters of text and reasoning in one answer; the largest windows of today hold about as much. */
const longestAnswer = 4_000_000;
const mostToolCalls = 128;

/**
 * Calls a model once and yields its text as it comes; returns the whole answer.
 *
 * Failures before the first piece are retried with back-off, honouring `Retry-After`; after it they are not, so that
 * nothing is said twice. What attempts took that the provider had begun to answer, or that were given up, is yielded.
 *
 * @throws {HubError} `model_rejected`, `model_unavailable`, `model_rate_limited`, `model_time_out`, `model_protocol_error`
 */
export async function* callModel(
  call: ModelCall,
  progress: ModelProgress,
): AsyncGenerator<Delta | RunEventOf<'usage'>, ModelAnswer> {
  const { reference } = call.target;
  for (let attempt = 1; ; attempt += 1) {
    call.signal.throwIfAborted();
    const calls: OpenCalls = { all: [], newest: new Map() };
    const received = toNothingReceived(calls);
    try {
      const answer = yield* streamOnce(call, { progress, received, calls });
      return { ...answer, ...(await countWhole(call, received)) };
    } catch (thrown) {
      const error = toModelError(thrown, reference);
      if (isPaidFor(call, received, error)) {
        const cut = await toCutUsageEvent(call, received);
        call.onCut?.(cut);
        yield cut;
      }
      call.signal.throwIfAborted();
      if (progress.begun && error.code === 'model_unavailable') throw answerCutOff(reference, error);
      if (progress.begun || attempt >= attempts || !isWorthRetrying(error)) throw error;
      const pauseMs = toPauseMs(attempt, error.retryAfterSeconds);
      if (pauseMs > call.patienceMs) throw error;
      await pause(pauseMs, call.signal);
    }
  }
}

/** A call that was refused before its first byte, or that reached nobody, costs nothing; the planner never does. */
const isPaidFor = ({ target, signal }: ModelCall, { hasBegun }: Received, error: HubError) =>
  target.provider !== 'planner' && (hasBegun || signal.aborted || error.code === 'model_time_out');

const countWhole = async (call: ModelCall, received: Received) =>
  call.target.provider === 'planner' ? { usage: received.usage, estimated: false } : countUsage(call, received);

const toNothingReceived = ({ all }: OpenCalls): Received => ({
  hasBegun: false,
  text: '',
  reasoning: '',
  calls: () => all.map(({ name, arguments: text }) => name + text).join(''),
  usage: { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, reasoningTokens: 0 },
  keptTokens: 0,
  hasFinished: false,
});

async function* streamOnce(
  call: ModelCall,
  { progress, received, calls }: { progress: ModelProgress; received: Received; calls: OpenCalls },
): AsyncGenerator<Delta, Omit<ModelAnswer, 'usage' | 'estimated'>> {
  const { usage } = received;
  const askedAt = performance.now();
  let firstTokenMs: number | null = null;
  let length = 0;
  let thoughts: string | null = null;
  let finishReason: FinishReason | null = null;
  for await (const chunk of openStream(call)) {
    received.hasBegun = true;
    const piece = toModelPiece(chunk.message as Parameters<typeof toModelPiece>[0], chunk.generationInfo);
    if (firstTokenMs === null && (piece.text !== '' || piece.reasoning !== '' || piece.toolCalls.length > 0))
      firstTokenMs = Math.round(performance.now() - askedAt);
    length += piece.text.length + piece.reasoning.length;
    if (length > longestAnswer) throw withoutEnd('text', '文字');
    if (piece.reasoning !== '') {
      progress.begun = true;
      received.reasoning += piece.reasoning;
      yield { type: 'reasoning-delta', text: piece.reasoning };
    }
    if (piece.text !== '') {
      progress.begun = true;
      received.text += piece.text;
      progress.text = received.text;
      yield { type: 'text-delta', text: piece.text };
    }
    for (const part of piece.toolCalls) addToolCallPiece(calls, part);
    if (piece.thoughts !== null) thoughts = (thoughts ?? '') + piece.thoughts;
    if (thoughts !== null && thoughts.length > longestAnswer) throw withoutEnd('reasoning', '思考内容');
    if (piece.usage !== null) keepLargest(usage, piece.usage);
    received.keptTokens = Math.max(received.keptTokens, piece.keptTokens);
    if (piece.finishReason !== null) finishReason = piece.finishReason;
    received.hasFinished = finishReason !== null;
  }
  received.hasBegun = true;
  call.signal.throwIfAborted();
  if (finishReason === null) throw answerCutOff(call.target.reference);
  const { text, keptTokens } = received;
  const timing = { firstTokenMs, durationMs: Math.round(performance.now() - askedAt) };
  return { text, thoughts, toolCalls: calls.all.map(toToolCall), keptTokens, finishReason, timing };
}

const answerCutOff = (reference: string, cause?: unknown) =>
  new HubError(
    'model_unavailable',
    {
      en: `The provider of ${reference} cut the answer off before its end.`,
      zh: `${reference} 的提供商在回答结束前中断了。`,
    },
    { cause },
  );

const withoutEnd = (en: string, zh: string) =>
  new HubError('model_protocol_error', { en: `The model sent ${en} without end.`, zh: `模型不停地发送${zh}。` });

/**
 * The provider package's own stream, without the tracing and callbacks that `model.stream` wraps around each chunk:
 * the hub has its event log for that.
 */
function openStream({
  model,
  target,
  messages,
  tools,
  outputSchema,
  cacheKey,
  signal,
}: ModelCall): AsyncIterable<ChatGenerationChunk> {
  return model._streamResponseChunks([...messages], {
    signal,
    ...toCallOptions(model._llmType(), {
      tools,
      outputSchema,
      cacheKey: cacheKey ?? null,
      thoughts: findThoughts(messages, target.reference),
    }),
  });
}

function addToolCallPiece({ all, newest }: OpenCalls, part: ToolCallPiece) {
  const known = newest.get(part.index);
  if (known === undefined || isAnother(known, part)) {
    if (all.length >= mostToolCalls) throw withoutEnd('tool calls', '工具调用');
    const call: OpenCall = {
      id: part.id || `call_${randomUUID()}`,
      name: part.name ?? '',
      arguments: part.arguments,
      signature: part.signature,
    };
    all.push(call);
    newest.set(part.index, call);
    return;
  }
  known.name ||= part.name ?? '';
  known.arguments += part.arguments;
  if (known.arguments.length > longestArguments) {
    throw withoutEnd('tool arguments', '工具参数');
  }
}

/** Ollama gives all calls of an answer one index. Others give each piece of a call an id of its own, but its name only once. */
const isAnother = (known: OpenCall, { id, name }: ToolCallPiece) =>
  id !== undefined && id !== '' && id !== known.id && name !== undefined && name !== '' && known.name !== '';

function toToolCall({ id, name, arguments: text, signature }: OpenCall): ModelToolCall {
  return { id, name, input: parseArguments(text), rawArguments: text, signature };
}

function parseArguments(text: string): JsonObject | null {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}

/** Within one call providers report running totals, some of them several times: the last, largest one counts. */
function keepLargest(usage: Usage, reported: Usage) {
  usage.inputTokens = Math.max(usage.inputTokens, reported.inputTokens);
  usage.outputTokens = Math.max(usage.outputTokens, reported.outputTokens);
  usage.cachedInputTokens = Math.max(usage.cachedInputTokens, reported.cachedInputTokens);
  usage.reasoningTokens = Math.max(usage.reasoningTokens, reported.reasoningTokens);
}

/** Adds one call's tokens to a sum. */
export function addUsage(sum: Usage, more: Usage) {
  sum.inputTokens += more.inputTokens;
  sum.outputTokens += more.outputTokens;
  sum.cachedInputTokens += more.cachedInputTokens;
  sum.reasoningTokens += more.reasoningTokens;
}

function toPauseMs(attempt: number, retryAfterSeconds: number | undefined): number {
  if (retryAfterSeconds !== undefined) return retryAfterSeconds * 1000;
  return firstPauseMs * 2 ** (attempt - 1) * (0.5 + Math.random());
}

function pause(pauseMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, pauseMs);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}
