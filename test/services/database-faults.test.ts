import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '#server/contract/run.ts';
import type { Database } from '#server/platform/database.ts';
import { type DatabaseProxy, startDatabaseProxy } from '#test/support/database-proxy.ts';
import { createRunAgent, type Engine, eventsOf, readEvents, send, startEngine } from '#test/support/run-engine.ts';
import { createServerDatabase, migrations, type ServerDatabase } from '#test/support/server-database.ts';

/** What the hub says of an outage while it goes on. */
const toldMeanwhile = new Set([
  'other processes of the hub could not be told what changed',
  'the use of API keys could not be stored',
  'the hub could not look at the runs of its other processes',
]);
const limits = { connectMs: 1000, statementMs: 1000 };
let server: ServerDatabase;
let proxy: DatabaseProxy;
/** Not through the proxy. */
let direct: Database;
let engine: Engine;
let agent: string;

beforeAll(async () => {
  server = await createServerDatabase();
  direct = await server.open();
  const { hostname, port } = new URL(server.url);
  proxy = await startDatabaseProxy({
    place: { host: '127.0.0.1', port: 0 },
    database: { host: hostname, port: Number(port) },
  });
  const openDatabase = async () => ({
    database: await server.open({ port: proxy.port(), limits }),
    dataFolder: server.dataFolder,
    close: async () => {},
  });
  engine = await startEngine({ openDatabase, storePatienceMs: 5000 });
  agent = await createRunAgent(engine.ada);
});
afterEach(() => {
  engine.model.assertUsedUp();
  const failures = engine.hub.takeFailures().map(({ message }) => message);
  expect(failures.filter((message) => !toldMeanwhile.has(message))).toEqual([]);
});
afterAll(async () => {
  await engine.close();
  await proxy.close();
  await server.close();
});

const stream = () => send(engine, `/api/agents/${agent}/runs`, { body: { input: 'Go', stream: true } });
/** Ends every connection but its own, as a server that stops does, again and again for a while. */
async function terminateClients(timeMs: number) {
  const until = Date.now() + timeMs;
  while (Date.now() < until) {
    await direct.pool.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function checkStoredOnce(response: Response) {
  const seen = await readEvents(response);
  const run = eventsOf(seen, 'run-start')[0]?.run ?? '';
  expect(seen.at(-1)?.event).toMatchObject({ type: 'run-end', status: 'completed' });
  const stored = (await (await send(engine, `/api/runs/${run}`)).json()) as Run;
  expect(stored).toMatchObject({ status: 'completed', output: 'one two' });
  expect(await direct.prisma.message.count({ where: { runId: run } })).toBe(2);
  const { rows } = await direct.pool.query<{ n: number }>('SELECT sum(total_tokens)::int AS n FROM api_keys');
  return rows[0]?.n ?? 0;
}

describe('a real server', () => {
  test('that ends every connection, again and again, loses no run and counts none twice', async () => {
    let spent = 0;
    for (let round = 0; round < 5; round += 1) {
      engine.model.script({ text: ['one ', 'two'], pieceDelayMs: 60, usage: { inputTokens: 3, outputTokens: 2 } });
      const response = await stream();
      await terminateClients(200);
      const total = await checkStoredOnce(response);
      expect(total - spent).toBe(5);
      spent = total;
    }
  });

  test('that cannot be reached when a run ends has it when it can', async () => {
    engine.model.script({ text: ['one ', 'two'], pieceDelayMs: 50 });
    const response = await stream();
    proxy.goAway();
    setTimeout(() => proxy.comeBack(), 1000);
    await checkStoredOnce(response);
  });

  test('that stored the end of a run, but could not say so, is not given it twice', async () => {
    engine.model.script({ text: ['one ', 'two'], usage: { inputTokens: 3, outputTokens: 2 } });
    const { rows } = await direct.pool.query<{ n: number }>('SELECT sum(total_tokens)::int AS n FROM api_keys');
    const lost = proxy.loseAnswerTo('WITH ended AS');
    const total = await checkStoredOnce(await stream());
    await lost;
    expect(total - (rows[0]?.n ?? 0)).toBe(5);
  });

  test('that hangs makes the hub not ready within seconds, and requests end with a problem', async () => {
    proxy.hang();
    const startedAt = Date.now();
    expect((await fetch(`${engine.url}/health/ready`)).status).toBe(503);
    expect(Date.now() - startedAt).toBeLessThan(10_000);
    const answer = await engine.ada.inject({ method: 'GET', url: '/api/agents' });
    proxy.resume();
    expect(answer.json()).toMatchObject({ status: 503, code: 'unavailable' });
    expect((await engine.ada.inject({ method: 'GET', url: '/api/agents' })).statusCode).toBe(200);
  });

  test('stops a statement that takes too long, and a transaction that nobody goes on with', async () => {
    const { pool } = engine.hub.services.database;
    const failure = await pool.query('SELECT pg_sleep(20)').catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: '57014' });
    expect(direct.findFault(failure)).toBe('unavailable');
    const client = await pool.connect();
    await client.query('BEGIN');
    await new Promise((resolve) => setTimeout(resolve, limits.statementMs * 2.5));
    await expect(client.query('SELECT 1')).rejects.toThrow();
    client.release(true);
  });

  test('is given the time that a migration needs', async () => {
    const slow = { name: '99990101000000_slow', sql: 'SELECT pg_sleep(2.5)', checksum: 'slow' };
    const other = await createServerDatabase();
    await other.open();
    const database = await other.open({ limits, migrations: [...migrations, slow] });
    const { rows } = await database.pool.query('SELECT FROM _prisma_migrations WHERE migration_name = $1', [slow.name]);
    expect(rows).toHaveLength(1);
    await other.close();
  });
});
