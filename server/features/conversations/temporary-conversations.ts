import type { ConversationPorts } from './conversation-ports.ts';
import type { TemporaryRepository } from './temporary-repository.ts';

const conversationsAtATime = 500;

type Needs = { repository: TemporaryRepository; stopRuns: ConversationPorts['stopRuns'] };

/** Forgets temporary conversations. */
export function createTemporaryKeeper({ repository, stopRuns }: Needs) {
  /** One in which another process of the hub still has a run is forgotten with the next that are old. */
  async function forget(id: string): Promise<void> {
    await stopRuns(id);
    if (!(await repository.forget(id))) await repository.makeOld(id);
  }

  return {
    forget,
    removeOld: async (usedBefore: Date): Promise<void> => {
      for (const id of await repository.listOld(usedBefore, conversationsAtATime)) await forget(id);
    },
  };
}
