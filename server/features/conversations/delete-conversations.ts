import type { ConversationPorts } from './conversation-ports.ts';
import type { DeletionRepository } from './deletion-repository.ts';

const conversationsAtATime = 500;

type Needs = { repository: DeletionRepository; stopRuns: ConversationPorts['stopRuns'] };

/** Deletes conversations, with what their runs keep of them. */
export function createConversationDeleter({ repository, stopRuns }: Needs) {
  async function removeWhole(id: string): Promise<boolean> {
    await stopRuns(id);
    return repository.remove(id);
  }

  return {
    /**
     * False when it was deleted already. One with a run in another process that does not answer is out of sight, and goes
     * with the next that are old.
     */
    remove: async (id: string): Promise<boolean> => (await removeWhole(id)) || repository.hide(id),
    /** Removes temporary and visitors' ones that were last used before a time. */
    removeOld: async (usedBefore: Date): Promise<void> => {
      // Those that cannot go yet are passed over, not waited for.
      for (let kept = 0; ;) {
        const ids = await repository.listOld(usedBefore, { limit: conversationsAtATime, offset: kept });
        for (const id of ids) if (!(await removeWhole(id))) kept += 1;
        if (ids.length < conversationsAtATime) return;
      }
    },
  };
}
