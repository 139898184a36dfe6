import { type Person, Role } from '#server/contract/account.ts';
import type { PersonHoldings } from '#server/contract/person-removal.ts';
import type { Database } from '#server/platform/database.ts';

const passwordResetPrefix = 'password-reset:';

/** Takes what was said and made out of people's runs; what these used stays. */
const toEmptyRuns = (userIds: string) => `
  WITH run AS (
    UPDATE runs SET output = '', error = NULL, metadata = '{}', idempotency_key = NULL, request_digest = NULL,
                    status = CASE status WHEN 'waiting' THEN 'cancelled' ELSE status END
     WHERE user_id IN (${userIds}) RETURNING id
  ), wait AS (
    DELETE FROM run_waits USING run WHERE run_id = run.id
  ), checkpoint AS (
    DELETE FROM run_checkpoints USING run WHERE run_id = run.id
  )
  DELETE FROM run_events USING run WHERE run_id = run.id`;

/** The end of a person's time on the hub, in two steps: nobody comes in as them any more, then they are gone. */
export function createRemovalRepository({
  database: { pool, prisma },
}: {
  database: Pick<Database, 'pool' | 'prisma'>;
}) {
  return {
    countHoldings: async (userId: string): Promise<PersonHoldings['counts']> => {
      const { rows } = await pool.query<PersonHoldings['counts']>(
        `SELECT (SELECT count(*) FROM agents WHERE owner_id = $1)::int AS agents,
                (SELECT count(*) FROM conversations WHERE user_id = $1 AND source IN ('page', 'api'))::int AS conversations,
                (SELECT count(*) FROM files WHERE owner_id = $1)::int AS files,
                (SELECT count(*) FROM api_keys WHERE user_id = $1)::int AS keys,
                (SELECT count(*) FROM connections WHERE owner_id = $1)::int AS connections,
                (SELECT count(*) FROM toolsets WHERE owner_id = $1)::int AS toolsets,
                (SELECT count(*) FROM triggers WHERE owner_id = $1)::int AS triggers,
                (SELECT count(*) FROM datasets WHERE owner_id = $1)::int AS datasets,
                (SELECT count(*) FROM saved_queries WHERE owner_id = $1)::int AS queries,
                (SELECT count(*) FROM dashboards WHERE owner_id = $1)::int AS dashboards,
                (SELECT count(*) FROM contract_audits WHERE user_id = $1)::int AS audits`,
        [userId],
      );
      if (rows[0] === undefined) throw new Error('a statement of counts has no row');
      return rows[0];
    },

    /**
     * Ends every way in: sessions, keys, password, links to a new one. Once it is done the person cannot come back, also where
     * what follows fails; it may be called again then.
     *
     * Locks the administrators, so that two of them cannot remove each other at the same time.
     */
    lockOut: async (userId: string, by: { administratorId: string } | 'themselves'): Promise<LockOut> =>
      prisma.$transaction(async (transaction) => {
        const administrators = await transaction.$queryRaw<{ id: string }[]>`
          SELECT id FROM users WHERE role = 'administrator' ORDER BY id FOR UPDATE`;
        const isAdministrator = (id: string) => administrators.some((other) => other.id === id);
        if (by !== 'themselves' && !isAdministrator(by.administratorId)) return 'not-administrator';
        if (administrators.length === 1 && isAdministrator(userId)) return 'last-administrator';
        const [record] = await transaction.user.updateManyAndReturn({
          where: { id: userId },
          data: { role: Role.enum.member },
        });
        if (record === undefined) return 'not-found';
        await transaction.session.deleteMany({ where: { userId } });
        await transaction.apiKey.deleteMany({ where: { userId } });
        await transaction.account.deleteMany({ where: { userId } });
        await transaction.trigger.deleteMany({ where: { ownerId: userId } });
        await transaction.verification.deleteMany({
          where: { value: userId, identifier: { startsWith: passwordResetPrefix } },
        });
        return { name: record.name };
      }),

    /** Deletes a person with all that is theirs; what their runs used stays, emptied. */
    remove: async (userId: string): Promise<void> => {
      await prisma.$transaction(
        async (transaction) => {
          await transaction.$executeRaw`
            DELETE FROM invitations WHERE lower(email) = (SELECT email FROM users WHERE id = ${userId})`;
          await transaction.$executeRaw`INSERT INTO removed_people (id) VALUES (${userId}) ON CONFLICT DO NOTHING`;
          await transaction.$executeRawUnsafe(toEmptyRuns('SELECT $1'), userId);
          await transaction.user.deleteMany({ where: { id: userId } });
        },
        { maxWait: 20_000, timeout: 60_000 },
      );
    },

    /** Empties the runs that ended, in a process that did not answer, after their person was removed. */
    emptyLateRuns: async (removedAfter: Date): Promise<void> => {
      await pool.query(toEmptyRuns('SELECT id FROM removed_people WHERE removed_at > $1'), [removedAfter]);
    },
  };
}
export type RemovalRepository = ReturnType<typeof createRemovalRepository>;

type LockOut = Pick<Person, 'name'> | 'not-found' | 'not-administrator' | 'last-administrator';
