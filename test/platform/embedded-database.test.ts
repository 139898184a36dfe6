import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '#server/platform/open-database.ts';
import { toSocketAddress } from '#server/platform/embedded/open-embedded-database.ts';
import { migrations, preparedFolder, workerFile } from '#test/support/prepared-folder.ts';
import { createTestDatabase, type TestDatabase } from '#test/support/test-database.ts';

let test1: TestDatabase;
const connect = async () => {
  const client = new pg.Client(toSocketAddress(test1.dataFolder));
  client.on('error', () => {});
  await client.connect();
  return client;
};

beforeAll(async () => {
  test1 = await createTestDatabase();
});
afterAll(() => test1.close());

describe('the embedded database', () => {
  test('statements of several connections are never mixed up', async () => {
    const { pool } = test1.database;
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, index) => {
        const values = Array.from({ length: (index % 5) + 1 }, (_value, place) => index * 10 + place);
        const columns = values.map((_value, place) => `$${place + 1}::int AS c${place}`).join(', ');
        return pool.query<Record<string, number>>(`SELECT ${columns}`, values).then((result) => ({ result, values }));
      }),
    );
    for (const { result, values } of answers) expect(Object.values(result.rows[0] ?? {})).toEqual(values);
  });

  test('an extended query is never parted by what other connections send', async () => {
    const clients = await Promise.all(Array.from({ length: 12 }, connect));
    const answers = await Promise.all(
      clients.map(async (client, index) => {
        for (let turn = 0; turn < 25; turn += 1) {
          if (turn % 5 === 0) await client.query('SELECT 1; SELECT 2');
          const wide = 'x'.repeat(70_000 * (turn % 3));
          const { rows } = await client.query<{ a: number; b: string }>('SELECT $1::int AS a, $2::text AS b', [
            index,
            wide,
          ]);
          if (rows[0]?.a !== index || rows[0].b !== wide) return false;
        }
        return true;
      }),
    );
    expect(answers.every(Boolean)).toBe(true);
    await Promise.all(clients.map((client) => client.end()));
  });

  test('a second transaction waits for the first', async () => {
    const [first, second] = [await connect(), await connect()];
    const order: string[] = [];
    await first.query('BEGIN');
    await first.query('SELECT 1');
    const waiting = second.query('SELECT 2').then(() => order.push('second'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    order.push('first');
    await first.query('COMMIT');
    await waiting;
    expect(order).toEqual(['first', 'second']);
    await Promise.all([first.end(), second.end()]);
  });

  test('a transaction that failed keeps the others out until it is rolled back', async () => {
    const [failing, other] = [await connect(), await connect()];
    await failing.query('BEGIN');
    await expect(failing.query('SELECT 1 / 0')).rejects.toThrow('division by zero');
    const waiting = other.query('SELECT 1 AS one');
    await expect(failing.query('SELECT 1')).rejects.toThrow('current transaction is aborted');
    await failing.query('ROLLBACK');
    expect((await waiting).rows).toEqual([{ one: 1 }]);
    await Promise.all([failing.end(), other.end()]);
  });

  test('a client that dies in a transaction frees the database and leaves nothing behind', async () => {
    const dying = await connect();
    await dying.query('BEGIN');
    await dying.query(`INSERT INTO hub_settings (name, value, updated_at) VALUES ('dying', '1', now())`);
    (dying as unknown as { connection: { stream: { destroy: () => void } } }).connection.stream.destroy();
    const found = await test1.database.pool.query(`SELECT 1 FROM hub_settings WHERE name = 'dying'`);
    expect(found.rowCount).toBe(0);
  });

  test('a failing statement leaves the others working', async () => {
    const { pool } = test1.database;
    const answers = await Promise.allSettled(
      Array.from({ length: 60 }, (_, index) => pool.query('SELECT 10 / $1::int AS value', [index % 3])),
    );
    expect(answers.filter((answer) => answer.status === 'rejected')).toHaveLength(20);
  });

  test('connections share one session, so that settings would leak', async () => {
    const [first, second] = [await connect(), await connect()];
    await first.query(`SET application_name = 'leaks'`);
    const seen = await second.query<{ name: string }>(`SELECT current_setting('application_name') AS name`);
    expect(seen.rows[0]?.name).toBe('leaks');
    await Promise.all([first.end(), second.end()]);
  });

  test('Prisma works over the socket, in and out of transactions', async () => {
    const { prisma } = test1.database;
    await prisma.$transaction(async (transaction) => {
      await transaction.user.create({ data: { id: 'one', name: 'One', email: 'one@example.org' } });
      await transaction.user.create({ data: { id: 'two', name: 'Two', email: 'two@example.org' } });
    });
    const names = await Promise.all(['one', 'two'].map((id) => prisma.user.findUniqueOrThrow({ where: { id } })));
    expect(names.map((user) => user.name)).toEqual(['One', 'Two']);
  });

  test('a second process on the folder is told which one holds it', async () => {
    await expect(openDatabase({ dataFolder: test1.dataFolder, migrations, workerFile })).rejects.toThrow(
      new RegExp(`in use by process ${process.pid}`),
    );
  });

  test('what a killed process left behind does not stop the next start', async () => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'atrium-killed-'));
    const address = toSocketAddress(dataFolder);
    mkdirSync(address.host, { recursive: true });
    writeFileSync(join(address.host, '.s.PGSQL.5432'), '');
    writeFileSync(
      join(dataFolder, 'hub.lock'),
      JSON.stringify({ pid: 2 ** 22 + 1, processStart: '1', startedAt: 'then', socketFolder: address.host }),
    );
    const database = await openDatabase({
      dataFolder,
      migrations,
      workerFile,
      templateFolder: join(preparedFolder, 'template'),
    });
    expect(await database.prisma.user.count()).toBe(0);
    await database.close();
    rmSync(dataFolder, { recursive: true, force: true });
  });
});
