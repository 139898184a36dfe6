import { z } from 'zod';
import { AgentIdentity, Visibility } from './agent-definition.ts';
import { Identifier } from './identifier.ts';
import { NamedAgent } from './run-event.ts';

/** An agent that others can use: it can be handed on when its owner goes. */
export const SharedAgent = z.object({
  id: Identifier,
  handle: AgentIdentity.shape.handle,
  name: z.string(),
  translations: NamedAgent.shape.translations,
  visibility: Visibility,
  /** How many others had a conversation with it. */
  people: z.int().min(0),
});
export type SharedAgent = z.infer<typeof SharedAgent>;

/** What a person has on the hub, and so what goes with them. */
export const PersonHoldings = z.object({
  /** At most 200, those that most people use first. */
  sharedAgents: z.array(SharedAgent),
  counts: z.object({
    /** All of them, the shared ones too. */
    agents: z.int().min(0),
    conversations: z.int().min(0),
    files: z.int().min(0),
    keys: z.int().min(0),
    connections: z.int().min(0),
    toolsets: z.int().min(0),
    triggers: z.int().min(0),
    datasets: z.int().min(0),
    queries: z.int().min(0),
    dashboards: z.int().min(0),
    audits: z.int().min(0),
  }),
});
export type PersonHoldings = z.infer<typeof PersonHoldings>;

/** What becomes of the agents that others can use; all that is private is deleted. */
export const RemovePersonInput = z.strictObject({
  sharedAgents: z.discriminatedUnion('outcome', [
    z.strictObject({
      outcome: z.literal('hand-over'),
      to: Identifier.describe('An administrator or a creator, who owns them from then on.'),
    }),
    z.strictObject({ outcome: z.literal('take-down') }),
  ]),
});
export type RemovePersonInput = z.infer<typeof RemovePersonInput>;

export const CloseAccountInput = z.strictObject({ password: z.string().min(1).max(200) });
export type CloseAccountInput = z.infer<typeof CloseAccountInput>;
