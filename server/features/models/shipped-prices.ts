import type { ModelPrice } from '#server/contract/model.ts';
import type { Prices } from './find-price.ts';

const price = (
  inputUsd: number,
  outputUsd: number,
  cachedInputUsd: number | null,
  longPrompt: ModelPrice['longPrompt'] = null,
): ModelPrice => ({ inputUsd, outputUsd, cachedInputUsd, unit: 'tokens', longPrompt });

const soundPrice = (inputUsd: number, unit: ModelPrice['unit']): ModelPrice => ({
  inputUsd,
  outputUsd: null,
  cachedInputUsd: null,
  unit,
  longPrompt: null,
});

const above = (aboveTokens: number, inputUsd: number, outputUsd: number, cachedInputUsd: number | null) => ({
  aboveTokens,
  inputUsd,
  outputUsd,
  cachedInputUsd,
});

/** openai.com/api/pricing, as of 2026-10-01. Above 272,000 tokens input counts twice and output one and a half times. */
const openai: Prices = {
  'gpt-6-astra': price(10, 50, 1, above(272_000, 20, 75, 2)),
  'gpt-6-sol': price(2, 10, 0.2, above(272_000, 4, 15, 0.4)),
  'gpt-6-luna': price(0.1, 0.5, 0.01, above(272_000, 0.2, 0.75, 0.02)),
  'gpt-5.6': price(4, 20, 0.4, above(272_000, 8, 30, 0.8)),
  'gpt-5.6-sol': price(4, 20, 0.4, above(272_000, 8, 30, 0.8)),
  'gpt-5.6-terra': price(2, 12, 0.2, above(272_000, 4, 18, 0.4)),
  'gpt-5.6-luna': price(0.2, 1.2, 0.02, above(272_000, 0.4, 1.8, 0.04)),
  'gpt-5.5': price(5, 30, 0.5, above(272_000, 10, 45, 1)),
  'gpt-5.5-20*': price(5, 30, 0.5, above(272_000, 10, 45, 1)),
  'gpt-5.5-pro*': price(30, 180, null, above(272_000, 60, 270, null)),
  'gpt-5.4': price(2.5, 15, 0.25, above(272_000, 5, 22.5, 0.5)),
  'gpt-5.4-20*': price(2.5, 15, 0.25, above(272_000, 5, 22.5, 0.5)),
  'gpt-5.4-pro*': price(30, 180, null, above(272_000, 60, 270, null)),
  'gpt-5.4-mini*': price(0.75, 4.5, 0.075),
  'gpt-5.4-nano*': price(0.2, 1.25, 0.02),
  'gpt-5.3-codex': price(1.75, 14, 0.175),
  'gpt-5.2*': price(1.75, 14, 0.175),
  'gpt-5.2-pro*': price(21, 168, null),
  'gpt-5.1*': price(1.25, 10, 0.125),
  'gpt-5.1-codex-mini*': price(0.25, 2, 0.025),
  'gpt-5': price(1.25, 10, 0.125),
  'gpt-5-20*': price(1.25, 10, 0.125),
  'gpt-5-chat-latest': price(1.25, 10, 0.125),
  'gpt-5-codex': price(1.25, 10, 0.125),
  'gpt-5-pro*': price(15, 120, null),
  'gpt-5-mini*': price(0.25, 2, 0.025),
  'gpt-5-nano*': price(0.05, 0.4, 0.005),
  'gpt-4.1': price(2, 8, 0.5),
  'gpt-4.1-20*': price(2, 8, 0.5),
  'gpt-4.1-mini*': price(0.4, 1.6, 0.1),
  'gpt-4.1-nano*': price(0.1, 0.4, 0.025),
  'gpt-4o': price(2.5, 10, 1.25),
  'gpt-4o-mini*': price(0.15, 0.6, 0.075),
  'o4-mini*': price(1.1, 4.4, 0.275),
  o3: price(2, 8, 0.5),
  'o3-20*': price(2, 8, 0.5),
  'o3-pro*': price(20, 80, null),
  'o3-mini*': price(1.1, 4.4, 0.55),
  o1: price(15, 60, 7.5),
  'o1-20*': price(15, 60, 7.5),
};

/**
 * developers.openai.com/api/docs/pricing, as of 2026-10-01: sound. The endpoint of `gpt-4o-mini-tts` tells no tokens, so it counts
 * by the minute as the page estimates; those that write down tell theirs, nearly all of them sound.
 */
const openaiSound: Prices = {
  'tts-1': soundPrice(15, 'characters'),
  'tts-1-1106': soundPrice(15, 'characters'),
  'tts-1-hd*': soundPrice(30, 'characters'),
  'gpt-4o-mini-tts*': soundPrice(0.015, 'minutes'),
  'whisper-1': soundPrice(0.006, 'minutes'),
  'gpt-4o-transcribe*': price(6, 10, null),
  'gpt-4o-mini-transcribe*': price(3, 5, null),
};

/** claude.com/pricing, as of 2026-10-07. */
const anthropic: Prices = {
  'claude-fable-5-1': price(10, 50, 0.25),
  'claude-fable-5': price(10, 50, 1),
  'claude-opus-5-5': price(4, 20, 0.2),
  'claude-opus-5': price(5, 25, 0.5),
  'claude-opus-4-8': price(5, 25, 0.5),
  'claude-opus-4-7': price(5, 25, 0.5),
  'claude-opus-4-6': price(5, 25, 0.5),
  'claude-opus-4-5*': price(5, 25, 0.5),
  'claude-opus-4-1*': price(15, 75, 1.5),
  'claude-opus-4-0': price(15, 75, 1.5),
  'claude-opus-4-20*': price(15, 75, 1.5),
  'claude-sonnet-5-5': price(2, 10, 0.1),
  'claude-sonnet-5': price(2, 10, 0.2),
  'claude-sonnet-4*': price(3, 15, 0.3),
  'claude-haiku-5-5': price(0.1, 0.5, 0.01, above(100_000, 0.5, 2.5, 0.05)),
  'claude-haiku-4-5*': price(1, 5, 0.1),
  'claude-3-5-haiku*': price(0.8, 4, 0.08),
};

/** ai.google.dev/gemini-api/docs/pricing, as of 2026-09-02: of text, images and video. */
const google: Prices = {
  'gemini-3.8-flash': price(1.5, 7.5, 0.15),
  'gemini-3.7-flash': price(1.5, 7.5, 0.15),
  'gemini-3.5-flash': price(1.5, 9, 0.15),
  'gemini-3.1-pro-preview*': price(2, 12, 0.2, above(200_000, 4, 18, 0.4)),
  'gemini-3.1-flash-lite': price(0.25, 1.5, 0.025),
  'gemini-3.1-flash-lite-preview': price(0.25, 1.5, 0.025),
  'gemini-3-pro-preview': price(2, 12, 0.2, above(200_000, 4, 18, 0.4)),
  'gemini-3-flash-preview': price(0.5, 3, 0.05),
  'gemini-2.5-pro': price(1.25, 10, 0.125, above(200_000, 2.5, 15, 0.25)),
  'gemini-2.5-flash': price(0.3, 2.5, 0.03),
  'gemini-2.5-flash-lite': price(0.1, 0.4, 0.01),
  'gemini-2.0-flash': price(0.1, 0.4, 0.025),
  'gemini-2.0-flash-001': price(0.1, 0.4, 0.025),
};

/** mistral.ai/pricing, as of 2026-08-27; `mistral-large-4` of 2026-10-06. */
const mistral: Prices = {
  'mistral-large-4': price(1.36, 4.18, 0.14),
  'mistral-large-2512': price(0.5, 1.5, null),
  'mistral-large-latest': price(0.5, 1.5, null),
  'mistral-large-2411': price(2, 6, null),
  'mistral-medium-2604': price(1.5, 7.5, null),
  'mistral-medium-3-5': price(1.5, 7.5, null),
  'mistral-medium-3.5': price(1.5, 7.5, null),
  'mistral-medium-latest': price(1.5, 7.5, null),
  'mistral-medium-2505': price(0.4, 2, null),
  'mistral-medium-2508': price(0.4, 2, null),
  'mistral-small-2603': price(0.15, 0.6, null),
  'mistral-small-latest': price(0.15, 0.6, null),
  'mistral-small-2506': price(0.1, 0.3, null),
  'magistral-medium-latest': price(2, 5, null),
  'magistral-small-latest': price(0.15, 0.6, null),
  'ministral-14b-2512': price(0.2, 0.2, 0.02),
  'ministral-8b-2512': price(0.15, 0.15, 0.015),
  'ministral-3b-2512': price(0.1, 0.1, 0.01),
  'codestral-2508': price(0.3, 0.9, 0.03),
  'codestral-latest': price(0.3, 0.9, 0.03),
  'devstral-2512': price(0.4, 2, null),
};

/** docs.x.ai/developers/pricing, as of 2026-09-21. */
const xai: Prices = {
  'grok-4.7': price(2, 6, 0.5, above(200_000, 4, 12, 1)),
  'grok-4.6': price(2, 6, 0.5, above(200_000, 4, 12, 1)),
  'grok-4.5': price(2, 6, 0.5, above(200_000, 4, 12, 1)),
  'grok-4.3': price(1.25, 2.5, 0.2, above(200_000, 2.5, 5, 0.4)),
  'grok-4-1-fast*': price(0.2, 0.5, 0.05),
  'grok-4-fast*': price(0.2, 0.5, 0.05),
  'grok-code-fast-1': price(0.2, 1.5, 0.02),
  'grok-build-0.1': price(1, 2, 0.2, above(200_000, 2, 4, 0.4)),
};

/**
 * Prices by name, from the providers' own pages; a trailing `*` stands for any ending, and the longest match wins.
 * Administrators' prices win over these; what is not here is unknown. What passes (an introduction, a preview, the hours
 * off peak) is left out: a budget must not be used up unseen when it ends.
 */
export const shippedPrices: Prices = { ...openai, ...openaiSound, ...anthropic, ...google, ...mistral, ...xai };

/** Of names that others use for the same weights, so that they only count at one host. */
export const pricesOfHosts: Readonly<Record<string, Prices>> = {
  /** api-docs.deepseek.com/quick_start/pricing, as of 2026-09-10: at peak; `deepseek-v4-flash` is served by its successor. */
  'api.deepseek.com': {
    'deepseek-v4-pro': price(1.32, 3.96, 0.044),
    'deepseek-flash': price(0.3, 1.2, 0.006),
    'deepseek-v4-flash*': price(0.3, 1.2, 0.006),
  },
  /** groq.com/pricing, as of 2026-08-29. */
  'api.groq.com': {
    'openai/gpt-oss-120b': price(0.15, 0.6, 0.075),
    'openai/gpt-oss-20b': price(0.075, 0.3, 0.0375),
    'qwen/qwen3.8-27b': price(0.8, 4, 0.4),
    'qwen/qwen3-32b': price(0.29, 0.59, null),
    'llama-3.3-70b-versatile': price(0.59, 0.79, null),
    'llama-3.1-8b-instant': price(0.05, 0.08, null),
  },
};
