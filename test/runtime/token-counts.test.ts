import { describe, expect, test } from 'vitest';
import { tokenSamples } from '#test/support/token-samples.ts';
import { createTokenCounter } from '#server/runtime/tokens/create-token-counter.ts';

const counter = createTokenCounter();
const texts = {
  english:
    'The committee will meet on Tuesday to discuss the proposal, although several members have already expressed reservations about its cost.',
  chinese:
    '模型是智能体思考的依据，您可以在设置中连接不同的服务商。每个连接都有自己的密钥，密钥会被加密保存，不会再次显示。',
  code: 'export function add(left: number, right: number): number {\n  // Sums two numbers.\n  return left + right;\n}\n',
  json: '{"address":"0x7a250d5630B4cF539739dF2C5dAcb4c659F2488D","value":"1234567890123456789","block":19000000}',
  russian: 'Съешь же ещё этих мягких французских булок, да выпей чаю.',
  emoji: 'Ja! 👩‍👩‍👧‍👦🎉 naïve café',
} as const;

// Counted with the tokenizers that OpenAI publishes.
const published = {
  'gpt-5-mini': { english: 22, chinese: 40, code: 27, json: 49, russian: 19, emoji: 18 },
  'gpt-4': { english: 22, chinese: 55, code: 27, json: 49, russian: 36, emoji: 25 },
} as const;

describe.each(['gpt-5-mini', 'gpt-4'] as const)('the tokens of %s', (model) => {
  test.each(Object.keys(texts) as (keyof typeof texts)[])('are exact for %s', async (kind) => {
    expect(await counter.count(texts[kind], model)).toBe(published[model][kind]);
  });
});

// Counted with the published tokenizers of Llama 3, Qwen 3, DeepSeek V3, Gemma 3, Mistral Nemo and Claude.
const elsewhere = {
  'llama-3.3-70b': { english: 2270, chinese: 182, code: 198, transfers: 2206 },
  'qwen3-32b': { english: 2273, chinese: 147, code: 215, transfers: 3417 },
  'deepseek-chat': { english: 2265, chinese: 138, code: 216, transfers: 2212 },
  'gemini-3-pro': { english: 2322, chinese: 160, code: 255, transfers: 3410 },
  'mistral-large': { english: 2371, chinese: 225, code: 234, transfers: 3472 },
  'claude-sonnet-5': { english: 2216, chinese: 221, code: 236, transfers: 2163 },
} as const;

describe.each(Object.keys(elsewhere) as (keyof typeof elsewhere)[])('the tokens of %s', (model) => {
  test.each(Object.keys(tokenSamples) as (keyof typeof tokenSamples)[])('are close for %s', async (kind) => {
    const error = (await counter.count(tokenSamples[kind], model)) / elsewhere[model][kind] - 1;
    expect(Math.abs(error)).toBeLessThan(0.11);
  });

  test('are within 5 % over all kinds of text', async () => {
    const kinds = Object.keys(tokenSamples) as (keyof typeof tokenSamples)[];
    const errors = await Promise.all(
      kinds.map(async (kind) => (await counter.count(tokenSamples[kind], model)) / elsewhere[model][kind] - 1),
    );
    expect(Math.abs(errors.reduce((sum, error) => sum + error, 0) / errors.length)).toBeLessThan(0.05);
  });
});

test('a long text is counted within 5 %, also one without any gaps', async () => {
  const times = 900;
  const whole = await counter.count(`${texts.english} `.repeat(times), 'gpt-5');
  expect(Math.abs(whole / (22 * times) - 1)).toBeLessThan(0.05);
  // Counted as one piece this would take minutes.
  const solid = await counter.count('很长的文字'.repeat(4000), 'gpt-5');
  expect(Math.abs(solid / 16_000 - 1)).toBeLessThan(0.05);
});

test('a model whose tokenizer is not published is counted as its provider counts, after a few answers', async () => {
  const own = createTokenCounter();
  const text = `${texts.english} `.repeat(200);
  const reportedTokens = 6100;
  for (let answer = 0; answer < 5; answer += 1) {
    own.learn('claude-sonnet-5', { countedTokens: await own.count(text, 'claude-sonnet-5'), reportedTokens });
  }
  expect(Math.abs((await own.count(text, 'claude-sonnet-5')) / reportedTokens - 1)).toBeLessThan(0.05);
  expect(Math.abs((await own.count(text, 'gpt-5')) / 4400 - 1)).toBeLessThan(0.01);
});
