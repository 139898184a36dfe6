import { z } from 'zod';
import { AttachedFile } from './conversation.ts';
import { Identifier, Timestamp } from './identifier.ts';
import { PageQuery } from './page.ts';
import { Artifact, NamedAgent, Source } from './run-event.ts';

export const CreateShareInput = z.strictObject({
  /** Whether readers are told the person's name. */
  showsName: z.boolean().default(false),
  /** Whether readers may open the files that the person attached. */
  withFiles: z.boolean().default(false),
  /** Null: until it is revoked. */
  expiresInDays: z.number().int().min(1).max(365).nullable().default(null),
});
export type CreateShareInput = z.infer<typeof CreateShareInput>;

/** A share as its person sees it. Whoever knows `id` reads the copy at `/s/<id>`. */
export const ConversationShare = z.object({
  id: Identifier,
  conversation: Identifier,
  agent: NamedAgent,
  title: z.string(),
  showsName: z.boolean(),
  withFiles: z.boolean(),
  createdAt: Timestamp,
  expiresAt: Timestamp.nullable(),
});
export type ConversationShare = z.infer<typeof ConversationShare>;

export const ShareListQuery = PageQuery.extend({ conversation: Identifier.optional() });
export type ShareListQuery = z.infer<typeof ShareListQuery>;

/** A message as readers of a share see it. */
export const SharedMessage = z.object({
  id: Identifier,
  role: z.enum(['user', 'assistant']),
  content: z.string(),
  files: z.array(AttachedFile),
  /** Who answered. */
  agent: z.string().nullable(),
  sources: z.array(Source),
  artifacts: z.array(Artifact),
  createdAt: Timestamp,
});
export type SharedMessage = z.infer<typeof SharedMessage>;

/** The frozen copy, as it is stored. */
export const ShareContent = z.object({
  agent: z.string(),
  /** The agent's names in other languages, by the tag. */
  translations: NamedAgent.shape.translations,
  person: z.string().nullable(),
  withFiles: z.boolean(),
  messages: z.array(SharedMessage),
});
export type ShareContent = z.infer<typeof ShareContent>;

/** What everybody with the link reads. */
export const SharedConversation = ShareContent.omit({ withFiles: true }).extend({
  title: z.string(),
  createdAt: Timestamp,
  expiresAt: Timestamp.nullable(),
});
export type SharedConversation = z.infer<typeof SharedConversation>;

export const SharingSettings = z.strictObject({
  /** Whether people may share conversations; while they may not, no share is shown. */
  isAllowed: z.boolean(),
});
export type SharingSettings = z.infer<typeof SharingSettings>;
