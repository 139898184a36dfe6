import type { Fault } from '#test/support/chain-faults.ts';
import type { HubSession } from './hub-session.ts';
import { writeLargeSource } from './measure-audit.ts';

const uploadBytes = 64 * 1024 * 1024;
const stopAfterMs = 1500;
/** A stopped query's process goes, and what it laid down is removed, shortly after it was answered. */
const removedMs = 1500;

const hostileSql: [name: string, sql: string, clear: RegExp, afterwardsMs?: number][] = [
  ['SQL that reads files', "SELECT * FROM read_csv('/etc/passwd')", /^failed: .*file/i],
  ['SQL that attaches', "ATTACH '/tmp/x.db'", /^failed: .*(?:SELECT|read)/i],
  ['SQL that loads extensions', 'INSTALL httpfs', /^failed: .*(?:SELECT|read)/i],
  [
    'SQL that eats memory',
    "SELECT string_agg(x, '') FROM (SELECT repeat('x', 1000000) x FROM range(100000))",
    /^failed: .*memory/,
    removedMs,
  ],
  [
    'one text too long',
    "SELECT repeat('x', 1000000000::BIGINT), repeat('y', 1000000000::BIGINT)",
    /^failed: .*(?:memory|large|long)/,
    removedMs,
  ],
];
const endless = 'SELECT count(*) FROM range(10000000000) a, range(10000000000) b WHERE a.range % 7 = b.range % 11';

/** What SQL of strangers tries, and the heaviest that people send. */
export function listSqlFaults(session: HubSession): Fault[] {
  const afterwards = { again: () => session.run('SELECT 42'), answered: /42/ };
  const source = writeLargeSource();
  return [
    ...hostileSql.map(([name, sql, clear, afterwardsMs]): Fault => ({
      name,
      cause: () => session.run(sql),
      clear,
      ...afterwards,
      ...(afterwardsMs !== undefined && { afterwardsMs }),
    })),
    {
      name: 'endless SQL, stopped',
      cause: () => session.run(endless, stopAfterMs),
      clear: /^cancelled/,
      ...afterwards,
      afterwardsMs: removedMs,
    },
    {
      name: 'the audit of 2,000 lines',
      cause: () => session.audit(source),
      clear: /^\d+ findings, compiled: done/,
      ...afterwards,
    },
    {
      name: 'an upload of 64 MB',
      cause: () => session.upload(uploadBytes),
      clear: /^stored/,
      ...afterwards,
      afterwardsMs: removedMs,
    },
  ];
}
