import type { Actor } from '#server/contract/actor.ts';
import type {
  CreateMemoryInput,
  Memory,
  MemoryExport,
  MemoryListQuery,
  UpdateMemoryInput,
} from '#server/contract/memory.ts';
import type { Page } from '#server/contract/page.ts';
import { readPageCursor, toPage } from '#server/page-cursor.ts';
import { createQuietReader } from './read-quiet.ts';
import { factKnown, memoryFull, memoryNotFound, memoryOff, notTheOwner } from './memory-errors.ts';
import { canWrite, listSeenAgents } from './memory-policy.ts';
import type { MemoryPorts } from './memory-ports.ts';
import type { FactRecord, MemoryRepository } from './memory-repository.ts';
import { createRunMemoryOpener } from './open-for-run.ts';
import type { WatchRepository } from './watch-repository.ts';

const mostExported = 20_000;

type Needs = { repository: MemoryRepository; watches: WatchRepository; ports: MemoryPorts };

/**
 * What agents remember. Every fact belongs to one person, who alone sees, changes, deletes and exports it; runs of others
 * never read it, but for facts that an agent's owner keeps for everybody.
 */
export function createMemoryService({ repository, watches, ports }: Needs) {
  const scopeOf = (actor: Actor, agent?: string) => ({
    userId: actor.userId,
    agentIds: listSeenAgents(actor),
    ...(agent === undefined ? {} : { agent }),
  });

  async function present(actor: Actor, facts: FactRecord[]): Promise<Memory[]> {
    const { titles, messages } = await repository.findSources(actor.userId, facts);
    return facts.map(({ conversationId, messageId, createdAt, editedAt, ...fact }) => {
      const title = conversationId === null ? undefined : titles.get(conversationId);
      const message = messageId !== null && messages.has(messageId) ? messageId : null;
      return {
        ...fact,
        source:
          conversationId === null || title === undefined ? null : { conversation: conversationId, title, message },
        createdAt: createdAt.toISOString(),
        editedAt: editedAt?.toISOString() ?? null,
      };
    });
  }

  async function get(actor: Actor, id: string): Promise<Memory> {
    const fact = await repository.find(scopeOf(actor), id);
    const [memory] = fact === null ? [] : await present(actor, [fact]);
    if (memory === undefined) throw memoryNotFound(id);
    return memory;
  }

  return {
    openForRun: createRunMemoryOpener({ repository, watches, ports }),
    ...createQuietReader({ repository, watches, ports }),

    list: async (actor: Actor, { agent, search, cursor, limit }: MemoryListQuery): Promise<Page<Memory>> => {
      const found = await repository.list(scopeOf(actor, agent), {
        search,
        after: readPageCursor(cursor),
        limit: limit + 1,
      });
      const { items, nextCursor } = toPage(found, limit, ({ createdAt, id }) => ({ at: createdAt, id }));
      return { items: await present(actor, items), nextCursor };
    },

    /** @throws {HubError} `not_found`, `forbidden`, `conflict` */
    create: async (actor: Actor, { agent: reference, text }: CreateMemoryInput): Promise<Memory> => {
      const { agent, definition } = await ports.resolveAgent(actor, reference);
      const { memory } = definition;
      if (memory.kind === 'off') throw memoryOff();
      if (!canWrite(memory, actor, agent.ownerId)) throw notTheOwner();
      const kept = await repository.keep(
        { agentId: agent.id, userId: actor.userId, kind: memory.kind },
        { text, createdBy: 'person', conversationId: null, messageId: null },
        { maximumFacts: memory.maximumFacts, now: ports.now() },
      );
      if (kept.outcome === 'full') throw memoryFull(memory.maximumFacts);
      if (kept.outcome === 'known') throw factKnown();
      return get(actor, kept.id);
    },

    /** @throws {HubError} `not_found` */
    update: async (actor: Actor, id: string, { text }: UpdateMemoryInput): Promise<Memory> => {
      if (!(await repository.edit(scopeOf(actor), id, text, ports.now()))) throw memoryNotFound(id);
      return get(actor, id);
    },

    /** @throws {HubError} `not_found` */
    remove: async (actor: Actor, id: string): Promise<void> => {
      if (!(await repository.remove(scopeOf(actor), id))) throw memoryNotFound(id);
    },

    /** Forgets all of an agent, also what was said but not looked through yet. */
    forget: async (actor: Actor, agent: string): Promise<void> => {
      await watches.passOver(actor.userId, agent, listSeenAgents(actor));
      await repository.removeAll(scopeOf(actor, agent));
    },

    export: async (actor: Actor, agent: string | undefined): Promise<MemoryExport> => {
      const found = await repository.list(scopeOf(actor, agent), { after: null, limit: mostExported });
      return { exportedAt: ports.now().toISOString(), items: await present(actor, found) };
    },
  };
}
export type MemoryService = ReturnType<typeof createMemoryService>;
