import { describe, expect, test } from 'vitest';
import type { ProviderKind } from '#server/contract/model.ts';
import { findPrice } from '#server/features/models/find-price.ts';
import { listProviderModels } from '#server/features/models/list-provider-models.ts';
import { findAbilities } from '#server/features/models/model-abilities.ts';
import type { OpenConnection } from '#server/features/models/model-connections.ts';
import { findPriceTables, listPriceRows } from '#server/features/models/price-tables.ts';
import { pricesOfHosts, shippedPrices } from '#server/features/models/shipped-prices.ts';

const connection: OpenConnection = {
  id: 'mine',
  name: 'Mine',
  provider: 'openai',
  baseUrl: 'https://api.openai.com/v1',
  api: 'responses',
  apiKey: null,
  origin: 'stored',
  ownerId: null,
  createdAt: null,
  maximumConcurrentCalls: null,
};
const groq = { ...connection, baseUrl: 'https://api.groq.com/openai/v1' };
const edited = {
  'gpt-5*': { inputUsd: 9, outputUsd: 9, cachedInputUsd: null, unit: 'tokens' as const, longPrompt: null },
};
const priceOf = (model: string, at: OpenConnection = connection, own = {}) =>
  findPrice(model, findPriceTables(at, own)).inputUsd;

describe('the price of a model', () => {
  test.each([
    ['gpt-5.2-2025-12-11', 1.75],
    ['gpt-5.2-pro-2025-12-11', 21],
    ['gpt-5.4', 2.5],
    ['gpt-5.4-mini-2026-03-17', 0.75],
    ['claude-sonnet-4-6', 3],
    ['claude-opus-5-5', 4],
    ['gemini-3.1-pro-preview-customtools', 2],
    ['tts-1-hd', 30],
    ['gpt-4o-mini-transcribe-2025-12-15', 3],
  ])('of %s is the one of the longest name that fits', (model, inputUsd) => {
    expect(priceOf(model)).toBe(inputUsd);
  });

  test.each(['gpt-6', 'gpt-5.4-unheard', 'claude-opus-6', 'openai/gpt-5.4', 'unheard-of'])(
    'of %s is unknown: it is not guessed from its like',
    (model) => {
      expect(priceOf(model)).toBeNull();
    },
  );

  test('that administrators wrote wins, also for a whole family', () => {
    expect(priceOf('gpt-5.4', connection, edited)).toBe(9);
    expect(priceOf('gpt-4o', connection, edited)).toBe(2.5);
  });

  test('of open weights counts at its host alone, and a local server costs nothing that is known', () => {
    expect(priceOf('openai/gpt-oss-120b', groq)).toBe(0.15);
    expect(priceOf('openai/gpt-oss-120b')).toBeNull();
    expect(priceOf('mistral-small-2506', { ...connection, origin: 'local' })).toBeNull();
    expect(priceOf('gpt-5.4', { ...connection, origin: 'local' }, edited)).toBe(9);
  });
});

test('the table has every shipped price once, at its host, and edited ones in their place', () => {
  const rows = listPriceRows({ ...edited, 'openai/gpt-oss-20b': edited['gpt-5*'] });
  const hosts = Object.values(pricesOfHosts).flatMap((prices) => Object.keys(prices));
  expect(rows.map(({ model }) => model)).toEqual([...Object.keys(shippedPrices), ...hosts, 'gpt-5*'].sort());
  const find = (name: string) => rows.find(({ model }) => model === name);
  expect(find('gpt-5*')).toMatchObject({ edited: true, host: null });
  expect(find('openai/gpt-oss-20b')).toMatchObject({ edited: true, host: null, inputUsd: 9 });
  expect(find('openai/gpt-oss-120b')).toMatchObject({ edited: false, host: 'api.groq.com' });
});

test('what is shipped for long prompts is never cheaper, and cached input never dearer', () => {
  for (const { inputUsd, outputUsd, cachedInputUsd, longPrompt } of Object.values(shippedPrices)) {
    expect(cachedInputUsd ?? 0).toBeLessThanOrEqual(inputUsd ?? 0);
    if (longPrompt === null) continue;
    expect(longPrompt.inputUsd).toBeGreaterThan(inputUsd ?? 0);
    expect(longPrompt.outputUsd).toBeGreaterThan(outputUsd ?? 0);
    expect(longPrompt.cachedInputUsd === null).toBe(cachedInputUsd === null);
  }
});

test.each([
  ['gpt-6-sol', true, 1_050_000],
  ['gpt-5.4-mini', true, 400_000],
  ['openai/gpt-5.1', true, 400_000],
  ['claude-sonnet-4-5', true, 200_000],
  ['anthropic/claude-opus-4.6', true, 1_000_000],
  ['claude-haiku-5-5', true, 1_000_000],
  ['gemini-3.8-flash', true, 1_048_576],
  ['mistral-medium-2604', true, 256_000],
  ['mistral-medium-2508', true, 131_072],
  ['deepseek-v4-pro', false, 1_000_000],
  ['deepseek-flash', true, 1_000_000],
  ['grok-4.7', true, 500_000],
  ['grok-4-1-fast-reasoning', true, 2_000_000],
  ['glm-5.1', false, null],
  ['glm-4.6v', true, null],
  ['moonshotai/kimi-k2.6', true, 262_144],
  ['kimi-k2-0905-preview', false, null],
  ['qwen/qwen3.8-27b', true, 262_144],
  ['qwen3-32b', false, null],
  ['unheard-of', null, null],
])('%s sees images: %s, and has a window of %s tokens', (model, seesImages, contextTokens) => {
  expect(findAbilities(model)).toMatchObject({ seesImages, contextTokens });
});

test.each([
  ['gpt-6-sol', true, true, true],
  ['gpt-4o-mini', true, true, false],
  ['openai/gpt-oss-120b', true, null, true],
  ['anthropic/claude-opus-4.6', true, true, true],
  ['claude-sonnet-4-20250514', true, false, true],
  ['claude-3-5-haiku-latest', true, false, false],
  ['gemini-2.0-flash', true, true, false],
  ['magistral-medium-latest', true, true, true],
  ['codestral-2508', true, true, false],
  ['deepseek-reasoner', true, true, true],
  ['llama-3.3-70b-versatile', true, null, false],
  ['qwen3-coder-480b', true, null, false],
  ['grok-4-1-fast-non-reasoning', true, true, false],
  ['grok-4-1-fast-reasoning', true, true, true],
  ['unheard-of', null, null, null],
])('%s uses tools: %s, writes JSON: %s, reasons: %s', (model, usesTools, writesJson, reasons) => {
  expect(findAbilities(model)).toMatchObject({ usesTools, writesJson, reasons });
});

describe('what a provider says of its models', () => {
  const listOf = (provider: ProviderKind, answer: object) =>
    listProviderModels(
      { ...connection, provider },
      {
        fetch: async () => ({ status: 200, bytes: new TextEncoder().encode(JSON.stringify(answer)) }),
        timeoutMs: 1000,
        signal: AbortSignal.timeout(1000),
      },
    );
  const nothing = { seesImages: null, usesTools: null, writesJson: null, reasons: null, contextTokens: null };

  test.each<[ProviderKind, object, object]>([
    [
      'anthropic',
      {
        capabilities: { image_input: { supported: true }, structured_outputs: { supported: false }, thinking: {} },
        max_input_tokens: 1000,
      },
      { ...nothing, seesImages: true, writesJson: false, contextTokens: 1000 },
    ],
    [
      'openai',
      { supported_parameters: ['tools', 'reasoning'], architecture: { input_modalities: ['text'] } },
      { ...nothing, seesImages: false, usesTools: true, writesJson: false, reasons: true },
    ],
    [
      'mistral',
      { capabilities: { function_calling: true, vision: false } },
      { ...nothing, usesTools: true, seesImages: false },
    ],
    ['openai', { capabilities: 'many', supported_parameters: 7 }, nothing],
  ])('is read as %s says it', async (provider, said, abilities) => {
    expect(await listOf(provider, { data: [{ id: 'model', ...said }] })).toEqual([{ id: 'model', ...abilities }]);
  });

  test('is read as Gemini says it', async () => {
    const model = { name: 'models/gem', supportedGenerationMethods: ['generateContent'], thinking: true };
    expect(await listOf('google', { models: [model] })).toEqual([{ id: 'gem', ...nothing, reasons: true }]);
  });
});
