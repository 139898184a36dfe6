import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { type LoadResult, median, quantile, runLoad, type Target } from './load.ts';
import { measureGrowth } from './measure-growth.ts';
import { startHub } from './start-hub.ts';
import { readResidentMb, startProcess } from './start-process.ts';

type Row = { scenario: string; measure: string; hub: number; baseline?: number; unit: string };

const here = import.meta.dirname;
const root = join(here, '../../../..');
const rounds = 5;
const wanted = process.argv.slice(2);
const rows: Row[] = [];
const isWanted = (scenario: string) => wanted.length === 0 || wanted.includes(scenario);

const upstream = await startProcess(join(here, 'upstream.js'), ['20', '0']);
const slowUpstream = await startProcess(join(here, 'upstream.js'), ['50', '20']);
const passThrough = await startProcess(join(here, 'pass-through.js'), [upstream.url]);
const slowPassThrough = await startProcess(join(here, 'pass-through.js'), [slowUpstream.url]);
let hub = await startHub(root, upstream.url);
const runTarget = (on: { url: string; key: string; agent: string }): Target => ({
  url: on.url,
  path: `/api/agents/${on.agent}/runs`,
  headers: { authorization: `Bearer ${on.key}` },
  body: JSON.stringify({ input: 'Say something.', stream: true }),
});
const baselineTarget = (url: string): Target => ({
  url,
  path: '/run',
  headers: {},
  body: JSON.stringify({ input: 'Say something.' }),
});

try {
  if (isWanted('start')) await measureStart();
  const idleMb = readResidentMb(hub.child);
  if (isWanted('memory')) rows.push({ scenario: 'memory', measure: 'resident, idle', hub: idleMb, unit: 'MB' });
  if (isWanted('one')) await compare('one', { total: 60, concurrent: 1 });
  if (isWanted('fifty')) await compare('fifty', { total: 1000, concurrent: 50 });
  if (isWanted('growth')) rows.push(...(await measureGrowth(runTarget(hub), [10, 1000, 10_000])));
  if (isWanted('memory')) {
    await new Promise((resolve) => setTimeout(resolve, 30_000));
    rows.push({
      scenario: 'memory',
      measure: 'resident, 30 s after the load',
      hub: readResidentMb(hub.child),
      unit: 'MB',
    });
  }
  await hub.stop();
  if (isWanted('streams')) await measureStreams();
} finally {
  await Promise.all([hub.stop(), passThrough.stop(), slowPassThrough.stop(), upstream.stop(), slowUpstream.stop()]);
}
report();

async function measureStart() {
  const warm: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const known = { dataFolder: hub.dataFolder, key: hub.key, agent: hub.agent };
    hub.child.kill('SIGTERM');
    await new Promise((resolve) => hub.child.once('exit', resolve));
    const restarted = await startHub(root, upstream.url, known);
    const stop = async () => {
      await restarted.stop();
      rmSync(known.dataFolder, { recursive: true, force: true });
    };
    hub = { ...restarted, stop };
    warm.push(hub.readyMs);
  }
  rows.push({ scenario: 'start', measure: 'process to ready, warm', hub: median(warm), unit: 'ms' });
}

/** Interleaved rounds of the hub and the pass-through on the same upstream. */
async function compare(scenario: string, load: { total: number; concurrent: number }) {
  const warmUp = { total: Math.min(300, load.total), concurrent: load.concurrent };
  await runLoad(baselineTarget(passThrough.url), warmUp);
  await runLoad(runTarget(hub), warmUp);
  const seen: { hub: LoadResult; baseline: LoadResult }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const baseline = await runLoad(baselineTarget(passThrough.url), load);
    seen.push({ baseline, hub: await runLoad(runTarget(hub), load) });
  }
  const over = (read: (result: LoadResult) => number) => ({
    hub: median(seen.map((round) => read(round.hub))),
    baseline: median(seen.map((round) => read(round.baseline))),
  });
  rows.push(
    { scenario, measure: 'runs per second', ...over((result) => result.wholeMs.length / result.seconds), unit: '1/s' },
    { scenario, measure: 'time to first token, median', ...over((result) => median(result.firstTokenMs)), unit: 'ms' },
    {
      scenario,
      measure: 'time to first token, p95',
      ...over((result) => quantile(result.firstTokenMs, 0.95)),
      unit: 'ms',
    },
    { scenario, measure: 'failed', ...over((result) => result.failed), unit: '' },
  );
}

/** 200 streams at once, 50 tokens over a second each, begun again as they end. */
async function measureStreams() {
  const slow = await startHub(root, slowUpstream.url);
  const load = { total: 1000, concurrent: 200 };
  await runLoad(runTarget(slow), { total: 200, concurrent: 200 });
  const baseline = await runLoad(baselineTarget(slowPassThrough.url), load);
  const seen = await runLoad(runTarget(slow), load);
  const scenario = 'streams';
  rows.push(
    {
      scenario,
      measure: 'time to first token, median',
      hub: median(seen.firstTokenMs),
      baseline: median(baseline.firstTokenMs),
      unit: 'ms',
    },
    {
      scenario,
      measure: 'time to first token, p95',
      hub: quantile(seen.firstTokenMs, 0.95),
      baseline: quantile(baseline.firstTokenMs, 0.95),
      unit: 'ms',
    },
    { scenario, measure: 'failed', hub: seen.failed, baseline: baseline.failed, unit: '' },
  );
  const before = readResidentMb(slow.child);
  const held = runLoad(runTarget(slow), { total: 1000, concurrent: 1000 });
  await new Promise((resolve) => setTimeout(resolve, 700));
  const during = readResidentMb(slow.child);
  await held;
  rows.push({
    scenario,
    measure: 'memory of each of 1,000 streams',
    hub: ((during - before) * 1024) / 1000,
    unit: 'kB',
  });
  await slow.stop();
}

function report() {
  const show = (value: number | undefined) =>
    value === undefined ? '' : value.toLocaleString('en', { maximumFractionDigits: 1 });
  console.table(
    rows.map(({ scenario, measure, hub: value, baseline, unit }) => ({
      scenario,
      measure,
      hub: show(value),
      'pass-through': show(baseline),
      unit,
      ratio: baseline === undefined || baseline === 0 ? '' : `${Math.round((value / baseline) * 100)} %`,
    })),
  );
  const folder = join(root, 'bench-results');
  mkdirSync(folder, { recursive: true });
  const at = new Date().toISOString();
  const file = join(folder, `${at.replaceAll(':', '-')}.json`);
  writeFileSync(file, JSON.stringify({ at, node: process.version, cpus: cpus().length, rounds, rows }, null, 2));
  console.log(`Kept in ${file}`);
}
