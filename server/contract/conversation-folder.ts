import { z } from 'zod';
import { Identifier, Timestamp } from './identifier.ts';

/** A folder of a person's conversations, with whichever agents they are. */
export const ConversationFolder = z.object({ id: Identifier, name: z.string(), createdAt: Timestamp });
export type ConversationFolder = z.infer<typeof ConversationFolder>;

export const mostFolders = 100;
export const ConversationFolderInput = z.strictObject({ name: z.string().trim().min(1).max(80) });
export type ConversationFolderInput = z.infer<typeof ConversationFolderInput>;
