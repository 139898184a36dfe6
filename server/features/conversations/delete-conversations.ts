import { deletedSource } from '#server/deleted-source.ts';
import type { ConversationPorts } from './conversation-ports.ts';
import type { DeletionRepository } from './deletion-repository.ts';

const conversationsAtATime = 500;

type Needs = { repository: DeletionRepository; stopRuns: ConversationPorts['stopRuns'] };

/** Deletes conversations, with what their runs keep of them. */
export function createConversationDeleter({ repository, stopRuns }: Needs) {
  async function removeWhole(id: string): Promise<boolean> {
    await stopRuns(id);
    return (await repository.remove([id])).length > 0;
  }

  /** Those that cannot go yet are passed over, not waited for. */
  async function removeAll(
    list: (stretch: { limit: number; offset: number }) => Promise<string[]>,
    because?: { deletedAgentId: string },
  ): Promise<void> {
    for (let kept = 0; ;) {
      const ids = await list({ limit: conversationsAtATime, offset: kept });
      const removed = new Set(await repository.remove(ids, because));
      const stopped = await Promise.all(ids.filter((id) => !removed.has(id)).map(removeWhole));
      kept += stopped.filter((isRemoved) => !isRemoved).length;
      if (ids.length < conversationsAtATime) return;
    }
  }

  const removeOld = (sources: string[]) => (usedBefore: Date) =>
    removeAll((stretch) => repository.listOld(sources, usedBefore, stretch));

  return {
    /**
     * False when it was deleted already. One with a run in another process that does not answer is out of sight, and goes
     * with those that are temporary.
     */
    remove: async (id: string): Promise<boolean> => (await removeWhole(id)) || repository.hide(id),
    /** Removes temporary and visitors' ones that were last used before a time, and those that could not go when they were deleted. */
    removeTemporary: removeOld(['temporary', 'embed', deletedSource]),
    /** Removes previews and talks that were last used before a time, and tests whose results are gone too. */
    removePreviews: removeOld(['preview', 'test', 'talk']),
    /** Removes all that were begun with an agent which is about to be deleted. */
    removeOf: (agentId: string): Promise<void> =>
      removeAll((stretch) => repository.listOf(agentId, stretch), { deletedAgentId: agentId }),
    /** Removes all of a person, of every source; what cannot be stopped goes with the person. */
    removeOfPerson: (userId: string): Promise<void> => removeAll((stretch) => repository.listOfPerson(userId, stretch)),
  };
}
