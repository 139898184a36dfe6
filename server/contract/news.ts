import { z } from 'zod';
import { Identifier } from './identifier.ts';

/**
 * What changed among a person's conversations and agents, without what it changed to: who hears it reads anew what they show.
 *
 * `conversation`: a message, an answer that begins or ends, a title, a place or a branch; `run` is the run that began or
 * ended. `folders`: their names or number. `agent`: a new version of one that the person may see, or a draft of their own with
 * another look. `reset`: something may have been missed.
 */
export const News = z.discriminatedUnion('type', [
  z.object({ type: z.literal('conversation'), conversation: Identifier, run: Identifier.nullable() }),
  z.object({ type: z.literal('folders') }),
  z.object({ type: z.literal('agent'), agent: Identifier }),
  z.object({ type: z.literal('reset') }),
]);
export type News = z.infer<typeof News>;
