import { z } from 'zod';
import { Scope } from './api-key.ts';
import { Role } from './account.ts';
import { Identifier } from './identifier.ts';

/**
 * Who asks. Every service takes it first.
 *
 * `key` is null when a person asks through the page; then all that the person may do is allowed.
 */
export const Actor = z.object({
  userId: z.string(),
  name: z.string(),
  role: Role,
  key: z.object({ id: z.string(), scopes: z.array(Scope), agentIds: z.array(z.string()) }).nullable(),
  /**
   * A visitor of an embedded agent asks in the name of its owner: of all that is the owner's they see this conversation alone,
   * and the owner does not see it.
   */
  visit: z.object({ agent: Identifier, conversation: Identifier }).optional(),
});
export type Actor = z.infer<typeof Actor>;
