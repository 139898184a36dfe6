import { z } from 'zod';
import { ListedAgent, ListedTranslations } from './agent.ts';
import { AgentDefinition, Licence, Visibility } from './agent-definition.ts';
import { Handle, Identifier, SearchText, Timestamp } from './identifier.ts';
import { PageQuery } from './page.ts';
import { LocalizedText } from './localized-text.ts';

/** The short name of a category, as an agent's definition names it. */
export const CategorySlug = AgentDefinition.shape.identity.shape.category;

const Rating = z.object({
  /** Of 5; null without reviews. */
  average: z.number().nullable(),
  count: z.number().int(),
});

/** An agent as the hub shows it in a list. */
export const HubAgent = ListedAgent.extend({
  /** Null for those that came with the hub. */
  creator: z.object({ id: Identifier, name: z.string() }).nullable(),
  licence: Licence,
  version: z.number().int(),
  /** When its newest version was published. */
  publishedAt: Timestamp,
  rating: Rating,
  /** The last 30 days, counted every few minutes. */
  use: z.object({ people: z.number().int(), runs: z.number().int() }),
  isFavourite: z.boolean(),
});
export type HubAgent = z.infer<typeof HubAgent>;

export const HubSort = z.enum(['use', 'rating', 'new']);
export type HubSort = z.infer<typeof HubSort>;

export const HubAgentQuery = PageQuery.extend({
  /** Words; typing errors are forgiven, and every word of Chinese is found. */
  search: SearchText.optional(),
  category: CategorySlug.optional(),
  tag: z.string().trim().min(1).max(30).optional(),
  /** Without it: what fits best for a search, else what is used most. */
  sort: HubSort.optional(),
});
export type HubAgentQuery = z.infer<typeof HubAgentQuery>;

/** A few agents in an order of their own. */
export const HubAgentList = z.object({ items: z.array(HubAgent) });

/** What an agent can do, in words. */
const UsedTool = z.object({
  id: z.string(),
  title: LocalizedText,
  description: LocalizedText,
  /** Null where only its owner knows. */
  effect: z.enum(['read', 'write']).nullable(),
});

export const reviewLength = 2000;
const Stars = z.number().int().min(1).max(5);

/** What a person who used an agent says of it. */
export const HubReview = z.object({
  id: Identifier,
  author: z.string(),
  stars: Stars,
  text: z.string(),
  /** The agent's newest version when it was written. */
  version: z.number().int(),
  updatedAt: Timestamp,
  /** What the agent's owner says to it. */
  answer: z.object({ text: z.string(), at: Timestamp }).nullable(),
  can: z.object({ answer: z.boolean(), remove: z.boolean() }),
});
export type HubReview = z.infer<typeof HubReview>;

export const ReviewInput = z.strictObject({ stars: Stars, text: z.string().trim().max(reviewLength).default('') });
export type ReviewInput = z.infer<typeof ReviewInput>;
export const ReviewAnswerInput = z.strictObject({ text: z.string().trim().min(1).max(reviewLength) });
export type ReviewAnswerInput = z.infer<typeof ReviewAnswerInput>;

/**
 * Whether an agent stands on the hub: `waiting` for an administrator, `refused` by one, or not meant to (`unlisted`).
 */
export const ListingState = z.enum(['listed', 'waiting', 'refused', 'unlisted']);
export type ListingState = z.infer<typeof ListingState>;

/** All that the hub tells of an agent to those who may use it. */
export const HubAgentDetail = HubAgent.extend({
  visibility: Visibility,
  listing: ListingState,
  /** Why an administrator refused it, for its owner and for administrators. */
  refusal: z.string().nullable(),
  description: z.string(),
  opening: AgentDefinition.shape.opening.unwrap(),
  /** All texts in other languages, by the tag; an empty one is as above. */
  translations: AgentDefinition.shape.translations.unwrap(),
  tools: z.array(UsedTool),
  data: z.object({
    memory: z.enum(['off', 'person', 'agent']),
    guards: z.array(z.string()),
    /** The models that it wants, best first; empty: the hub's default model. */
    models: z.array(z.string()),
  }),
  /** The newest ones. */
  versions: z.array(z.object({ version: z.number().int(), note: z.string(), createdAt: Timestamp })),
  /** Whether it is a copy, also of what is gone or not shown to the actor. */
  isRemix: z.boolean(),
  /** What it was copied from, where the actor may see that. */
  origin: z
    .object({
      handle: Handle,
      name: z.string(),
      translations: ListedTranslations,
      version: z.number().int().nullable(),
    })
    .nullable(),
  /** Published copies of it that everybody may see. */
  remixes: z.number().int(),
  myReview: HubReview.nullable(),
  can: z.object({
    run: z.boolean(),
    remix: z.boolean(),
    edit: z.boolean(),
    review: z.boolean(),
    report: z.boolean(),
  }),
});
export type HubAgentDetail = z.infer<typeof HubAgentDetail>;
