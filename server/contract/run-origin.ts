import { z } from 'zod';
import { Identifier } from './identifier.ts';

/**
 * What started a run: a person in the page, an API key, a trigger by its schedule or its webhook, or an alert. `memory`: the hub itself,
 * which had the agent's model look through a conversation for what to remember. `title`: the same, to name one after its first
 * answer. `test`: an eval of the agent, or its judge. `rewrite`: a text of an agent that a model was asked to write better.
 * `embed`: a visitor of a site that shows the agent, in the name of its owner.
 */
export const RunOrigin = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('page') }),
  z.object({ kind: z.literal('api') }),
  z.object({ kind: z.literal('schedule'), trigger: z.object({ id: Identifier, name: z.string() }) }),
  z.object({ kind: z.literal('webhook'), trigger: z.object({ id: Identifier, name: z.string() }) }),
  z.object({ kind: z.literal('alert'), alert: z.object({ id: Identifier, name: z.string() }) }),
  z.object({ kind: z.literal('memory') }),
  z.object({ kind: z.literal('title') }),
  z.object({ kind: z.literal('test') }),
  z.object({ kind: z.literal('rewrite') }),
  z.object({ kind: z.literal('embed'), agent: Identifier }),
]);
export type RunOrigin = z.infer<typeof RunOrigin>;

/** What a stored run tells of its origin; one that neither the page nor a key started says so itself. */
export const readRunOrigin = (run: { startedBy: unknown; apiKeyId: string | null }): RunOrigin =>
  RunOrigin.safeParse(run.startedBy).data ?? toPlainOrigin(run.apiKeyId);

/** The origin of a run that the page or a key started. */
export const toPlainOrigin = (apiKeyId: string | null): RunOrigin => ({ kind: apiKeyId === null ? 'page' : 'api' });
