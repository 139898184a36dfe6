import { HubError } from '#server/hub-error.ts';
import { mostFacts } from '#server/contract/agent-definition.ts';
import { memoryFull } from './memory-errors.ts';
import { canWrite, findOwnerOfFacts } from './memory-policy.ts';
import type { MemoryPorts, RememberingRun } from './memory-ports.ts';
import type { MemoryRepository, NewFact } from './memory-repository.ts';
import type { WatchRepository } from './watch-repository.ts';

/** How long a conversation is quiet before it is looked through. */
export const quietMs = 10 * 60_000;

type Needs = { repository: MemoryRepository; watches: WatchRepository; ports: Pick<MemoryPorts, 'now' | 'logError'> };

/** Opens what an agent remembers for one run, as far as its person and its door allow. */
export function createRunMemoryOpener({ repository, watches, ports }: Needs) {
  async function note(
    { actor, agentId }: RememberingRun,
    { conversationId, messageId }: NonNullable<RememberingRun['memory']>,
  ) {
    if (messageId === null) return;
    const dueAt = new Date(ports.now().getTime() + quietMs);
    await watches
      .note({ conversationId, agentId, userId: actor.userId }, { messageId, dueAt })
      .catch((error: unknown) => ports.logError(error, 'a conversation could not be noted for its facts'));
  }

  return async (run: RememberingRun) => {
    const { actor, agentId, ownerId, definition, memory: source } = run;
    const { memory } = definition;
    const userId = findOwnerOfFacts(memory, actor, ownerId);
    if (memory.kind === 'off' || userId === null || source === null) return null;
    const notebook = { agentId, userId, kind: memory.kind };
    const writes = source.access === 'write' && canWrite(memory, actor, ownerId);
    const [facts] = await Promise.all([
      repository.read(notebook, mostFacts),
      writes && memory.kind === 'person' && memory.summarise ? note(run, source) : null,
    ]);
    const { maximumFacts } = memory;

    const keep = async (text: string, replaces: string | null) => {
      const { conversationId, messageId } = source;
      const fact: NewFact = { text, createdBy: 'tool', conversationId, messageId };
      if (replaces !== null && (await repository.correct(notebook, replaces, fact))) {
        return { id: replaces, isNew: false };
      }
      const kept = await repository.keep(notebook, fact, { maximumFacts, now: ports.now() });
      if (kept.outcome === 'full') throw memoryFull(maximumFacts);
      return { id: kept.id, isNew: kept.outcome === 'kept' };
    };

    const forget = async (id: string) => {
      const scope = { userId: notebook.userId, agentIds: [agentId] };
      if (!(await repository.remove(scope, id))) {
        throw new HubError('not_found', { en: 'This is forgotten already.', zh: '这条记忆已经忘记。' });
      }
    };

    return { kind: memory.kind, facts, write: writes ? { keep, forget } : null };
  };
}
