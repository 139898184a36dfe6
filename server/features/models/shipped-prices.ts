import type { ModelPrice } from '#server/contract/model.ts';

const price = (inputUsd: number, outputUsd: number, cachedInputUsd: number | null): ModelPrice => ({
  inputUsd,
  outputUsd,
  cachedInputUsd,
});

/**
 * List prices in US dollars per million tokens, from the providers' public price pages; a trailing `*` stands for any
 * ending, and the longest match wins. Administrators' own prices win over these. What is not here is unknown.
 */
export const shippedPrices: Readonly<Record<string, ModelPrice>> = {
  'gpt-5': price(1.25, 10, 0.125),
  'gpt-5-20*': price(1.25, 10, 0.125),
  'gpt-5-mini*': price(0.25, 2, 0.025),
  'gpt-5-nano*': price(0.05, 0.4, 0.005),
  'gpt-4.1': price(2, 8, 0.5),
  'gpt-4.1-20*': price(2, 8, 0.5),
  'gpt-4.1-mini*': price(0.4, 1.6, 0.1),
  'gpt-4.1-nano*': price(0.1, 0.4, 0.025),
  'gpt-4o': price(2.5, 10, 1.25),
  'gpt-4o-mini*': price(0.15, 0.6, 0.075),
  o3: price(2, 8, 0.5),
  'o4-mini*': price(1.1, 4.4, 0.275),
  'claude-opus-4-1*': price(15, 75, 1.5),
  'claude-opus-4-5*': price(5, 25, 0.5),
  'claude-sonnet-4*': price(3, 15, 0.3),
  'claude-haiku-4-5*': price(1, 5, 0.1),
  'claude-3-5-haiku*': price(0.8, 4, 0.08),
};
