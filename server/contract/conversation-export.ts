import { z } from 'zod';

/** How a conversation is taken along: to read, or with all that it holds. */
export const ConversationExportQuery = z.object({ format: z.enum(['markdown', 'json']).default('markdown') });
export type ConversationExportQuery = z.infer<typeof ConversationExportQuery>;
