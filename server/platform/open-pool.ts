import pg from 'pg';
import type { SocketAddress } from './embedded/open-embedded-database.ts';

/** How long it may take to get a connection, and how long a statement may take. */
export type DatabaseLimits = { connectMs: number; statementMs: number };

export const servingLimits: DatabaseLimits = { connectMs: 10_000, statementMs: 30_000 };
/** For migrations, backups and restores, whose statements take as long as they take. */
export const maintenanceLimits: DatabaseLimits = { connectMs: 30_000, statementMs: 0 };

const keepAliveMs = 10_000;

/** Connections to a real server. It stops statements that take too long, and transactions that nobody goes on with. */
export function openServerPool(databaseUrl: string, { max, limits }: { max: number; limits: DatabaseLimits }): pg.Pool {
  return openPool({
    connectionString: databaseUrl,
    max,
    connectionTimeoutMillis: limits.connectMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveMs,
    ...(limits.statementMs === 0
      ? {}
      : {
          statement_timeout: limits.statementMs,
          idle_in_transaction_session_timeout: limits.statementMs * 2,
          // Later than the server's own limit: it can still say that the statement was stopped.
          query_timeout: Math.ceil(limits.statementMs * 1.2),
        }),
  });
}

/**
 * Connections to the embedded database. They share its one session, so that a time limit of the session's own would be
 * everybody's; only the wait is limited.
 */
export function openEmbeddedPool(
  address: SocketAddress,
  { max, limits }: { max: number; limits: DatabaseLimits },
): pg.Pool {
  return openPool({
    ...address,
    max,
    connectionTimeoutMillis: limits.connectMs,
    ...(limits.statementMs === 0 ? {} : { query_timeout: Math.ceil(limits.statementMs * 1.2) }),
  });
}

function openPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config);
  // A connection that dies while idle, or between two statements of its holder, is replaced at its next use; without
  // listeners it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
