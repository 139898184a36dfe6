import type { EncodingName } from './load-encoding.ts';

/** How a model's tokens are counted: by an encoding that is public, times what its own one takes more. */
export type Tokenizer = { encoding: EncodingName; factor: number };

const exact = (encoding: EncodingName): Tokenizer => ({ encoding, factor: 1 });

const known: readonly (readonly [RegExp, Tokenizer])[] = [
  [/^gpt-(?:3\.5|4$|4-)/, exact('cl100k_base')],
  [/^claude-/, { encoding: 'o200k_base', factor: 1.18 }],
  [/^gemini-|^gemma/, { encoding: 'o200k_base', factor: 1.03 }],
  [
    /^(?:open-)?(?:mi[sx]tral|ministral|magistral|codestral|devstral|pixtral)/,
    { encoding: 'o200k_base', factor: 1.05 },
  ],
  [/^(?:llama|meta-llama|qwen|qwq|deepseek)/, exact('cl100k_base')],
];

/**
 * The tokenizer of a model, by its name. Pure.
 *
 * OpenAI's models are counted exactly, and Llama 3, Qwen and DeepSeek with the encoding that theirs grew from: a few per
 * cent off in English. Claude, Gemini and Mistral publish none for their newest models: the factors are of English prose,
 * and what the provider counts corrects them (`createTokenCounter`). Others are counted as OpenAI's.
 */
export function findTokenizer(model: string): Tokenizer {
  const name = (model.split('/').at(-1) ?? model).toLowerCase();
  return known.find(([names]) => names.test(name))?.[1] ?? exact('o200k_base');
}
