import type { ModelAbilities } from '#server/contract/model.ts';

type Skills = Pick<ModelAbilities, 'usesTools' | 'writesJson' | 'reasons'>;

const unknownSkills: Skills = { usesTools: null, writesJson: null, reasons: null };

const row = (names: RegExp, usesTools: boolean | null, writesJson: boolean | null, reasons: boolean | null) => ({
  names,
  skills: { usesTools, writesJson, reasons },
});

/**
 * Whether a family calls tools, keeps to JSON because its provider holds it to that, and thinks before it answers. The first
 * row that fits counts. From the providers' model pages, as of 2026-10-07. Of open weights, JSON is the server's to promise.
 */
const known = [
  row(/^o1-(?:mini|preview)/, false, false, true),
  row(/^o[134](?:-|$)/, true, true, true),
  row(/^gpt-5(?:\.\d)?-chat|^chat-latest/, null, true, false),
  row(/^gpt-[56]/, true, true, true),
  row(/^gpt-oss/, true, null, true),
  row(/^gpt-4(?:o|\.1|-turbo)/, true, true, false),
  row(/^gpt-4(?:-0|$)/, true, false, false),
  row(/^gpt-3\.5/, true, true, false),
  row(/^claude-(?:instant|2)/, false, false, false),
  row(
    /^claude-(?:fable|mythos|(?:opus|sonnet|haiku)-5|(?:opus|sonnet|haiku)-4[-.][5-9]|opus-4[-.]1)/,
    true,
    true,
    true,
  ),
  row(/^claude-(?:3[-.]7|(?:opus|sonnet)-4)/, true, false, true),
  row(/^claude-3/, true, false, false),
  row(/^gemini-(?:1\.5|2\.0)/, true, true, false),
  row(/^gemini-/, true, true, true),
  row(/^gemma-?[123]/, null, null, false),
  row(/^magistral/, true, true, true),
  row(/^(?:open-)?(?:mistral-(?:7b|tiny)|mixtral)/, null, null, false),
  row(/^mistral-(?:medium-(?:3[.-]5|26\d\d|latest)|small-(?:4|26\d\d|latest))|^mistral-large-[34]/, true, true, null),
  row(/^(?:open-)?mistral|^ministral|^pixtral|^codestral|^devstral/, true, true, false),
  row(/^deepseek-(?:flash|v4|reasoner)/, true, true, true),
  row(/^deepseek-(?:chat|v3)/, true, true, null),
  row(/^deepseek-r1/, null, null, true),
  row(/^llama-?(?:4|3\.[123])/, true, null, false),
  row(/^llama-?(?:2|3)(?:[-:]|$)/, false, null, false),
  row(/^qwq|^qvq/, null, null, true),
  row(/^qwen-?3.*(?:instruct|coder)/, true, null, false),
  row(/^qwen-?3/, true, null, true),
  row(/^qwen-?2\.5/, true, null, false),
  row(/^kimi-k2-thinking|^kimi-k(?:2\.[56]|3)/, true, null, true),
  row(/^kimi-k2/, true, null, false),
  row(/^glm-(?:4\.[5-7]|5)/, true, null, true),
  row(/^grok.*non-reasoning/, true, true, false),
  row(/^grok-(?:4|code|build|3-mini)/, true, true, true),
  row(/^grok-[23]/, true, true, false),
  row(/^minimax-m[12]/, true, null, true),
  row(/^phi-?4.*reasoning/, null, null, true),
  row(/^llava|^bakllava|^moondream|^starcoder|^codellama/, false, null, false),
];

/** What a family of models does, by the name of one without the broker before it. Pure. */
export function findSkills(name: string): Skills {
  return known.find(({ names }) => names.test(name))?.skills ?? unknownSkills;
}
