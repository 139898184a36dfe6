import { z } from 'zod';
import { ConversationSummary } from './conversation.ts';
import { AgentReference, Identifier, SearchText } from './identifier.ts';
import { PageQuery } from './page.ts';

/** What is looked for: conversations in which one message, or the title, has every word or part of a word. */
export const ConversationHitQuery = PageQuery.extend({
  search: SearchText.min(1),
  agent: AgentReference.optional(),
});
export type ConversationHitQuery = z.infer<typeof ConversationHitQuery>;

/** A conversation that was found. */
export const ConversationHit = z.object({
  conversation: ConversationSummary,
  /** The newest message that has all of it; null where only the title does. */
  message: Identifier.nullable(),
  /** A passage of that message, or the title, in pieces; those that were looked for are hits. */
  snippet: z.array(z.object({ text: z.string(), isHit: z.boolean() })),
});
export type ConversationHit = z.infer<typeof ConversationHit>;
