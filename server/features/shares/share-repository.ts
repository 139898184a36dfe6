import { ShareContent, SharingSettings } from '#server/contract/conversation-share.ts';
import { namedAgent } from '#server/named-agent.ts';
import type { PagePosition } from '#server/page-cursor.ts';
import type { Database } from '#server/platform/database.ts';

const settingName = 'conversations.sharing';
const withAgent = { conversation: { select: { agent: namedAgent } } };

/** Shares, written and listed for one person, found by everybody who knows one. */
export function createShareRepository({ database: { prisma } }: { database: Pick<Database, 'prisma'> }) {
  return {
    create: (share: {
      id: string;
      conversationId: string;
      userId: string;
      title: string;
      content: ShareContent;
      fileIds: string[];
      createdAt: Date;
      expiresAt: Date | null;
    }) => prisma.conversationShare.create({ data: share, include: withAgent }),

    count: (userId: string): Promise<number> => prisma.conversationShare.count({ where: { userId } }),

    /** Newest first, those that have not expired. */
    list: (
      { userId, agentIds, conversationId }: { userId: string; agentIds: string[]; conversationId: string | undefined },
      { after, limit, now }: { after: PagePosition | null; limit: number; now: Date },
    ) =>
      prisma.conversationShare.findMany({
        where: {
          userId,
          ...(conversationId !== undefined && { conversationId }),
          ...(agentIds.length > 0 && { conversation: { agentId: { in: agentIds } } }),
          AND: [
            { OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
            ...(after === null
              ? []
              : [{ OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }] }]),
          ],
        },
        include: withAgent,
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: limit,
      }),

    /** False when it is not there. */
    remove: async (id: string, { userId, agentIds }: { userId: string; agentIds: string[] }): Promise<boolean> =>
      (
        await prisma.conversationShare.deleteMany({
          where: { id, userId, ...(agentIds.length > 0 && { conversation: { agentId: { in: agentIds } } }) },
        })
      ).count > 0,

    /** What can be read by its link at a time; null when it expired or never was. */
    findOpen: async (id: string, now: Date) => {
      const share = await prisma.conversationShare.findFirst({
        where: { id, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
      });
      return share === null ? null : { ...share, content: ShareContent.parse(share.content) };
    },
    /** Whose a file is that can be read by a link at a time. */
    findFileOwner: async (id: string, fileId: string, now: Date): Promise<string | null> =>
      (
        await prisma.conversationShare.findFirst({
          where: { id, fileIds: { has: fileId }, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
          select: { userId: true },
        })
      )?.userId ?? null,

    removeExpired: async (now: Date): Promise<void> => {
      await prisma.conversationShare.deleteMany({ where: { expiresAt: { lte: now } } });
    },

    readSettings: async (): Promise<SharingSettings> => {
      const row = await prisma.hubSetting.findUnique({ where: { name: settingName } });
      return row === null ? { isAllowed: true } : SharingSettings.parse(row.value);
    },
    writeSettings: async (value: SharingSettings): Promise<void> => {
      await prisma.hubSetting.upsert({
        where: { name: settingName },
        create: { name: settingName, value },
        update: { value },
      });
    },
  };
}
export type ShareRepository = ReturnType<typeof createShareRepository>;
