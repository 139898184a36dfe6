import { z } from 'zod';
import { JsonObject } from './json.ts';

/**
 * What a guard looks at: what people send to the model (the message, attached text, variables), what it answers, what tools
 * are sent, or what they bring.
 */
export const GuardSide = z.enum(['input', 'output', 'tool-input', 'tool-result']);
export type GuardSide = z.infer<typeof GuardSide>;

/** `both` is what people send and what the model answers; `everywhere` is all sides. */
export const GuardTime = z.enum([...GuardSide.options, 'both', 'everywhere']);
export type GuardTime = z.infer<typeof GuardTime>;

const when = GuardTime;
const action = z.enum(['refuse', 'mask']);

export const PersonalDataType = z.enum(['email', 'phone', 'card', 'iban', 'national-id']);
export type PersonalDataType = z.infer<typeof PersonalDataType>;

/** A check of what an agent is told or says. `refuse` ends the run (of a tool only its call), `mask` puts a mark in the place of what was found. */
export const Guard = z.discriminatedUnion('kind', [
  /** Words and phrases in any case and any form of their characters; whole words, but for scripts without spaces. */
  z.strictObject({
    kind: z.literal('blocked-topics'),
    when: when.default('both'),
    action: action.default('refuse'),
    words: z.array(z.string().trim().min(1).max(100)).min(1, 'Name at least one word or phrase.').max(200),
  }),
  z.strictObject({
    kind: z.literal('personal-data'),
    when: when.default('both'),
    action: action.default('mask'),
    types: z
      .array(PersonalDataType)
      .min(1, 'Choose at least one.')
      .default([...PersonalDataType.options]),
  }),
  /** API keys of known shapes, private keys, seed phrases and signed tokens. */
  z.strictObject({ kind: z.literal('secrets'), when: when.default('both'), action: action.default('mask') }),
  /** Known attempts to talk an agent out of its instructions. */
  z.strictObject({
    kind: z.literal('jailbreak'),
    when: GuardTime.extract(['input', 'tool-result']).default('input'),
    action: z.literal('refuse').default('refuse'),
  }),
  /** Characters of one message, or of one answer. */
  z.strictObject({
    kind: z.literal('maximum-length'),
    when: GuardTime.extract(['input', 'output', 'both']).default('input'),
    action: z.literal('refuse').default('refuse'),
    characters: z.number().int().min(1).max(1_000_000),
  }),
  /** The newest message is JSON that fits a schema (2020-12). What the agent answers is held to one by its `output`. */
  z.strictObject({
    kind: z.literal('json-schema'),
    when: z.literal('input').default('input'),
    action: z.literal('refuse').default('refuse'),
    schema: JsonObject,
  }),
]);
export type Guard = z.infer<typeof Guard>;
export type GuardKind = Guard['kind'];

/** What guards found, never the matched text itself. */
export const GuardFinding = z.object({
  guard: z.string(),
  action,
  /** What it was: `email`, `api-key`, `topic` … */
  what: z.array(z.string()),
  count: z.number().int(),
});
export type GuardFinding = z.infer<typeof GuardFinding>;

export const Guards = z.array(Guard).max(20);

export const CheckGuardsInput = z.strictObject({
  guards: Guards,
  text: z.string().max(20_000),
  side: GuardSide,
});
export type CheckGuardsInput = z.infer<typeof CheckGuardsInput>;

/** What would happen to a text. */
export const GuardVerdict = z.object({
  /** Whether the run would end. */
  isRefused: z.boolean(),
  /** The text with all masks; empty when it is refused. */
  text: z.string(),
  findings: z.array(GuardFinding),
});
export type GuardVerdict = z.infer<typeof GuardVerdict>;
