import { z } from 'zod';
import { Identifier, Timestamp } from './identifier.ts';
import { LocalizedText } from './localized-text.ts';
import { ModelReference } from './agent-definition.ts';

export const ProviderKind = z.enum(['openai', 'anthropic', 'google', 'mistral']);
export type ProviderKind = z.infer<typeof ProviderKind>;

/** Which of OpenAI's two APIs a server speaks. */
export const OpenAIApi = z.enum(['chat', 'responses']);
export type OpenAIApi = z.infer<typeof OpenAIApi>;

/** Where OpenAI itself is, unless a connection says otherwise. */
export const openAIBaseUrl = 'https://api.openai.com/v1';

/** Whether a base URL leads to OpenAI itself, anywhere: other servers that speak its API know less, or refuse other things. */
export function isOpenAIItself(baseUrl: string): boolean {
  return URL.canParse(baseUrl) && /^(?:[a-z]+\.)?api\.openai\.com$/.test(new URL(baseUrl).host);
}

/** What a provider counts: a million tokens, a million characters of a text, or a minute of sound. */
export const PriceUnit = z.enum(['tokens', 'characters', 'minutes']);
export type PriceUnit = z.infer<typeof PriceUnit>;

/** US dollars per million tokens (or another `PriceUnit`); null: not known, which is never the same as zero. */
export const TokenPrices = z.object({
  inputUsd: z.number().min(0).nullable(),
  outputUsd: z.number().min(0).nullable(),
  cachedInputUsd: z.number().min(0).nullable(),
});
export type TokenPrices = z.infer<typeof TokenPrices>;

/**
 * What a model costs; some providers ask more for all tokens of a call whose prompt is longer than `aboveTokens`. What is
 * counted in characters or minutes has its price in `inputUsd` alone.
 */
export const ModelPrice = TokenPrices.extend({
  unit: PriceUnit,
  longPrompt: TokenPrices.extend({ aboveTokens: z.number().int() }).nullable(),
});
export type ModelPrice = z.infer<typeof ModelPrice>;

/** What a model can do; null: not known. */
export const ModelAbilities = z.object({
  seesImages: z.boolean().nullable(),
  /** Calls tools. */
  usesTools: z.boolean().nullable(),
  /** Keeps to JSON because its provider holds it to that. */
  writesJson: z.boolean().nullable(),
  /** Thinks before it answers, or can be told to. */
  reasons: z.boolean().nullable(),
  /** How many tokens fit into its window, question and answer together. */
  contextTokens: z.number().int().nullable(),
});
export type ModelAbilities = z.infer<typeof ModelAbilities>;

/** A model that agents may wish for; `reference` is what goes into `model.wishes`. */
export const ModelSummary = z.object({
  reference: ModelReference,
  name: z.string(),
  /** The connection's name, `Offline planner` for the one that needs none. */
  provider: z.string(),
  kind: z.enum(['language-model', 'planner']),
  /** Through a connection of the actor's own: only they and the agents that they own can use it. */
  personal: z.boolean(),
  price: ModelPrice,
  isDefault: z.boolean(),
  ...ModelAbilities.shape,
});
export type ModelSummary = z.infer<typeof ModelSummary>;

export const ModelList = z.object({
  items: z.array(ModelSummary),
  /** What agents without a wish use now. */
  defaultModel: ModelReference,
  /** What draws images; null: no connected provider does. */
  imageModel: ModelReference.nullable(),
  /** Connections that did not answer when asked for their models. */
  problems: z.array(
    z.object({
      connection: z.string(),
      name: z.string(),
      detail: z.string(),
      /** `detail` in the languages of the page. */
      words: LocalizedText,
    }),
  ),
});
export type ModelList = z.infer<typeof ModelList>;

export const SetDefaultModelInput = z.strictObject({ reference: ModelReference.nullable() });

/** Where models are reached. The key is write-only: it is never returned. */
export const Connection = z.object({
  id: Identifier,
  name: z.string(),
  /** The actor's own, for themselves and their agents; else the hub's, for everybody. */
  personal: z.boolean(),
  provider: ProviderKind,
  baseUrl: z.string(),
  /** What provider `openai` is asked by; null for the others. */
  api: OpenAIApi.nullable(),
  /** `environment` and `local` ones come from outside and cannot be edited. */
  origin: z.enum(['stored', 'environment', 'local']),
  hasKey: z.boolean(),
  /** Calls at once through it, over all agents; the others wait. Null: no limit. */
  maximumConcurrentCalls: z.number().int().nullable(),
  createdAt: Timestamp.nullable(),
});
export type Connection = z.infer<typeof Connection>;

export const CreateConnectionInput = z.strictObject({
  name: z.string().trim().min(1).max(60),
  provider: ProviderKind,
  /** Your own; without it the hub's, which only administrators make. */
  personal: z.boolean().default(false),
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional(),
  apiKey: z.string().min(1).max(1000).optional(),
  /**
   * For provider `openai` at a base URL of its own: `responses` where a gateway leads to OpenAI's models, `chat` (chat
   * completions) unless told. OpenAI itself is always asked by `responses`.
   */
  api: OpenAIApi.optional(),
  maximumConcurrentCalls: z.number().int().min(1).max(10_000).nullable().optional(),
});
export type CreateConnectionInput = z.infer<typeof CreateConnectionInput>;
export const UpdateConnectionInput = CreateConnectionInput.omit({ provider: true, personal: true }).partial().strict();
export type UpdateConnectionInput = z.infer<typeof UpdateConnectionInput>;

/** What a test of a connection found. */
export const ConnectionTest = z.object({ works: z.boolean(), detail: z.string(), models: z.array(z.string()) });
export type ConnectionTest = z.infer<typeof ConnectionTest>;

/** A row of the price table: `model` is a name as the provider writes it, or a prefix that ends in `*`. */
export const PriceRow = z.object({
  model: z.string().min(1).max(200),
  ...ModelPrice.shape,
  /** The only host at which it counts, for others serve the same name; null: at all. */
  host: z.string().nullable(),
  edited: z.boolean(),
});
export type PriceRow = z.infer<typeof PriceRow>;
export const SetPriceInput = z.strictObject({
  model: z.string().min(1).max(200),
  ...TokenPrices.shape,
  unit: PriceUnit.default('tokens'),
});
export type SetPriceInput = z.infer<typeof SetPriceInput>;
