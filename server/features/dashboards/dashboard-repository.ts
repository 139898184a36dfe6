import { DashboardAccess, DashboardContent, RefreshSchedule, StoredResult } from '#server/contract/dashboard.ts';
import type { Database } from '#server/platform/database.ts';
import { Prisma } from '#server/platform/generated/prisma/client.ts';
import { toStorable } from '#server/to-stored-json.ts';
import { lastChangedFirst, type ListWish, whereListed } from '#server/where-listed.ts';

const withOwner = { owner: { select: { id: true, name: true } } } as const satisfies Prisma.DashboardInclude;
type Row = Prisma.DashboardGetPayload<{ include: typeof withOwner }>;

export type DashboardRecord = Omit<Row, 'access' | 'content' | 'schedule'> & {
  access: DashboardAccess;
  content: DashboardContent;
  schedule: RefreshSchedule | null;
};
type Changes = Partial<
  Pick<DashboardRecord, 'name' | 'description' | 'access' | 'content' | 'schedule' | 'nextRefreshAt'>
>;
export type ResultRecord = { widgetId: string; key: string; content: StoredResult; ranAt: Date };

const toRecord = ({ access, content, schedule, ...row }: Row): DashboardRecord => ({
  ...row,
  access: DashboardAccess.parse(access),
  content: DashboardContent.parse(content),
  schedule: schedule === null ? null : RefreshSchedule.parse(schedule),
});

const toData = ({ content, schedule, ...rest }: Changes) => ({
  ...rest,
  ...(content === undefined ? {} : { content: toStorable(content) }),
  ...(schedule === undefined ? {} : { schedule: schedule ?? Prisma.DbNull }),
});

/** Results of one dashboard, at most: values that nobody asks for any more make room. */
const mostResults = 500;

/** Dashboards, and the last result of each of their widgets. */
export function createDashboardRepository({ database: { prisma } }: { database: Pick<Database, 'prisma'> }) {
  return {
    create: async (
      dashboard: Required<Changes> & { id: string; ownerId: string; now: Date },
    ): Promise<DashboardRecord> => {
      const { id, ownerId, now, content, schedule, ...rest } = dashboard;
      return toRecord(
        await prisma.dashboard.create({
          data: {
            ...rest,
            ...{ id, ownerId, createdAt: now, updatedAt: now },
            content: toStorable(content),
            schedule: schedule ?? Prisma.DbNull,
          },
          include: withOwner,
        }),
      );
    },

    count: (ownerId: string): Promise<number> => prisma.dashboard.count({ where: { ownerId } }),

    countScheduled: (ownerId: string): Promise<number> =>
      prisma.dashboard.count({ where: { ownerId, nextRefreshAt: { not: null } } }),

    find: async (where: { id: string } | { link: string }): Promise<DashboardRecord | null> => {
      const row = await prisma.dashboard.findUnique({ where, include: withOwner });
      return row === null ? null : toRecord(row);
    },

    /** Last changed first. */
    list: async ({ limit, ...wish }: ListWish & { limit: number }): Promise<DashboardRecord[]> => {
      const rows = await prisma.dashboard.findMany({
        where: whereListed(wish),
        orderBy: lastChangedFirst,
        take: limit,
        include: withOwner,
      });
      return rows.map(toRecord);
    },

    /** False when somebody changed it since that revision. */
    update: async (id: string, revision: number, { now, ...changes }: Changes & { now: Date }): Promise<boolean> => {
      const { count } = await prisma.dashboard.updateMany({
        where: { id, revision },
        data: { ...toData(changes), updatedAt: now, revision: { increment: 1 } },
      });
      return count > 0;
    },

    setLink: async (id: string, link: string | null): Promise<void> => {
      await prisma.dashboard.updateMany({ where: { id }, data: { link } });
    },

    remove: async (id: string): Promise<void> => {
      await prisma.dashboard.deleteMany({ where: { id } });
    },

    /** False where a refresh is under way, here or in another process. */
    claimRefresh: async (id: string, { now, until }: { now: Date; until: Date }): Promise<boolean> => {
      const { count } = await prisma.dashboard.updateMany({
        where: { id, OR: [{ refreshingUntil: null }, { refreshingUntil: { lt: now } }] },
        data: { refreshingUntil: until },
      });
      return count > 0;
    },

    endRefresh: async (id: string, refreshedAt: Date | null): Promise<void> => {
      await prisma.dashboard.updateMany({
        where: { id },
        data: { refreshingUntil: null, ...(refreshedAt === null ? {} : { refreshedAt }) },
      });
    },

    listDue: async (now: Date, limit: number): Promise<DashboardRecord[]> => {
      const rows = await prisma.dashboard.findMany({
        where: { nextRefreshAt: { lte: now } },
        orderBy: { nextRefreshAt: 'asc' },
        take: limit,
        include: withOwner,
      });
      return rows.map(toRecord);
    },

    /** Takes a due time, for one process alone. */
    claimDue: async (id: string, { from, to }: { from: Date; to: Date | null }): Promise<boolean> => {
      const { count } = await prisma.dashboard.updateMany({
        where: { id, nextRefreshAt: from },
        data: { nextRefreshAt: to },
      });
      return count > 0;
    },

    findResults: async (dashboardId: string, keys: string[]): Promise<ResultRecord[]> => {
      const rows = await prisma.dashboardResult.findMany({ where: { dashboardId, key: { in: keys } } });
      return rows.map(({ widgetId, key, content, ranAt }) => ({
        ...{ widgetId, key, ranAt },
        content: StoredResult.parse(content),
      }));
    },

    /** In the place of the last one of these values. */
    storeResult: async (dashboardId: string, { widgetId, key, content, ranAt }: ResultRecord): Promise<void> => {
      const stored = { content: toStorable(content) as Prisma.InputJsonValue, ranAt };
      await prisma.dashboardResult.upsert({
        where: { dashboardId_widgetId_key: { dashboardId, widgetId, key } },
        create: { dashboardId, widgetId, key, ...stored },
        update: stored,
      });
    },

    /** Drops results of widgets that are gone, and the oldest of too many. */
    dropResults: async (dashboardId: string, widgetIds: string[]): Promise<void> => {
      await prisma.dashboardResult.deleteMany({ where: { dashboardId, widgetId: { notIn: widgetIds } } });
      const [last] = await prisma.dashboardResult.findMany({
        where: { dashboardId },
        select: { ranAt: true },
        orderBy: { ranAt: 'desc' },
        skip: mostResults,
        take: 1,
      });
      if (last !== undefined)
        await prisma.dashboardResult.deleteMany({ where: { dashboardId, ranAt: { lte: last.ranAt } } });
    },
  };
}
export type DashboardRepository = ReturnType<typeof createDashboardRepository>;
