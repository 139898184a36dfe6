import type { BaseMessage } from '@langchain/core/messages';
import { type ModelTiming, noUsage, type RunEventOf, type Usage } from '#server/contract/run-event.ts';
import { type NextCall, toPayer } from '#server/contract/spent.ts';
import type { ModelTool } from './call-model.ts';
import { costOf } from './cost-of.ts';
import { boundOfMessages, countMessages } from './fit-to-window.ts';
import type { ModelTarget } from './models/chat-model.ts';
import { mostTokens, type TokenCounter } from './tokens/create-token-counter.ts';

/** Of most texts. */
const bytesPerToken = 4;

/** What has come of a call so far. */
export type Received = {
  /** The provider took the call: something came, or its stream ended. */
  hasBegun: boolean;
  text: string;
  reasoning: string;
  /** The names and arguments of tool calls. */
  calls: () => string;
  usage: Usage;
  keptTokens: number;
  hasFinished: boolean;
};

/** The tools as text, to count what they take of a request. */
export const toOverhead = (tools: readonly ModelTool[]) => (tools.length === 0 ? '' : JSON.stringify(tools));

/** A call that is about to be made. Its size is counted when somebody asks, and roughly. */
export function toNextCall(
  { price, ownerId }: ModelTarget,
  messages: readonly BaseMessage[],
  overhead: string,
): NextCall {
  return {
    payer: ownerId,
    size: () => {
      const tokens = Math.ceil((boundOfMessages(messages) + mostTokens(overhead)) / bytesPerToken);
      return { tokens, costUsd: costOf({ ...noUsage, inputTokens: tokens }, price, 0) ?? 0 };
    },
  };
}

/** The usage of one call, with its cost; `timing` where it answered the person. */
export function toUsageEvent(
  { reference: model, price, contextTokens: contextWindow, ownerId }: ModelTarget,
  { usage, keptTokens, estimated }: Pick<Received, 'usage' | 'keptTokens'> & { estimated?: boolean },
  timing: ModelTiming | null = null,
): RunEventOf<'usage'> {
  const costUsd = costOf(usage, price, keptTokens);
  const base = { type: 'usage' as const, model, usage, costUsd, contextWindow, timing, ...toPayer(ownerId) };
  return estimated === true ? { ...base, estimated } : base;
}

/** The usage of a call that broke off, which its provider asks money for all the same. */
export async function toCutUsageEvent(call: CutCall, received: Received): Promise<RunEventOf<'usage'>> {
  return toUsageEvent(call.target, { ...received, ...(await countUsage(call, received)) });
}

/**
 * What a call took: as its provider told it, and for the rest by the hub's own count of what was sent and received. Some
 * servers tell nothing even of whole answers; a budget that counted those for nothing would hold nobody.
 */
export async function countUsage(
  { target, messages, tools, tokens }: CutCall,
  received: Received,
): Promise<{ usage: Usage; estimated: boolean }> {
  const { usage: told } = received;
  if (received.hasFinished && told.inputTokens > 0) return { usage: told, estimated: false };
  const count = (text: string) => tokens.count(text, target.model);
  const inputTokens = told.inputTokens || (await countMessages(messages, count)) + (await count(toOverhead(tools)));
  const thought = await count(received.reasoning);
  const outputTokens = Math.max(told.outputTokens, thought + (await count(received.text + received.calls())));
  const reasoningTokens = Math.max(told.reasoningTokens, thought);
  const usage = { ...told, inputTokens, outputTokens, reasoningTokens };
  return { usage, estimated: inputTokens !== told.inputTokens || outputTokens !== told.outputTokens };
}

export type CutCall = {
  target: ModelTarget;
  messages: readonly BaseMessage[];
  tools: readonly ModelTool[];
  tokens: TokenCounter;
};
