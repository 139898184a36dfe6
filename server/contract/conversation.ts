import { z } from 'zod';
import { Feedback } from './feedback.ts';
import { AgentReference, Identifier, Timestamp } from './identifier.ts';
import { PageQuery } from './page.ts';
import { Problem } from './problem.ts';
import { Artifact, FinishReason, NamedAgent, RunStatus, Source } from './run-event.ts';
import { RunOrigin } from './run-origin.ts';
import { RunStep } from './run.ts';
import { VariableValues } from './variable-values.ts';

/**
 * Where a conversation was begun: in the page, over REST, through the OpenAI door, or by a trigger. A `preview` was begun in
 * the page to try a draft, a `test` by an eval, a `talk` to have a draft changed; these are listed only when asked for, and
 * removed when nobody used them for a week, a test's not before its result. A `temporary` one is never listed, found or remembered, and is gone a day after its
 * last message; an `embed` one, of a visitor of a site that shows the agent, likewise, and nobody else reads it.
 */
export const ConversationSource = z.enum([
  'page',
  'api',
  'openai',
  'preview',
  'trigger',
  'test',
  'talk',
  'temporary',
  'embed',
]);
export type ConversationSource = z.infer<typeof ConversationSource>;

export const ConversationSummary = z.object({
  id: Identifier,
  title: z.string(),
  source: ConversationSource,
  /** The agent that it was begun with. */
  agent: NamedAgent,
  /** The agent that answers the next message: another one where the conversation was handed over. */
  answeredBy: NamedAgent,
  /** Whether a run waits in it for its person. */
  isWaiting: z.boolean(),
  isPinned: z.boolean(),
  isArchived: z.boolean(),
  /** The folder that it lies in. */
  folder: Identifier.nullable(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type ConversationSummary = z.infer<typeof ConversationSummary>;

export const Conversation = ConversationSummary.extend({
  /** The run that is under way in it, for a reader who comes back. */
  activeRun: Identifier.nullable(),
  /** The end of the branch that is shown and gone on from; null while nothing was said. */
  leafMessageId: Identifier.nullable(),
  /** The conversation that it was forked from, which may be gone by now. */
  forkedFromId: Identifier.nullable(),
  /** What its person last answered to the agent's questions; a run in it need not say them again. */
  variables: VariableValues,
});
export type Conversation = z.infer<typeof Conversation>;

export const ConversationListQuery = PageQuery.extend({
  agent: AgentReference.optional(),
  source: ConversationSource.exclude(['temporary', 'embed']).optional(),
  archived: z.stringbool().default(false).describe('Those that were put away, instead of the others.'),
  pinned: z.stringbool().optional().describe('Only those that are pinned, or that are not.'),
  folder: Identifier.optional().describe('Those in a folder; `none`: those in no folder.'),
});
export const CreateConversationInput = z.strictObject({ agent: AgentReference, title: z.string().max(200).optional() });
export const UpdateConversationInput = z
  .strictObject({
    title: z.string().trim().min(1).max(200).optional(),
    /** Who answers from now on: an agent that you may run. */
    answeredBy: AgentReference.optional(),
    pinned: z.boolean().optional(),
    archived: z.boolean().optional(),
    /** A folder of yours; null: none. */
    folder: Identifier.nullable().optional(),
    /** Shows the branch of this message, up to the newest message under it. */
    leafMessageId: Identifier.optional(),
  })
  .refine((changes) => Object.values(changes).some((change) => change !== undefined), {
    message: 'Send at least one of "title", "answeredBy", "pinned", "archived", "folder" and "leafMessageId".',
  });
export type UpdateConversationInput = z.infer<typeof UpdateConversationInput>;

/** `messageId`: the last message that goes along; left out, all that is shown. */
export const ForkConversationInput = z.strictObject({ messageId: Identifier.optional() });

export const AttachedFile = z.object({
  id: Identifier,
  name: z.string(),
  mediaType: z.string(),
  size: z.number().int(),
});
export type AttachedFile = z.infer<typeof AttachedFile>;

/** The messages that stand under the same one, in the order in which they were said: which of them it is, and those beside it. */
export const Siblings = z.object({
  number: z.number().int(),
  count: z.number().int(),
  previous: Identifier.nullable(),
  next: Identifier.nullable(),
});
export type Siblings = z.infer<typeof Siblings>;

/** A stored message; an assistant's one carries what its run did. */
export const Message = z.object({
  id: Identifier,
  /** The message that it stands under; null at the beginning. */
  parentId: Identifier.nullable(),
  siblings: Siblings,
  role: z.enum(['user', 'assistant']),
  content: z.string(),
  files: z.array(AttachedFile),
  run: z
    .object({
      id: Identifier,
      status: RunStatus,
      /** The agent that answered, and its version; null for the draft. */
      agent: NamedAgent,
      version: z.number().int().nullable(),
      model: z.string(),
      finishReason: FinishReason.nullable(),
      startedBy: RunOrigin,
      startedAt: Timestamp,
      steps: z.array(RunStep),
      sources: z.array(Source),
      artifacts: z.array(Artifact),
      reasoning: z.string(),
      error: Problem.nullable(),
    })
    .nullable(),
  /** What a message rests on that the hub left without a run, such as the facts of an alert. */
  sources: z.array(Source),
  /** What its person said of it. */
  feedback: Feedback.nullable(),
  createdAt: Timestamp,
});
export type Message = z.infer<typeof Message>;

/** Messages of the branch that is shown come newest first, page by page towards the start. */
export const MessageListQuery = PageQuery;
