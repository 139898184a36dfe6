import type { AlertDelivery, AlertWay } from '#server/contract/alert.ts';
import { AlertFacts } from '#server/contract/alert.ts';
import type { PagePosition } from '#server/page-cursor.ts';
import type { Database } from '#server/platform/database.ts';

export type DeliveryRecord = {
  id: string;
  firingId: string;
  way: AlertWay;
  event: AlertDelivery['event'];
  status: AlertDelivery['status'];
  attempts: number;
  lastStatus: number | null;
  lastError: string | null;
  runId: string | null;
  conversationId: string | null;
  nextAt: Date | null;
  endedAt: Date | null;
};

/** A firing as it is stored. */
export type FiringRecord = {
  id: string;
  alert: { id: string; name: string; ownerId: string };
  cause: 'watch' | 'test';
  isQuiet: boolean;
  facts: AlertFacts;
  firedAt: Date;
  withdrawnAt: Date | null;
  readAt: Date | null;
  deliveries: DeliveryRecord[];
};

export type TellOutcome = Partial<
  Pick<DeliveryRecord, 'status' | 'lastStatus' | 'lastError' | 'runId' | 'conversationId' | 'nextAt' | 'endedAt'>
>;

/** How long a process that tells may be silent before another does. */
const leaseMs = 60_000;
const whole = {
  alert: { select: { id: true, name: true, ownerId: true } },
  deliveries: { orderBy: { id: 'asc' } },
} as const;

type Stored = Omit<FiringRecord, 'cause' | 'facts' | 'deliveries'> & {
  cause: string;
  facts: unknown;
  deliveries: (Omit<DeliveryRecord, 'way' | 'event' | 'status'> & { way: string; event: string; status: string })[];
};

const toDelivery = (stored: Stored['deliveries'][number]): DeliveryRecord => ({
  ...stored,
  way: stored.way as AlertWay,
  event: stored.event as DeliveryRecord['event'],
  status: stored.status as DeliveryRecord['status'],
});

const toFiring = (stored: Stored): FiringRecord => ({
  ...stored,
  cause: stored.cause === 'test' ? 'test' : 'watch',
  facts: AlertFacts.parse(stored.facts),
  deliveries: stored.deliveries.map(toDelivery),
});

/** What alerts told, and how: kept for as long as their owner keeps the alert, at most 30 days. */
export function createAlertFiringRepository({
  database: { prisma, pool },
}: {
  database: Pick<Database, 'prisma' | 'pool'>;
}) {
  return {
    find: async (id: string): Promise<FiringRecord | null> => {
      const stored = await prisma.alertFiring.findUnique({ where: { id }, include: whole });
      return stored === null ? null : toFiring(stored);
    },

    /** A person's firings, newest first. */
    list: async (
      { ownerId, alertId, isUnread }: { ownerId: string; alertId: string | null; isUnread: boolean },
      { after, limit }: { after: PagePosition | null; limit: number },
    ): Promise<FiringRecord[]> => {
      const stored = await prisma.alertFiring.findMany({
        where: {
          alert: { ownerId },
          ...(alertId === null ? {} : { alertId }),
          ...(isUnread ? { readAt: null } : {}),
          ...(after === null
            ? {}
            : { OR: [{ firedAt: { lt: after.at } }, { firedAt: after.at, id: { lt: after.id } }] }),
        },
        include: whole,
        orderBy: [{ firedAt: 'desc' }, { id: 'desc' }],
        take: limit,
      });
      return stored.map(toFiring);
    },

    /** How many of each alert nobody has read, and when each last fired. */
    sumUp: async (alertIds: string[]): Promise<Map<string, { unread: number; lastFiredAt: Date | null }>> => {
      const { rows } = await pool.query<{ id: string; unread: number; last: Date | null }>(
        `SELECT alert_id AS id, count(*) FILTER (WHERE read_at IS NULL)::int AS unread, max(fired_at) AS last
         FROM alert_firings WHERE alert_id = ANY($1) GROUP BY alert_id`,
        [alertIds],
      );
      return new Map(rows.map(({ id, unread, last }) => [id, { unread, lastFiredAt: last }]));
    },

    countUnread: (ownerId: string) => prisma.alertFiring.count({ where: { alert: { ownerId }, readAt: null } }),

    markRead: async (ownerId: string, alertId: string | null, readAt: Date): Promise<void> => {
      await prisma.alertFiring.updateMany({
        where: { alert: { ownerId }, ...(alertId === null ? {} : { alertId }), readAt: null },
        data: { readAt },
      });
    },

    /** Those that stand after a block and may have gone with it. */
    listPlaced: async (alertId: string, afterBlock: string, limit: number) =>
      (
        await prisma.alertFiring.findMany({
          where: { alertId, blockNumber: { gt: BigInt(afterBlock) }, withdrawnAt: null },
          select: { id: true, blockNumber: true, blockHash: true, isQuiet: true },
          orderBy: { blockNumber: 'desc' },
          take: limit,
        })
      ).flatMap(({ id, blockNumber, blockHash, isQuiet }) =>
        blockNumber === null || blockHash === null
          ? []
          : [{ id, isQuiet, place: { number: blockNumber.toString(), hash: blockHash } }],
      ),

    /** How often an alert told something since then. */
    countTold: (alertId: string, since: Date) =>
      prisma.alertFiring.count({ where: { alertId, cause: 'watch', isQuiet: false, firedAt: { gt: since } } }),

    /** Takes what is to be told; nobody else does for a minute. */
    take: async (now: Date, limit: number): Promise<DeliveryRecord[]> => {
      const { rows } = await pool.query<{ id: string }>(
        `UPDATE alert_deliveries SET next_at = $2, attempts = attempts + 1
         WHERE id IN (
           SELECT id FROM alert_deliveries WHERE status = 'waiting' AND next_at <= $1
           ORDER BY next_at, id LIMIT $3 FOR UPDATE SKIP LOCKED
         ) RETURNING id`,
        [now, new Date(now.getTime() + leaseMs), limit],
      );
      const found = await prisma.alertDelivery.findMany({
        where: { id: { in: rows.map(({ id }) => id) } },
        orderBy: { id: 'asc' },
      });
      return found.map(toDelivery);
    },

    setOutcome: async (id: string, outcome: TellOutcome): Promise<void> => {
      await prisma.alertDelivery.updateMany({ where: { id }, data: outcome });
    },

    /** Tells one again that was told or given up; false when there is none. */
    tellAgain: async (firingIds: { alertId: string }, id: string, now: Date): Promise<boolean> =>
      (
        await prisma.alertDelivery.updateMany({
          where: { id, firing: { alertId: firingIds.alertId } },
          data: { status: 'waiting', attempts: 0, nextAt: now, endedAt: null },
        })
      ).count > 0,

    findNextTime: async (): Promise<Date | null> =>
      (
        await pool.query<{ at: Date | null }>(
          `SELECT min(next_at) AS at FROM alert_deliveries WHERE status = 'waiting'`,
        )
      ).rows[0]?.at ?? null,

    removeOlder: async (before: Date): Promise<void> => {
      await prisma.alertFiring.deleteMany({ where: { firedAt: { lt: before } } });
    },
  };
}
export type AlertFiringRepository = ReturnType<typeof createAlertFiringRepository>;
