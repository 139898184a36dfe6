import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { storedTables } from '#server/onchain/chain-index/index-tables.ts';
import { createFileStore } from '#server/platform/file-store.ts';
import { createSqlEngine } from '#server/platform/sql/sql-engine.ts';
import type { Row } from './bench-rows.ts';
import { median } from './load.ts';

const segments = [4_000_000, 1_000_000];
const rounds = 7;
const sql =
  'SELECT contract_address, count(*) AS transfers, sum(value) AS volume FROM TABLE GROUP BY contract_address ORDER BY transfers DESC LIMIT 20';

/** How long an aggregate over five million transfers takes, engine process and stored result included, beside bare DuckDB. */
export async function measureAggregate(root: string): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'atrium-bench-'));
  const paths = segments.map((_, index) => join(folder, `segment-${index}`));
  const files = createFileStore({ folder: join(folder, 'files') });
  const engine = createSqlEngine({
    workerFile: new URL('dist/server/sql-worker.js', pathToFileURL(root)),
    folder: join(folder, 'sql'),
    files,
  });
  try {
    const sha256s: string[] = [];
    for (const [index, path] of paths.entries()) {
      await makeSegment(path, segments[index] ?? 0);
      sha256s.push((await files.put(createReadStream(path), { maximumBytes: 4 * 1024 ** 3 })).sha256);
    }
    const name = 'erc20_transfers';
    const tables = [{ schema: 'devnet', name, format: 'duckdb' as const, table: name, sha256s }];
    const asked = { sql: sql.replace('TABLE', `devnet.${name}`), parameters: [], tables };
    const whole: number[] = [];
    const others: number[] = [];
    const bare: number[] = [];
    const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
    const connection = await instance.connect();
    for (const [index, path] of paths.entries()) await connection.run(`ATTACH '${path}' AS s${index} (READ_ONLY)`);
    const union = paths.map((_, index) => `SELECT * FROM s${index}.${name}`).join(' UNION ALL ');
    const measure = async (work: () => Promise<unknown>) => {
      const begun = performance.now();
      await work();
      return performance.now() - begun;
    };
    const ask = (personId: string) => engine.run({ ...asked, personId }, AbortSignal.timeout(60_000));
    for (let round = 0; round <= rounds; round += 1) {
      const seen = await measure(() => ask('ada'));
      const seenBare = await measure(() => connection.runAndReadAll(sql.replace('TABLE', `(${union})`)));
      // The first opens and reads what later ones find, in both.
      if (round === 0) continue;
      whole.push(seen);
      bare.push(seenBare);
    }
    for (let round = 0; round < rounds; round += 1) others.push(await measure(() => ask(`person ${round}`)));
    connection.closeSync();
    instance.closeSync();
    return [
      {
        scenario: 'aggregate',
        measure: 'count and sum by token over 5,000,000 transfers, again and again; baseline: bare DuckDB',
        hub: median(whole),
        baseline: median(bare),
        unit: 'ms',
        limit: 150,
      },
      {
        scenario: 'aggregate',
        measure: "the same as each person's first query; baseline: as above",
        hub: median(others),
        baseline: median(bare),
        unit: 'ms',
      },
    ];
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Transfers of 200 tokens between 100,000 accounts, as an index stores them. */
async function makeSegment(path: string, rows: number) {
  const columns = (storedTables.erc20_transfers ?? []).map(({ name, type }) => `"${name}" ${type}`).join(', ');
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  await connection.run(`ATTACH '${path}' AS made`);
  await connection.run(`CREATE TABLE made.erc20_transfers (${columns})`);
  const address = (of: string) => `'0x' || lpad(to_hex(${of}), 40, '0')`;
  await connection.run(`INSERT INTO made.erc20_transfers
    SELECT to_timestamp(1767225600 + (n // 100) * 12)::TIMESTAMP, n // 100, '0x' || md5(n::VARCHAR) || md5((n + 1)::VARCHAR), n % 100,
      ${address('(hash(n) % 200)::BIGINT + 4096')}, ${address('(hash(n * 3) % 100000)::BIGINT')}, ${address('(hash(n * 7) % 100000)::BIGINT')},
      (hash(n) % 1000000)::HUGEINT * 1000000000000000, NULL FROM range(${rows}) AS numbers(n)`);
  await connection.run('CHECKPOINT made');
  connection.closeSync();
  instance.closeSync();
}
