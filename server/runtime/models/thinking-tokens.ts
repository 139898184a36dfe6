import type { ReasoningEffort } from '#server/contract/agent-definition.ts';

const wanted: Record<ReasoningEffort, number> = { low: 2048, medium: 8192, high: 16_384 };

/** The tokens that a model may think with, where it wants a number: half of an answer's limit at most, which counts them too. */
export function toThinkingTokens(effort: ReasoningEffort, maximumOutputTokens: number | null): number {
  return maximumOutputTokens === null ? wanted[effort] : Math.min(wanted[effort], Math.floor(maximumOutputTokens / 2));
}
