import type { ModelAbilities } from '#server/contract/model.ts';
import { findSkills } from './model-skills.ts';

const row = (names: RegExp, seesImages: boolean | null, contextTokens: number | null) => ({
  names,
  facts: { seesImages, contextTokens },
});
const unknownFacts = { seesImages: null, contextTokens: null };

const thousand = 1000;
const million = 1_000_000;

/**
 * The first row that fits a name counts. From the providers' model pages, as of 2026-10-07; what is not here is not known.
 * Whole families, whoever serves them, where prices (`shipped-prices.ts`) are of single names.
 */
const known = [
  row(/^gpt-5\.4-(?:mini|nano)/, true, 400 * thousand),
  row(/^gpt-(?:5\.[456]|6)/, true, 1_050_000),
  row(/^gpt-5|^chat-latest/, true, 400 * thousand),
  row(/^gpt-4\.1/, true, 1_047_576),
  row(/^gpt-4o|^gpt-4-turbo/, true, 128 * thousand),
  row(/^gpt-4(?:-0|$)/, false, 8192),
  row(/^gpt-3\.5/, false, 16_385),
  row(/^gpt-oss/, false, 131_072),
  row(/^o1-mini|^o1-preview/, false, 128 * thousand),
  row(/^o3-mini/, false, 200 * thousand),
  row(/^o[134](?:-|$)/, true, 200 * thousand),
  row(/^claude-(?:instant|2)/, false, 100 * thousand),
  row(/^claude-(?:fable|mythos|(?:opus|sonnet)-(?:4[-.][6-9]|5)|haiku-5)/, true, million),
  row(/^claude-/, true, 200 * thousand),
  row(/^gemini-1\.5-pro/, true, 2_097_152),
  row(/^gemini-/, true, 1_048_576),
  row(/^gemma-?[12]/, false, 8192),
  row(/^gemma-?3(?:n|.*(?:1b|270m))/, false, 32_768),
  row(/^gemma-?3/, true, 131_072),
  row(/^gemma-?4.*(?:26|31)b/, true, 262_144),
  row(/^gemma-?4/, true, null),
  row(/^pixtral/, true, 131_072),
  row(/^mistral-(?:medium-(?:3[.-]5|26\d\d|latest)|small-(?:4|26\d\d|latest))|^ministral-.*2512/, true, 256 * thousand),
  row(/^mistral-(?:medium-(?:3|25\d\d)|small-(?:3\.[12]|25\d\d))/, true, 131_072),
  row(/^mistral-large-(?:2512|3|latest)/, true, 262_144),
  row(
    /^(?:open-)?(?:mistral-(?:nemo|7b|tiny)|mixtral|ministral-[38]b-2410)|^codestral|^devstral-small-250|^mistral-large-24/,
    false,
    null,
  ),
  row(/^deepseek-(?:flash|v4\.1-flash|v4-flash-vision)/, true, million),
  row(/^deepseek-(?:v4|chat|reasoner)/, false, million),
  row(/^deepseek-(?:v3|r1)/, false, 128 * thousand),
  row(/^llama-?4/, true, null),
  row(/^llama-?3\.2.*vision/, true, 131_072),
  row(/^llama-?3\.[123]/, false, 131_072),
  row(/^llama-?(?:2|3)(?:[-:]|$)/, false, 8192),
  row(/^qwen.*(?:vl|omni)|^qvq/, true, null),
  row(/^qwen-?3\.[58]/, true, 262_144),
  row(/^qwen-?[123]|^qwq/, false, null),
  row(/^kimi-k3/, true, 1_048_576),
  row(/^kimi-k2\.[56]/, true, 262_144),
  row(
    /^(?:llava|bakllava|minicpm-v|moondream|granite.*vision|phi.*(?:vision|multimodal)|glm-(?:4\.[56]|5)v)/,
    true,
    null,
  ),
  row(/^phi-?[1234]|^granite|^glm-(?:4\.[567]|5)(?!v)|^kimi-k2|^starcoder|^codellama/, false, null),
  row(/^grok-4\.[5-7]/, true, 500 * thousand),
  row(/^grok-4\.3/, true, million),
  row(/^grok-4(?:-1)?-fast|^grok-4\.20/, true, 2 * million),
  row(/^grok-4|^grok-build|^grok.*vision/, true, 256 * thousand),
  row(/^grok-code/, false, 256 * thousand),
  row(/^grok-3/, false, 131_072),
  row(/^minimax-m1/, false, million),
];

/** What a model can do, by its name alone: `openai/gpt-5-mini` of a broker is read as `gpt-5-mini`. Pure. */
export function findAbilities(model: string): ModelAbilities {
  const name = (model.split('/').at(-1) ?? model).toLowerCase();
  return { ...(known.find(({ names }) => names.test(name))?.facts ?? unknownFacts), ...findSkills(name) };
}
