import type { ModelPrice } from '#server/contract/model.ts';
import type { Usage } from '#server/contract/run-event.ts';

const million = 1_000_000;

/** What Anthropic asks for a token that it keeps, more than for one that it only reads. */
const surchargeForKept = 0.25;

/**
 * US dollars of some tokens at a price per million; null when a price that matters is unknown.
 *
 * @param keptTokens - those of the input that the provider wrote into its cache
 */
export function costOf(usage: Usage, price: ModelPrice, keptTokens = 0): number | null {
  const fresh = usage.inputTokens - usage.cachedInputTokens;
  const cachedPrice = price.cachedInputUsd ?? price.inputUsd;
  const parts = [
    [fresh + keptTokens * surchargeForKept, price.inputUsd],
    [usage.cachedInputTokens, cachedPrice],
    [usage.outputTokens, price.outputUsd],
  ] as const;
  let sum = 0;
  for (const [tokens, priceUsd] of parts) {
    if (tokens === 0) continue;
    if (priceUsd === null) return null;
    sum += (tokens * priceUsd) / million;
  }
  return price.inputUsd === null && price.outputUsd === null ? null : sum;
}
