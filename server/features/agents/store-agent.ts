import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import { definitionInvalid, handleTaken } from './agent-errors.ts';
import type { AgentRecord } from './agent-record.ts';
import type { AgentRepository } from './agent-repository.ts';
import { findDraftProblems } from './find-definition-problems.ts';
import { toFreeHandle, toStem } from './suggest-handle.ts';

const attempts = 5;

export async function findFreeHandle(repository: AgentRepository, wished: string): Promise<string> {
  return toFreeHandle(wished, await repository.listTakenHandles(toStem(wished)));
}

/**
 * Stores a new agent with its first draft.
 *
 * @param handle - `wished`: a person chose it, so that a taken one is a `conflict`; `suggested`: a free one like it will do
 */
export async function storeAgent(
  repository: AgentRepository,
  {
    ownerId,
    definition,
    handle,
    origin = null,
  }: {
    ownerId: string;
    definition: AgentDefinition;
    handle: 'wished' | 'suggested';
    origin?: AgentRecord['origin'];
  },
): Promise<AgentRecord> {
  const problems = findDraftProblems(definition);
  const stoppers = handle === 'wished' ? problems : problems.filter((issue) => issue.path !== 'identity.handle');
  if (stoppers.length > 0) throw definitionInvalid(stoppers);
  const wished = definition.identity.handle;
  let free = wished;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (handle === 'suggested') free = await findFreeHandle(repository, wished);
    const draft = { ...definition, identity: { ...definition.identity, handle: free } };
    const stored = await repository.createAgent({ ownerId, draft, origin });
    if (stored !== null) return stored;
    if (handle === 'wished') break;
  }
  throw handleTaken(free, await findFreeHandle(repository, free));
}
