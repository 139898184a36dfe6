import { v7 } from 'uuid';
import type { MemoryWriter } from '#server/contract/memory.ts';
import { NamedAgent } from '#server/contract/run-event.ts';
import type { Database } from '#server/platform/database.ts';
import type { Prisma } from '#server/platform/generated/prisma/client.ts';
import { namedAgent } from '#server/named-agent.ts';
import type { PagePosition } from '#server/page-cursor.ts';

/** Whose facts: those of one person with one agent. */
export type Notebook = { agentId: string; userId: string; kind: 'person' | 'agent' };

export type NewFact = {
  text: string;
  createdBy: MemoryWriter;
  conversationId: string | null;
  messageId: string | null;
};

export type FactRecord = {
  id: string;
  text: string;
  kind: 'person' | 'agent';
  createdBy: MemoryWriter;
  conversationId: string | null;
  messageId: string | null;
  createdAt: Date;
  editedAt: Date | null;
  agent: NamedAgent;
};

export type Kept = { outcome: 'kept' | 'known'; id: string } | { outcome: 'full' };

type Scope = { userId: string; agentIds: string[] | null; agent?: string | undefined };

const withAgent = { agent: namedAgent };
type StoredFact = { agent: unknown; kind: string; createdBy: string } & Omit<
  FactRecord,
  'agent' | 'kind' | 'createdBy'
>;
const toFact = (row: StoredFact) => ({ ...row, agent: NamedAgent.parse(row.agent) }) as FactRecord;

const toWhere = ({ userId, agentIds, agent }: Scope): Prisma.MemoryWhereInput => ({
  userId,
  ...(agentIds === null ? {} : { agentId: { in: agentIds } }),
  ...(agent === undefined ? {} : { agent: { OR: [{ id: agent }, { handle: agent }] } }),
});

/**
 * Stores facts within a transaction that has the notebook for itself: one that is known is not stored again, and where it is
 * full the oldest that the person did not write makes room.
 */
export async function keepFacts(
  transaction: Prisma.TransactionClient,
  { agentId, userId, kind }: Notebook,
  { facts, maximumFacts, now }: { facts: NewFact[]; maximumFacts: number; now: Date },
): Promise<Kept[]> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${kind} ${agentId} ${userId}`}, 0))`;
  const stored = await transaction.memory.findMany({
    where: { agentId, userId, kind },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true, text: true, editedAt: true },
  });
  const kept: Kept[] = [];
  for (const fact of facts) {
    const known = stored.find(({ text }) => toKey(text) === toKey(fact.text));
    if (known !== undefined) {
      kept.push({ outcome: 'known', id: known.id });
      continue;
    }
    const room = stored
      .filter(({ editedAt }) => editedAt === null)
      .slice(0, Math.max(0, stored.length + 1 - maximumFacts));
    if (stored.length - room.length >= maximumFacts) {
      kept.push({ outcome: 'full' });
      continue;
    }
    if (room.length > 0) await transaction.memory.deleteMany({ where: { id: { in: room.map(({ id }) => id) } } });
    for (const { id } of room)
      stored.splice(
        stored.findIndex((other) => other.id === id),
        1,
      );
    const editedAt = fact.createdBy === 'person' ? now : null;
    const row = { ...fact, id: v7(), agentId, userId, kind, createdAt: now, editedAt };
    await transaction.memory.create({ data: row });
    stored.push(row);
    kept.push({ outcome: 'kept', id: row.id });
  }
  return kept;
}

const toKey = (text: string) =>
  text
    .toLowerCase()
    .replace(/[\s.。!！]+/gu, ' ')
    .trim();

/** Facts that agents remember, always of one person. */
export function createMemoryRepository({
  database: { prisma, pool },
}: {
  database: Pick<Database, 'prisma' | 'pool'>;
}) {
  return {
    keep: async (notebook: Notebook, fact: NewFact, limits: { maximumFacts: number; now: Date }): Promise<Kept> => {
      const [kept] = await prisma.$transaction((transaction) =>
        keepFacts(transaction, notebook, { ...limits, facts: [fact] }),
      );
      return kept ?? { outcome: 'full' };
    },

    /** The facts of a notebook, oldest first. */
    read: async ({ agentId, userId, kind }: Notebook, limit: number) => {
      const { rows } = await pool.query<{ id: string; text: string; createdAt: Date }>(
        `SELECT id, text, created_at AS "createdAt" FROM memories
         WHERE agent_id = $1 AND user_id = $2 AND kind = $3 ORDER BY created_at DESC, id DESC LIMIT $4`,
        [agentId, userId, kind, limit],
      );
      return rows.reverse();
    },

    /** Newest first. */
    list: async (
      scope: Scope,
      { search = '', after, limit }: { search?: string | undefined; after: PagePosition | null; limit: number },
    ): Promise<FactRecord[]> =>
      (
        await prisma.memory.findMany({
          where: {
            ...toWhere(scope),
            ...(search === '' ? {} : { text: { contains: toPattern(search), mode: 'insensitive' } }),
            ...(after === null
              ? {}
              : { OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }] }),
          },
          include: withAgent,
          orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
          take: limit,
        })
      ).map(toFact),

    find: async (scope: Scope, id: string): Promise<FactRecord | null> => {
      const row = await prisma.memory.findFirst({ where: { ...toWhere(scope), id }, include: withAgent });
      return row === null ? null : toFact(row);
    },

    /** What the agent corrects; null when the fact is not in the notebook any more. */
    correct: async ({ agentId, userId, kind }: Notebook, id: string, fact: NewFact): Promise<boolean> => {
      const { text, conversationId, messageId } = fact;
      const where = { id, agentId, userId, kind };
      return (await prisma.memory.updateMany({ where, data: { text, conversationId, messageId } })).count > 0;
    },

    /** What the person writes; null when it is not theirs. */
    edit: async (scope: Scope, id: string, text: string, editedAt: Date): Promise<boolean> =>
      (await prisma.memory.updateMany({ where: { ...toWhere(scope), id }, data: { text, editedAt } })).count > 0,

    remove: async (scope: Scope, id: string): Promise<boolean> =>
      (await prisma.memory.deleteMany({ where: { ...toWhere(scope), id } })).count > 0,

    removeAll: async (scope: Scope): Promise<void> => {
      await prisma.memory.deleteMany({ where: toWhere(scope) });
    },

    /** The titles of a person's conversations and the messages that are still there, for where facts come from. */
    findSources: async (userId: string, facts: FactRecord[]) => {
      const conversationIds = facts.flatMap(({ conversationId }) => conversationId ?? []);
      const messageIds = facts.flatMap(({ messageId }) => messageId ?? []);
      const [conversations, messages] = await Promise.all([
        prisma.conversation.findMany({
          where: { id: { in: [...new Set(conversationIds)] }, userId },
          select: { id: true, title: true },
        }),
        prisma.message.findMany({ where: { id: { in: messageIds } }, select: { id: true } }),
      ]);
      return {
        titles: new Map(conversations.map(({ id, title }) => [id, title])),
        messages: new Set(messages.map(({ id }) => id)),
      };
    },
  };
}
export type MemoryRepository = ReturnType<typeof createMemoryRepository>;

/** Prisma hands `contains` to LIKE, which has signs of its own. */
const toPattern = (search: string) => search.replace(/[\\%_]/g, '\\$&');
