import { z } from 'zod';
import { AgentReference, Identifier, SearchText, Timestamp } from './identifier.ts';
import { PageQuery } from './page.ts';
import { NamedAgent } from './run-event.ts';

export const longestFact = 500;

/** A fact in a sentence. */
export const FactText = z
  .string()
  .trim()
  .min(1, 'Write what is to be remembered.')
  .max(longestFact, `Keep it to ${longestFact} characters.`);

/** What a run may do with what its agent remembers. */
export const MemoryAccess = z.enum(['read', 'write']);
export type MemoryAccess = z.infer<typeof MemoryAccess>;

/** Who wrote a fact first: the agent in a run, its model after a conversation, or the person by hand. */
export const MemoryWriter = z.enum(['tool', 'summariser', 'person']);
export type MemoryWriter = z.infer<typeof MemoryWriter>;

/** A fact that an agent remembers, as the person whose it is sees it. */
export const Memory = z.object({
  id: Identifier,
  text: z.string(),
  /** `person`: about them, for their own runs. `agent`: from the agent's owner, for everybody who uses the agent. */
  kind: z.enum(['person', 'agent']),
  agent: NamedAgent,
  createdBy: MemoryWriter,
  /** The conversation and the message that it comes from, while they are there. */
  source: z.object({ conversation: Identifier, title: z.string(), message: Identifier.nullable() }).nullable(),
  createdAt: Timestamp,
  /** When the person last wrote it themselves; such a fact makes room for no other. */
  editedAt: Timestamp.nullable(),
});
export type Memory = z.infer<typeof Memory>;

export const MemoryListQuery = PageQuery.extend({
  agent: AgentReference.optional(),
  /** Words that the fact holds, as they stand. */
  search: SearchText.optional(),
});
export type MemoryListQuery = z.infer<typeof MemoryListQuery>;

export const CreateMemoryInput = z.strictObject({ agent: AgentReference, text: FactText });
export type CreateMemoryInput = z.infer<typeof CreateMemoryInput>;

export const UpdateMemoryInput = z.strictObject({ text: FactText });
export type UpdateMemoryInput = z.infer<typeof UpdateMemoryInput>;

export const ForgetMemoriesQuery = z.object({ agent: AgentReference });
export const ExportMemoriesQuery = z.object({ agent: AgentReference.optional() });

/** All that is remembered of a person, newest first. */
export const MemoryExport = z.object({ exportedAt: Timestamp, items: z.array(Memory) });
export type MemoryExport = z.infer<typeof MemoryExport>;
