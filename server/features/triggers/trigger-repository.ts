import { Prisma } from '#server/platform/generated/prisma/client.ts';
import type { Database } from '#server/platform/database.ts';
import { namedAgent } from '#server/named-agent.ts';
import type { PagePosition } from '#server/page-cursor.ts';
import { toTriggerRecord, type TriggerRecord } from './trigger-record.ts';

const withAgent = { agent: namedAgent };

type Changes = Partial<Omit<TriggerRecord, 'id' | 'ownerId' | 'agent' | 'createdAt' | 'updatedAt'>>;
type NewTrigger = Omit<TriggerRecord, 'agent' | 'createdAt' | 'updatedAt'> & { agentId: string };

const toJson = <Value extends object>(value: Value | null | undefined) =>
  value === undefined ? undefined : value === null ? Prisma.DbNull : (value as Prisma.InputJsonObject);

const toData = ({ schedule, webhook, ...rest }: Changes) => {
  const [scheduleJson, webhookJson] = [toJson(schedule), toJson(webhook)];
  return {
    ...rest,
    ...(scheduleJson === undefined ? {} : { schedule: scheduleJson }),
    ...(webhookJson === undefined ? {} : { webhook: webhookJson }),
  };
};

/** Triggers as people edit them. */
export function createTriggerRepository({ database: { prisma } }: { database: Pick<Database, 'prisma'> }) {
  return {
    count: (ownerId: string) => prisma.trigger.count({ where: { ownerId } }),

    async create({ id, ownerId, agentId, name, message, ...rest }: NewTrigger): Promise<TriggerRecord> {
      const data = { id, ownerId, agentId, name, message, ...toData(rest) };
      return toTriggerRecord(await prisma.trigger.create({ data, include: withAgent }));
    },

    /** Whoever owns it. */
    async find(id: string): Promise<TriggerRecord | null> {
      const stored = await prisma.trigger.findUnique({ where: { id }, include: withAgent });
      return stored === null ? null : toTriggerRecord(stored);
    },

    /** Newest first. */
    async list({
      ownerId,
      agentIds,
      after,
      limit,
    }: {
      ownerId: string;
      agentIds: string[] | null;
      after: PagePosition | null;
      limit: number;
    }): Promise<TriggerRecord[]> {
      const stored = await prisma.trigger.findMany({
        where: {
          ownerId,
          ...(agentIds === null ? {} : { agentId: { in: agentIds } }),
          ...(after === null
            ? {}
            : { OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }] }),
        },
        include: withAgent,
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: limit,
      });
      return stored.map(toTriggerRecord);
    },

    async update(id: string, changes: Changes): Promise<TriggerRecord> {
      return toTriggerRecord(await prisma.trigger.update({ where: { id }, data: toData(changes), include: withAgent }));
    },

    /** False when it was deleted already. */
    remove: async (id: string): Promise<boolean> => (await prisma.trigger.deleteMany({ where: { id } })).count > 0,

    /** Keeps what a run told of the shared conversation; a trigger that is gone has none. */
    setConversation: async (id: string, conversationId: string | null): Promise<void> => {
      await prisma.trigger.updateMany({ where: { id }, data: { conversationId } });
    },

    pause: async (id: string, because: string, detail: string): Promise<void> => {
      await prisma.trigger.updateMany({
        where: { id },
        data: { pausedBecause: because, pausedDetail: detail, nextAt: null },
      });
    },

    /** Every sealed secret; `replace` answers false when it is another one by now. */
    listSealed: async () => {
      const rows = await prisma.trigger.findMany({ select: { id: true, webhookSecret: true, callbackSecret: true } });
      return rows.flatMap(({ id, ...row }) =>
        (['webhookSecret', 'callbackSecret'] as const).flatMap((column) => {
          const envelope = row[column];
          if (envelope === null) return [];
          const replace = async (after: string): Promise<boolean> =>
            (await prisma.trigger.updateMany({ where: { id, [column]: envelope }, data: { [column]: after } })).count >
            0;
          return [{ place: `${id} ${column}`, envelope, replace }];
        }),
      );
    },
  };
}
export type TriggerRepository = ReturnType<typeof createTriggerRepository>;
