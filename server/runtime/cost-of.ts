import type { ModelPrice } from '#server/contract/model.ts';
import type { Usage } from '#server/contract/run-event.ts';

const million = 1_000_000;

/** What Anthropic and OpenAI ask for a token that they keep, more than for one that they only read. */
const surchargeForKept = 0.25;

/**
 * US dollars of one call's tokens at a price per million; null when a price that matters is unknown, or is not one of tokens.
 *
 * @param keptTokens - those of the input that the provider wrote into its cache
 */
export function costOf(usage: Usage, price: ModelPrice, keptTokens: number): number | null {
  if (price.unit !== 'tokens') return null;
  const { longPrompt } = price;
  const rates = longPrompt !== null && usage.inputTokens > longPrompt.aboveTokens ? longPrompt : price;
  const fresh = usage.inputTokens - usage.cachedInputTokens;
  const cachedPrice = rates.cachedInputUsd ?? rates.inputUsd;
  const parts = [
    [fresh + keptTokens * surchargeForKept, rates.inputUsd],
    [usage.cachedInputTokens, cachedPrice],
    [usage.outputTokens, rates.outputUsd],
  ] as const;
  let sum = 0;
  for (const [tokens, priceUsd] of parts) {
    if (tokens === 0) continue;
    if (priceUsd === null) return null;
    sum += (tokens * priceUsd) / million;
  }
  return rates.inputUsd === null && rates.outputUsd === null ? null : sum;
}
