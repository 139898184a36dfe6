import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Row, report } from './bench-rows.ts';
import { type Load, type LoadResult, median, quantile, runLoad, type Target } from './load.ts';
import { measureAggregate } from './measure-aggregate.ts';
import { measureAudit } from './measure-audit.ts';
import { measureCachedReads, measurePortfolio } from './measure-chain-reads.ts';
import { measureFaults } from './measure-faults.ts';
import { measureForeignAudits } from './measure-foreign-audits.ts';
import { measureGrowth } from './measure-growth.ts';
import { measureImports } from './measure-imports.ts';
import { measureIndexing } from './measure-indexing.ts';
import { measureLoops } from './measure-loops.ts';
import { measureSizes } from './measure-sizes.ts';
import { measureLargeResults } from './measure-large-results.ts';
import { measureTools } from './measure-tools.ts';
import { type BenchHub, hubVariables, startHub, waitUntilReady } from './start-hub.ts';
import { readResidentMb, startProcess } from './start-process.ts';

const here = import.meta.dirname;
const root = join(here, '../../../../');
const rounds = 5;
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { folder: { type: 'string' } },
});
const wanted = options.folder === undefined ? positionals : ['audit'];
const rows: Row[] = [];
const isWanted = (scenario: string) => wanted.length === 0 || wanted.includes(scenario);

const upstream = await startProcess(join(here, 'upstream.js'), ['20']);
const passThrough = await startProcess(join(here, 'pass-through.js'), [upstream.url]);
const toRun = (hub: BenchHub, conversationId?: string): Target => ({
  url: hub.url,
  path: `/api/agents/${hub.agent}/runs`,
  headers: { authorization: `Bearer ${hub.key}` },
  body: JSON.stringify({ input: 'Say something.', stream: true, conversationId }),
});
const toBaseline = (url: string): Target => ({
  url,
  path: '/run',
  headers: {},
  body: JSON.stringify({ input: 'Say something.' }),
});

try {
  if (isWanted('size')) rows.push(...measureSizes(root));
  if (isWanted('loops')) rows.push(...(await measureLoops(upstream.url, rounds)));
  if (options.folder !== undefined) measureForeignAudits(options.folder);
  else if (isWanted('audit')) rows.push(...(await measureAudit(root)));
  if (isWanted('indexing')) rows.push(...(await measureIndexing(root)));
  if (isWanted('aggregate')) rows.push(...(await measureAggregate(root)));
  if (isWanted('portfolio')) rows.push(...(await measurePortfolio()));
  if (isWanted('cached-reads')) rows.push(...(await measureCachedReads()));
  if (isWanted('faults')) rows.push(...(await measureFaults(root)));
  if (isWanted('tools')) {
    rows.push(...(await measureLargeResults()), ...(await measureTools()), ...(await measureImports(root)));
  }
  if (['start', 'memory', 'one', 'fifty', 'growth'].some(isWanted)) await measureRuns();
  if (isWanted('streams')) await measureStreams();
  if (isWanted('held')) await measureHeldStreams();
} finally {
  await Promise.all([passThrough.stop(), upstream.stop()]);
}
if (rows.length > 0) report(rows, { root, rounds });

async function measureRuns() {
  const hub = await startHub(root, upstream.url);
  await wait(2000);
  const idleMb = readResidentMb(hub.child);
  try {
    if (isWanted('one')) await compare('one', hub, { total: 300, concurrent: 1 });
    if (isWanted('fifty')) await compare('fifty', hub, { total: 3000, concurrent: 50 });
    if (isWanted('memory')) {
      rows.push({ scenario: 'memory', measure: 'resident, idle', hub: idleMb, unit: 'MB' });
      await wait(30_000);
      const restedMb = readResidentMb(hub.child);
      rows.push({ scenario: 'memory', measure: 'resident, 30 s after the load', hub: restedMb, unit: 'MB' });
    }
    if (isWanted('growth')) rows.push(...(await measureGrowth(hub, (conversation) => toRun(hub, conversation))));
    await hub.stop();
    if (isWanted('start')) await measureStart(hub);
  } finally {
    await hub.stop();
    hub.remove();
  }
}

/** From the command `npm start` to the first `GET /health/ready` that answers 200, on data that is there. */
async function measureStart({ dataFolder }: BenchHub) {
  const seen: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { variables, url } = await hubVariables(upstream.url, dataFolder);
    const startedAt = performance.now();
    const child = spawn('npm', ['start'], { cwd: root, env: variables, stdio: 'ignore', detached: true });
    await waitUntilReady(url);
    seen.push(performance.now() - startedAt);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    // The whole group: npm does not hand the signal on when it has no terminal.
    process.kill(-(child.pid ?? 0), 'SIGTERM');
    await ended;
    await wait(1000);
  }
  rows.push({ scenario: 'start', measure: '"npm start" to ready, warm, median', hub: median(seen), unit: 'ms' });
}

/** Interleaved rounds of the hub and the pass-through on the same upstream. */
async function compare(scenario: string, hub: BenchHub, load: Load) {
  const warmUp = { total: load.total / 3, concurrent: load.concurrent };
  await runLoad(toBaseline(passThrough.url), warmUp);
  await runLoad(toRun(hub), warmUp);
  const seen: { hub: LoadResult; baseline: LoadResult }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const baseline = await runLoad(toBaseline(passThrough.url), load);
    seen.push({ baseline, hub: await runLoad(toRun(hub), load) });
  }
  addComparison(scenario, seen);
}

function addComparison(scenario: string, seen: { hub: LoadResult; baseline: LoadResult }[]) {
  const add = (measure: string, unit: string, read: (result: LoadResult) => number) =>
    rows.push({
      scenario,
      measure,
      hub: median(seen.map((round) => read(round.hub))),
      baseline: median(seen.map((round) => read(round.baseline))),
      unit,
    });
  add('runs per second', '1/s', ({ wholeMs, seconds }) => wholeMs.length / seconds);
  add('time to first token, median', 'ms', ({ firstTokenMs }) => median(firstTokenMs));
  add('time to first token, p95', 'ms', ({ firstTokenMs }) => quantile(firstTokenMs, 0.95));
  add('failed', '', ({ failed }) => failed);
}

/**
 * 200 streams at once, 50 tokens over a second each, begun again as they end. As people come: the first spread over a second,
 * so that one begins every five milliseconds; and as a herd: all in one moment, which stays one, as all of them take as long.
 */
async function measureStreams() {
  const slow = await startProcess(join(here, 'upstream.js'), ['50', '20']);
  const baseline = await startProcess(join(here, 'pass-through.js'), [slow.url]);
  const hub = await startHub(root, slow.url);
  try {
    await runLoad(toRun(hub), { total: 200, concurrent: 200 });
    await runLoad(toBaseline(baseline.url), { total: 200, concurrent: 200 });
    for (const [scenario, spreadMs] of Object.entries({ 'streams, spread': 1000, 'streams, a herd': 0 })) {
      const load = { total: 1000, concurrent: 200, spreadMs };
      const seen: { hub: LoadResult; baseline: LoadResult }[] = [];
      for (let round = 0; round < rounds; round += 1) {
        seen.push({ baseline: await runLoad(toBaseline(baseline.url), load), hub: await runLoad(toRun(hub), load) });
      }
      addComparison(scenario, seen);
    }
  } finally {
    await Promise.all([hub.stop(), baseline.stop(), slow.stop()]);
    hub.remove();
  }
}

/**
 * 1,000 streams at once, 10 tokens a second each: what one of them takes, waste that waits to be collected included.
 *
 * Each round is a hub of its own: one that held as many before has the room for them already.
 */
async function measureHeldStreams() {
  const slow = await startProcess(join(here, 'upstream.js'), ['60', '100']);
  const perStream: number[] = [];
  let failed = 0;
  try {
    for (let round = 0; round < rounds; round += 1) {
      const hub = await startHub(root, slow.url);
      try {
        await runLoad(toRun(hub), { total: 300, concurrent: 100 });
        const before = await watchResidentMb(hub.child, 1000);
        const held = runLoad(toRun(hub), { total: 1000, concurrent: 1000 });
        await wait(3000);
        perStream.push((((await watchResidentMb(hub.child, 2500)) - before) * 1024) / 1000);
        failed += (await held).failed;
      } finally {
        await hub.stop();
        hub.remove();
      }
    }
    rows.push(
      { scenario: 'held', measure: 'resident memory of each of 1,000 streams', hub: median(perStream), unit: 'kB' },
      { scenario: 'held', measure: 'failed', hub: failed, unit: '' },
    );
  } finally {
    await slow.stop();
  }
}

/** The median over a time: memory grows until waste is collected, so a single look tells of its moment alone. */
async function watchResidentMb(child: ChildProcess, forMs: number): Promise<number> {
  const seen: number[] = [];
  for (const endsAt = performance.now() + forMs; performance.now() < endsAt; await wait(50)) {
    seen.push(readResidentMb(child));
  }
  return median(seen);
}
