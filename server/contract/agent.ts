import { z } from 'zod';
import { AgentDefinition, Avatar, Visibility } from './agent-definition.ts';
import { Handle, Identifier, SearchText, Timestamp } from './identifier.ts';
import { JsonValue } from './json.ts';
import { PageQuery } from './page.ts';
import { LocalizedText } from './localized-text.ts';

/** What the actor may do with an agent; the page never works this out itself. */
export const AgentAbilities = z.object({
  run: z.boolean(),
  edit: z.boolean(),
  publish: z.boolean(),
  delete: z.boolean(),
  duplicate: z.boolean(),
  export: z.boolean(),
  /** Choose a model of one's own for a run; the hub's can be chosen by whoever may run it. */
  useOwnModels: z.boolean(),
});

/** What lists show of the translations of an agent's definition. */
export const ListedTranslations = z.record(z.string(), z.object({ name: z.string(), tagline: z.string() }));

/** What every list shows of an agent. */
export const ListedAgent = z.object({
  id: Identifier,
  handle: Handle,
  name: z.string(),
  tagline: z.string(),
  avatar: Avatar,
  category: z.string(),
  tags: z.array(z.string()),
  /** Name and tagline in other languages, by the tag; an empty one is as above. */
  translations: ListedTranslations,
});

/** An agent in a list. */
export const AgentSummary = ListedAgent.extend({
  visibility: Visibility,
  /** The newest published version, or null while there is only a draft. */
  publishedVersion: z.number().int().nullable(),
  hasUnpublishedChanges: z.boolean(),
  shipped: z.boolean(),
  owner: z.object({ id: Identifier, name: z.string() }).nullable(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
  can: AgentAbilities,
});
export type AgentSummary = z.infer<typeof AgentSummary>;

/** What keeps a draft from being published: where, and why in the languages of the page. */
export const PublishProblem = z.object({ path: z.string(), message: LocalizedText });
export type PublishProblem = z.infer<typeof PublishProblem>;

/** An agent with its definition: the draft for those who may edit it, else the newest published version. */
export const Agent = AgentSummary.extend({
  definition: AgentDefinition,
  /** The draft's revision, also the `ETag` that `PATCH …/draft` wants as `If-Match`; null for those who cannot edit. */
  draftRevision: z.number().int().nullable(),
  /** What keeps the draft from being published, by its places in `definition`; null for those who cannot edit. */
  draftProblems: z.array(PublishProblem).nullable(),
  /** Where a copy comes from. */
  origin: z.object({ handle: Handle, version: z.number().int().nullable() }).nullable(),
});
export type Agent = z.infer<typeof Agent>;

export const AgentListQuery = PageQuery.extend({
  /** `mine`, `shipped`, or all that the actor can see. */
  scope: z.enum(['all', 'mine', 'shipped']).default('all'),
  category: z.string().max(40).optional(),
  search: SearchText.optional(),
});
export type AgentListQuery = z.infer<typeof AgentListQuery>;

/** A new agent: a name is enough; anything else of the definition may come along. */
export const CreateAgentInput = z.strictObject({
  name: z.string().trim().min(1).max(60),
  handle: Handle.optional(),
  definition: AgentDefinition.omit({ identity: true }).partial().optional(),
  identity: AgentDefinition.shape.identity.partial().optional(),
});
export type CreateAgentInput = z.infer<typeof CreateAgentInput>;

const whole = AgentDefinition.shape;

/** A whole new draft, or some of its top-level keys; keys left out stay as they are, without the schema's defaults. */
export const UpdateDraftInput = z.strictObject({
  identity: whole.identity.optional(),
  instructions: whole.instructions.unwrap().optional(),
  variables: whole.variables.unwrap().optional(),
  model: whole.model.unwrap().optional(),
  opening: whole.opening.unwrap().optional(),
  translations: whole.translations.unwrap().optional(),
  tools: whole.tools.unwrap().optional(),
  output: whole.output.unwrap().optional(),
  guards: whole.guards.unwrap().optional(),
  context: whole.context.unwrap().optional(),
  memory: whole.memory.unwrap().optional(),
  access: whole.access.unwrap().optional(),
  budget: whole.budget.unwrap().optional(),
  /** Gives an agent that was never published a free handle after its new name, where it still has the one that its old name suggested. */
  handleFollowsName: z.literal(true).optional(),
});
export type UpdateDraftInput = z.infer<typeof UpdateDraftInput>;

export const PublishAgentInput = z.strictObject({ note: z.string().max(2000).default('') });
export const RestoreVersionInput = z.strictObject({ version: z.number().int().min(1) });
export const DuplicateAgentInput = z.strictObject({
  name: z.string().trim().min(1).max(60).optional(),
  handle: Handle.optional(),
});
export type DuplicateAgentInput = z.infer<typeof DuplicateAgentInput>;

export const AgentVersionSummary = z.object({
  version: z.number().int(),
  note: z.string(),
  publishedBy: z.object({ id: Identifier, name: z.string() }).nullable(),
  createdAt: Timestamp,
  /**
   * How many conversations it answered in, and how many people it answered, in the last 30 days; and when it last answered at
   * all. Null for those who cannot edit the agent.
   */
  use: z.object({ conversations: z.number().int(), people: z.number().int(), lastAt: Timestamp.nullable() }).nullable(),
});
export type AgentVersionSummary = z.infer<typeof AgentVersionSummary>;
export const AgentVersion = AgentVersionSummary.omit({ use: true }).extend({ definition: AgentDefinition });
export type AgentVersion = z.infer<typeof AgentVersion>;

/** One changed place between two definitions; `path` is dotted, such as `model.wishes.0`. */
export const DefinitionChange = z.object({
  path: z.string(),
  kind: z.enum(['added', 'removed', 'changed']),
  before: JsonValue.optional(),
  after: JsonValue.optional(),
});
export type DefinitionChange = z.infer<typeof DefinitionChange>;

/** A version number, or `draft`. */
export const VersionReference = z.union([z.literal('draft'), z.coerce.number().int().min(1)], {
  error: 'Send the number of a version, or "draft".',
});
export type VersionReference = z.infer<typeof VersionReference>;
export const DiffQuery = z.object({ from: VersionReference, to: VersionReference });
export const AgentDiff = z.object({ from: VersionReference, to: VersionReference, changes: z.array(DefinitionChange) });
export type AgentDiff = z.infer<typeof AgentDiff>;
