import { v7 } from 'uuid';
import type { AlertFacts, AlertState, AlertWatch } from '#server/contract/alert.ts';
import { namedAgent } from '#server/named-agent.ts';
import type { PagePosition } from '#server/page-cursor.ts';
import type { Database } from '#server/platform/database.ts';
import type { Prisma } from '#server/platform/generated/prisma/client.ts';
import { toStoredJson } from '#server/to-stored-json.ts';
import { type AlertRecord, toAlertRecord } from './alert-record.ts';

/** What is told of a firing, and how. */
export type NewDelivery = { id: string; way: 'webhook' | 'tell' | 'ask'; event: 'alert.fired' | 'alert.withdrawn' };

export type NewFiring = {
  id: string;
  key: string;
  cause: 'watch' | 'test';
  isQuiet: boolean;
  facts: AlertFacts;
  /** What a reorganisation may take away; null: nothing can. */
  place: { number: string; hash: string } | null;
  deliveries: NewDelivery[];
};

/** What came of one look. */
export type LookOutcome = {
  state: AlertState;
  nextAt: Date | null;
  firings: NewFiring[];
  /** Firings whose block is no part of the chain any more, and how that is told. */
  withdrawn: { id: string; deliveries: NewDelivery[] }[];
};

type Changes = Partial<
  Omit<AlertRecord, 'id' | 'ownerId' | 'agent' | 'createdAt' | 'updatedAt' | 'language'> & { agentId: string | null }
>;
type NewAlert = Pick<
  AlertRecord,
  | 'id'
  | 'ownerId'
  | 'name'
  | 'language'
  | 'watch'
  | 'webhookUrl'
  | 'webhookSecret'
  | 'agentDoes'
  | 'question'
  | 'coolDownMinutes'
  | 'mostPerDay'
  | 'state'
  | 'nextAt'
> & { agentId: string | null };

/** How long a process that looks may be silent before another does; a look takes less. */
const leaseMs = 120_000;
const withAgent = { agent: namedAgent };

const toJson = (value: AlertWatch | AlertState) => value as Prisma.InputJsonObject;
const toData = ({ watch, state, ...rest }: Changes) => ({
  ...rest,
  ...(watch === undefined ? {} : { watch: toJson(watch) }),
  ...(state === undefined ? {} : { state: toJson(state) }),
});

/** `$1`: the firings with their deliveries, `$2`: the alert, as `held`. */
const insertFirings = `
  added AS (
    INSERT INTO alert_firings (id, alert_id, key, cause, is_quiet, facts, block_number, block_hash, fired_at)
    SELECT t.id, held.id, t.key, t.cause, t.is_quiet, t.facts, t.block_number, t.block_hash, $3
    FROM held, jsonb_to_recordset($1::jsonb) AS t(id text, key text, cause text, is_quiet boolean, facts jsonb,
         block_number bigint, block_hash text)
    ON CONFLICT (alert_id, key) DO NOTHING RETURNING id
  ), told AS (
    INSERT INTO alert_deliveries (id, firing_id, way, event, next_at)
    SELECT d.id, t.id, d.way, d.event, $3
    FROM jsonb_to_recordset($1::jsonb) AS t(id text, deliveries jsonb)
    JOIN added ON added.id = t.id
    CROSS JOIN LATERAL jsonb_to_recordset(t.deliveries) AS d(id text, way text, event text)
    RETURNING id
  )`;

const toRow = ({ isQuiet, place, ...firing }: NewFiring) => ({
  ...firing,
  is_quiet: isQuiet,
  block_number: place?.number ?? null,
  block_hash: place?.hash ?? null,
});

/**
 * Alerts as people edit them and as processes look. Several may ask at the same time: an alert belongs for a look to the
 * one whose lease it holds, and what came of the look is stored in one statement, so that nothing is told twice.
 */
export function createAlertRepository({ database: { prisma, pool } }: { database: Pick<Database, 'prisma' | 'pool'> }) {
  return {
    count: (ownerId: string) => prisma.alert.count({ where: { ownerId } }),

    create: async (alert: NewAlert): Promise<AlertRecord> => {
      const data = { ...alert, watch: toJson(alert.watch), state: toJson(alert.state) };
      return toAlertRecord(await prisma.alert.create({ data, include: withAgent }));
    },

    /** Whoever owns it. */
    find: async (id: string): Promise<AlertRecord | null> => {
      const stored = await prisma.alert.findUnique({ where: { id }, include: withAgent });
      return stored === null ? null : toAlertRecord(stored);
    },

    /** Newest first. */
    list: async ({
      ownerId,
      after,
      limit,
    }: {
      ownerId: string;
      after: PagePosition | null;
      limit: number;
    }): Promise<AlertRecord[]> => {
      const stored = await prisma.alert.findMany({
        where: {
          ownerId,
          ...(after === null
            ? {}
            : { OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }] }),
        },
        include: withAgent,
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: limit,
      });
      return stored.map(toAlertRecord);
    },

    /** A look that is under way comes to nothing. */
    update: async (id: string, changes: Changes): Promise<AlertRecord> =>
      toAlertRecord(
        await prisma.alert.update({ where: { id }, data: { lease: null, ...toData(changes) }, include: withAgent }),
      ),

    /** False when it was deleted already. */
    remove: async (id: string): Promise<boolean> => (await prisma.alert.deleteMany({ where: { id } })).count > 0,

    setConversation: async (id: string, conversationId: string): Promise<void> => {
      await prisma.alert.updateMany({ where: { id }, data: { conversationId } });
    },

    /** Takes those that are due; nobody else looks for two minutes. */
    take: async (now: Date, limit: number): Promise<AlertRecord[]> => {
      const { rows } = await pool.query<{ id: string }>(
        `UPDATE alerts SET lease = $3, next_at = $2
         WHERE id IN (
           SELECT id FROM alerts WHERE next_at <= $1 AND paused_because IS NULL
           ORDER BY next_at LIMIT $4 FOR UPDATE SKIP LOCKED
         ) RETURNING id`,
        [now, new Date(now.getTime() + leaseMs), v7(), limit],
      );
      const found = await prisma.alert.findMany({
        where: { id: { in: rows.map(({ id }) => id) } },
        include: withAgent,
      });
      return found.map(toAlertRecord);
    },

    /** Stores what came of a look, all of it or, where the lease is another's by now, nothing: false. */
    keepLook: async (
      { id, lease }: Pick<AlertRecord, 'id' | 'lease'>,
      { state, nextAt, firings, withdrawn }: LookOutcome,
      now: Date,
    ): Promise<boolean> => {
      const { rows } = await pool.query(
        `WITH held AS (
           UPDATE alerts SET state = $4::jsonb, next_at = $5, checked_at = $3, lease = NULL
           WHERE id = $2 AND lease = $6 AND paused_because IS NULL RETURNING id
         ), ${insertFirings}, gone AS (
           UPDATE alert_firings f SET withdrawn_at = $3, read_at = NULL
           FROM held, jsonb_to_recordset($7::jsonb) AS t(id text)
           WHERE f.id = t.id AND f.alert_id = held.id AND f.withdrawn_at IS NULL RETURNING f.id
         ), recalled AS (
           INSERT INTO alert_deliveries (id, firing_id, way, event, next_at)
           SELECT d.id, t.id, d.way, d.event, $3
           FROM jsonb_to_recordset($7::jsonb) AS t(id text, deliveries jsonb)
           JOIN gone ON gone.id = t.id
           CROSS JOIN LATERAL jsonb_to_recordset(t.deliveries) AS d(id text, way text, event text)
           RETURNING id
         )
         SELECT id FROM held`,
        [toStoredJson(firings.map(toRow)), id, now, toStoredJson(state), nextAt, lease, toStoredJson(withdrawn)],
      );
      return rows.length > 0;
    },

    /** Stores a firing that somebody asked for. */
    addFiring: async (id: string, firing: NewFiring, now: Date): Promise<void> => {
      await pool.query(`WITH held AS (SELECT id FROM alerts WHERE id = $2), ${insertFirings} SELECT id FROM added`, [
        toStoredJson([toRow(firing)]),
        id,
        now,
      ]);
    },

    pause: async ({ id, lease }: Pick<AlertRecord, 'id' | 'lease'>, because: string, detail: string): Promise<void> => {
      await prisma.alert.updateMany({
        where: { id, lease },
        data: { pausedBecause: because, pausedDetail: detail, nextAt: null, lease: null },
      });
    },

    findNextTime: async (): Promise<Date | null> =>
      (await pool.query<{ at: Date | null }>('SELECT min(next_at) AS at FROM alerts WHERE paused_because IS NULL'))
        .rows[0]?.at ?? null,

    /** Every sealed secret; `replace` answers false when it is another one by now. */
    listSealed: async () =>
      (await prisma.alert.findMany({ select: { id: true, webhookSecret: true } })).flatMap(
        ({ id, webhookSecret: envelope }) => {
          if (envelope === null) return [];
          const replace = async (after: string): Promise<boolean> =>
            (await prisma.alert.updateMany({ where: { id, webhookSecret: envelope }, data: { webhookSecret: after } }))
              .count > 0;
          return [{ place: id, envelope, replace }];
        },
      ),
  };
}
export type AlertRepository = ReturnType<typeof createAlertRepository>;
