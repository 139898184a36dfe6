import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createFileStore } from '#server/platform/file-store.ts';
import { createSqlEngine, type SqlEngine, type SqlLimits, type StoredTable } from '#server/platform/sql/sql-engine.ts';
import { SqlFailure } from '#server/platform/sql/sql-failure.ts';
import { workersFolder } from '#test/support/prepared-folder.ts';

const dataFolder = mkdtempSync(join(tmpdir(), 'atrium-sql-'));
const files = createFileStore({ folder: join(dataFolder, 'files') });
const made = join(dataFolder, 'sql');
const engines: SqlEngine[] = [];
const signal = new AbortController().signal;

function open(limits: Partial<SqlLimits> = {}) {
  const engine = createSqlEngine({ workerFile: new URL('sql-worker.js', workersFolder), folder: made, files, limits });
  engines.push(engine);
  return engine;
}
afterAll(async () => {
  for (const engine of engines) await engine.close();
  rmSync(dataFolder, { recursive: true, force: true });
});

const engine = open();
const run = (sql: string, { on = engine, tables = [] as StoredTable[], personId = 'ada' } = {}) =>
  on.run({ sql, parameters: [], tables, personId }, signal);
const faultOf = async (sql: string, on = engine) => {
  const failure: unknown = await run(sql, { on }).catch((thrown: unknown) => thrown);
  return failure instanceof SqlFailure ? failure.fault.kind : failure;
};
const read = async (sha256: string) =>
  (await engine.readPage(sha256, { offset: 0, limit: 10, columns: [], sort: [] }, signal)).rows;

describe('the SQL engine', () => {
  test('stops a query after its time', async () => {
    const endless = 'SELECT count(*) FROM range(100000000000000) t(i) WHERE i % 7 = 3';
    expect(await faultOf(endless, open({ processorMs: 500 }))).toBe('too_slow');
  });

  test('stops what eats memory, in itself or with its process, and goes on', async () => {
    const small = open({ memoryMb: 160 });
    expect(await faultOf('SELECT list(i) FROM range(30000000) t(i)', small)).toBe('too_much_memory');
    // The engine does not count one long text.
    expect(await faultOf("SELECT length(repeat(repeat('x', 1000000), 1500))", small)).toBe('too_much_memory');
    expect(await read((await run('SELECT 3', { on: small })).sha256)).toEqual([[3]]);
    // Three processes start for it, one after the other.
  }, 60_000);

  test('refuses a result of too many bytes', async () => {
    const large = 'SELECT md5(i::VARCHAR) FROM range(20000) t(i)';
    expect(await faultOf(large, open({ maximumBytes: 100_000 }))).toBe('too_large');
  });

  test('reads Parquet files of another source as one table, under its schema', async () => {
    const parts: string[] = [];
    for (const sql of ['SELECT 1 AS block, 10 AS n', 'SELECT 2 AS block, 20 AS n']) {
      const { sha256 } = await run(sql);
      const choice = { offset: 0, limit: 10, columns: [], sort: [], format: 'parquet' as const };
      const { content } = await engine.exportRows(sha256, choice, signal);
      parts.push((await files.put(content, { maximumBytes: 1_000_000 })).sha256);
    }
    const table: StoredTable = { schema: 'ethereum', name: 'blocks', format: 'parquet', sha256s: parts };
    const { sha256, reads } = await run('SELECT sum(n)::INTEGER FROM ethereum.blocks', { tables: [table] });
    expect([await read(sha256), reads]).toEqual([[[30]], ['ethereum.blocks']]);
  });

  test('keeps what SQL does to its engine from the next person', async () => {
    const countLogged = async (personId: string) => {
      const { sha256 } = await run('SELECT count(*)::INTEGER > 0 FROM duckdb_logs', { personId });
      return (await read(sha256))[0]?.[0];
    };
    await run('SELECT * FROM enable_logging()');
    expect([await countLogged('ada'), await countLogged('bob'), await countLogged('ada')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('keeps on disk what its memory does not hold, in any order, and pages through it', async () => {
    const small = open({ memoryMb: 256 });
    const sql = 'SELECT i, repeat(md5(i::VARCHAR), 12) AS text FROM range(300000) t(i) ORDER BY text';
    const { sha256, rows } = await run(sql, { on: small });
    const choice = { offset: 299_999, limit: 1, columns: ['i'], sort: [{ column: 'text', isDescending: true }] };
    const first = await small.readPage(sha256, { ...choice, offset: 0, sort: [] }, signal);
    const last = await small.readPage(sha256, choice, signal);
    expect([rows, last.total, last.rows]).toEqual([300_000, 300_000, first.rows]);
  }, 120_000);

  test('leaves nothing behind where it works', async () => {
    for (const opened of engines) await opened.close();
    expect(readdirSync(made)).toEqual([]);
  });
});
