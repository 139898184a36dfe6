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
  // Of questions up to 200,000 tokens, which is where the two dearer ones change.
  'gemini-3-pro-preview': price(2, 12, 0.2),
  'gemini-2.5-pro': price(1.25, 10, null),
  'gemini-2.5-flash': price(0.3, 2.5, null),
  'gemini-2.5-flash-lite': price(0.1, 0.4, null),
  'gemini-2.0-flash': price(0.1, 0.4, 0.025),
  'gemini-2.0-flash-001': price(0.1, 0.4, 0.025),
  'mistral-large-2411': price(2, 6, null),
  'mistral-medium-2505': price(0.4, 2, null),
  'mistral-medium-2508': price(0.4, 2, null),
  'mistral-small-2503': price(0.1, 0.3, null),
  'mistral-small-2506': price(0.1, 0.3, null),
  'codestral-2501': price(0.3, 0.9, null),
  'codestral-2508': price(0.3, 0.9, null),
  'ministral-8b-2410': price(0.1, 0.1, null),
  'ministral-3b-2410': price(0.04, 0.04, null),
  'pixtral-large-2411': price(2, 6, null),
};
