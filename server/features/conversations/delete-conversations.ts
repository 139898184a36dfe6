import type { ConversationPorts } from './conversation-ports.ts';
import type { DeletionRepository } from './deletion-repository.ts';

const conversationsAtATime = 500;

type Needs = { repository: DeletionRepository; stopRuns: ConversationPorts['stopRuns'] };

/** Deletes conversations, with what their runs keep of them. */
export function createConversationDeleter({ repository, stopRuns }: Needs) {
  /**
   * False when it was deleted already. One in which another process of the hub still has a run is out of sight, and goes
   * with the next that are old.
   */
  async function remove(id: string): Promise<boolean> {
    await stopRuns(id);
    return (await repository.remove(id)) || repository.hide(id);
  }

  return {
    remove,
    /** Removes temporary ones that were last used before a time. */
    removeOld: async (usedBefore: Date): Promise<void> => {
      for (const id of await repository.listOld(usedBefore, conversationsAtATime)) await remove(id);
    },
  };
}
