import { z } from 'zod';
import { TokenLimit, UsdLimit } from './budget.ts';
import { Guards } from './guard.ts';
import { Handle, ToolIdentifier } from './identifier.ts';
import { JsonObject, JsonValue } from './json.ts';
import { Portrait } from './portrait.ts';

/** Categories that every hub has; an administrator may add others. */
export const builtInCategories = ['aigc', 'analysis', 'hub'] as const;

export const Avatar = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('drawn'), ...Portrait.shape }),
  z.strictObject({ kind: z.literal('file'), file: z.string().max(120) }),
]);
export type Avatar = z.infer<typeof Avatar>;

const LanguageTag = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);

export const AgentIdentity = z.strictObject({
  name: z.string().trim().min(1, 'Give the agent a name.').max(60),
  handle: Handle,
  avatar: Avatar,
  tagline: z.string().max(120).default(''),
  description: z.string().max(4000).default(''),
  category: z.string().regex(/^[a-z0-9-]{2,40}$/),
  tags: z.array(z.string().trim().min(1).max(30)).max(10).default([]),
  /** BCP 47 tag of the language that the agent speaks by default; `auto` follows the person. */
  language: z
    .union([z.literal('auto'), LanguageTag], {
      error: 'Send the tag of a language, such as "en" or "zh-CN", or "auto".',
    })
    .default('auto'),
});

/** A value asked for before the chat starts; `{{name}}` in the instructions stands for it. */
export const AgentVariable = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,39}$/, 'Use small letters, digits and underscores, starting with a letter.'),
  label: z.string().min(1).max(80),
  type: z.enum(['text', 'number', 'choice']),
  required: z.boolean().default(false),
  options: z.array(z.string().min(1).max(80)).max(50).default([]),
  defaultValue: z.string().max(2000).default(''),
});
export type AgentVariable = z.infer<typeof AgentVariable>;

/** What people see before anything is said. */
const AgentOpening = z.strictObject({
  message: z.string().max(2000).default(''),
  starters: z.array(z.string().trim().min(1).max(200)).max(8).default([]),
  /** An exchange that shows on the hub what the agent is good at. */
  example: z
    .strictObject({ question: z.string().max(1000).default(''), answer: z.string().max(4000).default('') })
    .prefault({}),
});

/**
 * The texts of an agent that people read, in another language. What is empty or missing is shown as the definition has it;
 * instructions, and all that runs, are the same in every language.
 */
export const AgentTranslation = z.strictObject({
  name: z.string().trim().max(60).default(''),
  tagline: AgentIdentity.shape.tagline,
  description: AgentIdentity.shape.description,
  /** In the order of the agent's own; one that is missing is shown as it is. */
  tags: AgentIdentity.shape.tags,
  opening: AgentOpening.prefault({}),
  /** By the variable's name. */
  variables: z
    .record(
      AgentVariable.shape.name,
      z.strictObject({
        label: z.string().max(80).default(''),
        /** Of a text; the default of a choice is one of its options. */
        defaultValue: AgentVariable.shape.defaultValue,
        /** What is shown for an option; the agent is still told the option itself. */
        options: z.record(z.string().min(1).max(80), z.string().max(80)).default({}),
      }),
    )
    .default({}),
});
export type AgentTranslation = z.infer<typeof AgentTranslation>;

/** A wished model: `openai/gpt-5-mini`, `anthropic/claude-sonnet-5`, `<connection id>/<model>` or `offline/planner`. */
export const ModelReference = z
  .string()
  .max(200)
  .regex(/^[^/\s]+\/\S+$/, 'Write a model as "provider/model", such as "openai/gpt-5-mini".');

/** How long a model that can reason does so before it answers. */
export const ReasoningEffort = z.enum(['low', 'medium', 'high']);
export type ReasoningEffort = z.infer<typeof ReasoningEffort>;

export const AgentModel = z.strictObject({
  /** In order of preference; empty means the hub's default model. */
  wishes: z.array(ModelReference).max(5).default([]),
  temperature: z.number().min(0).max(2).nullable().default(null),
  maximumOutputTokens: z.number().int().min(1).max(200_000).nullable().default(null),
  /** Null: as the provider has it. Others than models that can reason are not told of it. */
  reasoning: ReasoningEffort.nullable().default(null),
  /** Model calls in one run, at most. */
  maximumSteps: z.number().int().min(1).max(50).default(12),
});

/** How an agent is used by another: called for an answer, or given the conversation. */
export const AgentUse = z.enum(['call', 'hand-over']);
export type AgentUse = z.infer<typeof AgentUse>;

/** When a tool call waits for a person: never, if the tool changes something outside, or always. */
export const ApprovalRule = z.enum(['never', 'on-write', 'always']);
export type ApprovalRule = z.infer<typeof ApprovalRule>;

export const AgentTool = z.strictObject({
  /** The tool's identifier in the catalogue (`GET /api/tools`); `<toolset>/<tool>` is one of a toolset of the agent's owner. */
  id: ToolIdentifier,
  /** What the model calls it and is told of it; empty: its own name and description. */
  name: z
    .string()
    .regex(/^[a-zA-Z0-9_-]{0,64}$/, 'Use letters, digits, underscores and hyphens.')
    .default(''),
  description: z.string().max(1000).default(''),
  /** Parameters set by the creator; the model neither sees nor changes them. */
  fixedParameters: z.record(z.string().max(64), JsonValue).default({}),
  /** Optional parameters that the model is not shown and cannot set. */
  hiddenParameters: z.array(z.string().min(1).max(64)).max(64).default([]),
  approval: ApprovalRule.default('on-write'),
  /** For agents (`agent/<handle>`) only. */
  use: AgentUse.default('call'),
});
export type AgentTool = z.infer<typeof AgentTool>;

export const AgentOutput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text') }),
  z.strictObject({ kind: z.literal('json'), schema: JsonObject }),
]);

export const AgentContext = z.strictObject({
  /** Earlier messages of the conversation that the model is sent with the newest one, at most. */
  maximumMessages: z.number().int().min(1).max(500).default(40),
  /** Their tokens, files included, at most; the oldest are left out first, a question with its answer. */
  maximumTokens: z.number().int().min(500).max(1_000_000).default(24_000),
  /** What happens to turns that no longer fit: they are left out, or the agent's own model sums them up once. */
  overflow: z.enum(['trim', 'summarise']).default('trim'),
});

/** Facts that one memory holds, at most. */
export const mostFacts = 200;

const maximumFacts = z.number().int().min(1).max(mostFacts).default(100);

/**
 * What an agent keeps between conversations, as facts of a sentence each.
 *
 * `person`: facts about a person, which only runs of that person read and write; `summarise`: the agent's model also looks
 * for them when a conversation has been quiet for a while. `agent`: facts for everybody who uses the agent. Only its owner
 * writes these, in their own runs or by hand, and only on purpose: a summary would tell everybody of the owner's talks.
 */
export const AgentMemory = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('off') }),
  z.strictObject({ kind: z.literal('person'), summarise: z.boolean().default(true), maximumFacts }),
  z.strictObject({ kind: z.literal('agent'), maximumFacts }),
]);
export type AgentMemory = z.infer<typeof AgentMemory>;

export const Visibility = z.enum(['private', 'link', 'members', 'hub']);
export type Visibility = z.infer<typeof Visibility>;

/**
 * What others may do with a published agent besides using it: nothing, make copies of their own on this hub, or what an
 * open licence (by its SPDX identifier) lets them.
 */
export const Licence = z.enum(['all-rights-reserved', 'remix-allowed', 'CC-BY-4.0', 'CC0-1.0', 'MIT', 'Apache-2.0']);
export type Licence = z.infer<typeof Licence>;

export const AgentBudget = z.strictObject({
  maximumTokensPerRun: z.number().int().min(100).nullable().default(null),
  maximumUsdPerRun: z.number().positive().nullable().default(null),
  /** The time that a run works; waiting for a person's approval is not counted. */
  maximumSecondsPerRun: z.number().int().min(1).max(3600).default(300),
  maximumTokensPerConversation: TokenLimit,
  maximumUsdPerConversation: UsdLimit,
  /** A calendar month (UTC) over all people who use the agent. */
  maximumTokensPerMonth: TokenLimit,
  maximumUsdPerMonth: UsdLimit,
});

/**
 * What an agent is: the one shape that the database, the builder, the API, exports and shipped packages share.
 *
 * Unknown keys are refused. It never holds a secret.
 */
export const AgentDefinition = z.strictObject({
  schemaVersion: z.literal(1),
  identity: AgentIdentity,
  instructions: z.string().max(32_000).default(''),
  variables: z.array(AgentVariable).max(20).default([]),
  model: AgentModel.prefault({}),
  opening: AgentOpening.prefault({}),
  /** By the BCP 47 tag of their language. */
  translations: z
    .record(LanguageTag, AgentTranslation)
    .refine((all) => Object.keys(all).length <= 20, 'At most 20 languages.')
    .default({}),
  tools: z.array(AgentTool).max(64).default([]),
  output: AgentOutput.default({ kind: 'text' }),
  /** Checks before the model is called and of what it answers; each looks at the text as it came. */
  guards: Guards.default([]),
  context: AgentContext.prefault({}),
  memory: AgentMemory.default({ kind: 'off' }),
  access: z
    .strictObject({
      visibility: Visibility.default('private'),
      licence: Licence.default('all-rights-reserved'),
    })
    .prefault({}),
  budget: AgentBudget.prefault({}),
});
export type AgentDefinition = z.infer<typeof AgentDefinition>;
