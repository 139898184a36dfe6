import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRunRepository } from '#server/features/runs/run-repository.ts';
import { runHubCommand } from '#test/support/run-hub-command.ts';
import { createRunOwner, toRunEnd, toRunStart } from '#test/support/run-starts.ts';
import { createServerDatabase, type ServerDatabase } from '#test/support/server-database.ts';

let from: ServerDatabase;
let to: ServerDatabase;
const run = (server: ServerDatabase, ...parameters: string[]) =>
  runHubCommand(parameters, { HUB_DATA_DIR: server.dataFolder, DATABASE_URL: server.url });

beforeAll(async () => {
  [from, to] = await Promise.all([createServerDatabase(), createServerDatabase()]);
});
afterAll(() => Promise.all([from.close(), to.close()]));

describe('the command line on a real PostgreSQL', () => {
  const file = () => join(from.dataFolder, 'backup.tar.gz');

  test('makes people and keys', async () => {
    const user = ['--email', 'ada@example.org', '--password', 'long enough 1', '--role', 'creator'];
    expect(await run(from, 'user', 'create', ...user)).toMatchObject({ status: 0 });
    const made = await run(from, 'key', 'create', '--user', 'ada@example.org', '--name', 'x', '--scopes', 'runs:write');
    expect(made.printed.join()).toMatch(/^atr_\w{30,}$/);
  });

  test('copies a database into an empty one', async () => {
    const database = await from.open();
    const owner = await createRunOwner(database);
    const runs = createRunRepository({ database, instanceId: 'here' });
    const starts = Array.from({ length: 450 }, (_, number) => toRunStart(owner, `Frage “${number}” \\ 你好`));
    await Promise.all(starts.map((start) => runs.storeStart(start)));
    await Promise.all(starts.map((start) => runs.storeEnd(toRunEnd(start))));
    expect(await run(from, 'backup', '--to', file())).toMatchObject({ status: 0, printed: [file()] });
    expect(await run(to, 'restore', file())).toMatchObject({ status: 0 });
    const restored = await to.open();
    for (const table of [
      'users',
      'accounts',
      'api_keys',
      'agents',
      'runs',
      'run_events',
      'conversations',
      'messages',
    ]) {
      const everything = `SELECT to_jsonb(t) AS row FROM ${table} AS t ORDER BY to_jsonb(t)::text COLLATE "C"`;
      const rows = (await restored.pool.query(everything)).rows;
      expect(rows.length, table).toBeGreaterThan(0);
      expect(rows, table).toEqual((await database.pool.query(everything)).rows);
    }
  });

  test('never restores over a database that is in use', async () => {
    const { status, said } = await run(from, 'restore', file());
    expect({ status, said: said.at(-1) }).toEqual({
      status: 1,
      said: 'The database at DATABASE_URL holds data already. Make an empty one, name it there, and restore into that.',
    });
  });

  test('is told by the doctor that all is well', async () => {
    const { status, printed } = await run(from, 'doctor');
    expect(status, printed.join('\n')).toBe(0);
    expect(printed.join('\n')).toMatch(/Database: PostgreSQL [^\n]+ answers and has pgvector/);
  });
});
