import { v7 } from 'uuid';
import { HubSettings, type ReportInput } from '#server/contract/hub-moderation.ts';
import { namedAgent } from '#server/named-agent.ts';
import type { PagePosition } from '#server/page-cursor.ts';
import { NamedAgent } from '#server/contract/run-event.ts';
import type { Database } from '#server/platform/database.ts';
import type { Prisma } from '#server/platform/generated/prisma/client.ts';

export type ReportRecord = {
  id: string;
  reason: string;
  text: string;
  createdAt: Date;
  agent: NamedAgent;
  user: { name: string };
};

const settingName = 'hub.settings';
const withNames = {
  agent: namedAgent,
  user: { select: { name: true } },
} as const;

/** What administrators decide about the hub. None of it counts as a change of an agent (`updated_at`). */
export function createModerationRepository({ database: { prisma } }: { database: Pick<Database, 'prisma'> }) {
  const decide = (agentId: string, decision: 'approved' | 'refused', reason: string) => prisma.$executeRaw`
    UPDATE agents SET hub_decision = ${decision}, hub_reason = ${reason},
           featured_position = CASE WHEN ${decision} = 'refused' THEN NULL ELSE featured_position END
     WHERE id = ${agentId}`;
  const settle = (where: Prisma.HubReportWhereInput, resolvedAt: Date) =>
    prisma.hubReport.updateMany({ where: { ...where, resolvedAt: null }, data: { resolvedAt } });

  return {
    async readSettings(): Promise<HubSettings> {
      const row = await prisma.hubSetting.findUnique({ where: { name: settingName } });
      return row === null ? { reviewNewAgents: false } : HubSettings.parse(row.value);
    },

    /** What stands on the hub when the review begins stays there. */
    async writeSettings(value: HubSettings): Promise<void> {
      const name = settingName;
      await prisma.$transaction(async (transaction) => {
        const before = await transaction.hubSetting.findUnique({ where: { name } });
        await transaction.hubSetting.upsert({ where: { name }, create: { name, value }, update: { value } });
        const wasOn = before !== null && HubSettings.parse(before.value).reviewNewAgents;
        if (value.reviewNewAgents && !wasOn) {
          await transaction.$executeRaw`
            UPDATE agents SET hub_decision = 'approved'
             WHERE visibility = 'hub' AND published_version IS NOT NULL AND hub_decision IS NULL`;
        }
      });
    },

    async decide(agentId: string, decision: 'approved' | 'refused', reason: string): Promise<void> {
      await decide(agentId, decision, reason);
    },

    async feature(agentIds: string[]): Promise<void> {
      await prisma.$executeRaw`
        UPDATE agents SET featured_position = array_position(${agentIds}::text[], id) - 1
         WHERE featured_position IS NOT NULL OR id = ANY(${agentIds})`;
    },

    /** False where the person has reported the agent before. */
    async addReport(agentId: string, userId: string, { reason, text }: ReportInput, createdAt: Date): Promise<boolean> {
      const data = [{ id: v7(), agentId, userId, reason, text, createdAt }];
      return (await prisma.hubReport.createMany({ data, skipDuplicates: true })).count > 0;
    },

    hasReported: async (agentId: string, userId: string): Promise<boolean> =>
      (await prisma.hubReport.count({ where: { agentId, userId } })) > 0,

    /** Open ones, newest first. */
    listReports: async ({ after, limit }: { after: PagePosition | null; limit: number }): Promise<ReportRecord[]> => {
      const stored = await prisma.hubReport.findMany({
        where: {
          resolvedAt: null,
          ...(after === null
            ? {}
            : { OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }] }),
        },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: limit,
        include: withNames,
      });
      return stored.map(toReportRecord);
    },

    findReport: async (id: string): Promise<ReportRecord | null> => {
      const stored = await prisma.hubReport.findFirst({ where: { id, resolvedAt: null }, include: withNames });
      return stored === null ? null : toReportRecord(stored);
    },

    async dismiss(id: string, at: Date): Promise<void> {
      await settle({ id }, at);
    },

    /** Takes an agent off the hub, which settles all that was said against it. */
    async unlist(agentId: string, reason: string, at: Date): Promise<void> {
      await prisma.$transaction([decide(agentId, 'refused', reason), settle({ agentId }, at)]);
    },
  };
}
export type ModerationRepository = ReturnType<typeof createModerationRepository>;

const toReportRecord = (stored: Omit<ReportRecord, 'agent'> & { agent: unknown }): ReportRecord => ({
  ...stored,
  agent: NamedAgent.parse(stored.agent),
});
