import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '#server/contract/run.ts';
import {
  type ChildHub,
  createHubPlace,
  type HubPlace,
  startChildHub,
  type StreamedEvent,
} from '#test/support/child-hub.ts';
import { findReaders } from '#test/support/find-readers.ts';
import { type LocalServer, startLocalServer } from '#test/support/local-server.ts';
import { until } from '#test/support/run-engine.ts';
import { createScriptedModel, type ScriptedModel } from '#test/support/scripted-model/create-scripted-model.ts';

let model: ScriptedModel;
let place: HubPlace;
let site: LocalServer;
/** What a test leaves running, because another one can begin with it. */
let left: ChildHub | null = null;
const agent = 'stop';
const isLinux = process.platform === 'linux';
const start = () =>
  startChildHub(place, {
    OPENAI_BASE_URL: `${model.url}/v1`,
    OPENAI_API_KEY: 'none',
    HUB_EGRESS_ALLOW: site.entry,
  });
const endless = { text: ['begun'], ending: 'open' as const };
const slow = { text: ['be', 'gun', ' and', ' done'], pieceDelayMs: 500 };

beforeAll(async () => {
  model = await createScriptedModel({ models: ['stop'] });
  site = await startLocalServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('&amp;'.repeat(199_000));
  });
  const speaks = { model: { wishes: ['openai/stop'] } };
  place = await createHubPlace([
    { name: 'Stop', definition: speaks },
    { name: 'Reads', definition: { ...speaks, tools: [{ id: 'read-web-page' }] } },
  ]);
}, 120_000);
afterAll(async () => {
  await left?.close();
  await Promise.all([model.close(), site.close()]);
  place.remove();
});

async function takeHub(): Promise<ChildHub> {
  const hub = left ?? (await start());
  left = null;
  return hub;
}

/** The process in which the hub reads a page, in the middle of it; only Linux tells which that is. */
async function startReading(hub: ChildHub): Promise<number[]> {
  if (!isLinux) return [];
  model.script({ toolCalls: [{ name: 'read-web-page', arguments: { url: site.url } }] });
  hub.stream('reads', { input: 'Read it.' }, () => undefined).catch(() => undefined);
  return until(() => {
    const readers = findReaders(hub.child.pid);
    return readers.length > 0 && readers;
  });
}

const untilGone = (processes: number[]) => until(() => processes.every((pid) => !existsSync(`/proc/${pid}`)));

/** Streams under way, each past its first words. */
async function openStreams(hub: ChildHub, replies: (typeof endless | typeof slow)[]) {
  model.script(...replies);
  const logs: StreamedEvent[][] = replies.map(() => []);
  const begun: Promise<void>[] = [];
  const ended = logs.map((log, number) => {
    let begin = () => {};
    begun.push(new Promise<void>((resolve) => (begin = resolve)));
    return hub
      .stream(agent, { input: String(number) }, (event) => {
        log.push(event);
        if (event.type === 'text-delta') begin();
      })
      .catch(() => {});
  });
  await Promise.all(begun);
  return { logs, ended: Promise.all(ended) };
}

describe('a hub that is told to stop', () => {
  test('ends what can end, stops the rest within its grace, with the process that reads a page, and stores every run', async () => {
    const hub = await takeHub();
    const { logs, ended } = await openStreams(hub, [
      ...Array<typeof slow>(10).fill(slow),
      ...Array<typeof endless>(10).fill(endless),
    ]);
    const readers = await startReading(hub);
    // Held, it takes no processor for as long as the hub waits for it.
    for (const reader of readers) process.kill(reader, 'SIGSTOP');
    hub.child.kill('SIGTERM');
    await ended;
    expect(await hub.ended, hub.printed()).toBe(0);
    await untilGone(readers);
    const ends = logs.map((log) => log.at(-1)).map((event) => [event?.type, event?.['status']]);
    expect(ends.filter(([, status]) => status === 'completed')).toHaveLength(10);
    expect(ends.filter(([, status]) => status === 'failed')).toHaveLength(10);
    expect(new Set(ends.map(([type]) => type))).toEqual(new Set(['run-end']));

    const next = await start();
    for (const [number, log] of logs.entries()) {
      const run = await next.request<Run>('GET', `/api/runs/${String(log[0]?.['run'])}`);
      const text = log.map((event) => (event.type === 'text-delta' ? String(event['text']) : '')).join('');
      expect(run).toMatchObject({ status: ends[number]?.[1], output: text });
      if (run.status === 'failed') expect(run).toMatchObject({ output: 'begun', error: { code: 'unavailable' } });
    }
    expect(next.printed()).not.toContain('cut off');
    left = next;
  }, 120_000);

  test('whose terminal is gone stores every run all the same', async () => {
    const hub = await takeHub();
    const { logs, ended } = await openStreams(hub, [slow]);
    hub.child.stdout?.destroy();
    hub.child.stderr?.destroy();
    hub.child.kill('SIGTERM');
    expect(await hub.ended).toBe(0);
    await ended;
    expect(logs[0]?.at(-1)).toMatchObject({ type: 'run-end', status: 'completed' });
  }, 60_000);

  test('twice ends at once', async () => {
    const hub = await takeHub();
    await openStreams(hub, [endless]);
    hub.child.kill('SIGINT');
    await until(() => hub.printed().includes('Stopping (SIGINT)'));
    hub.child.kill('SIGINT');
    expect(await hub.ended).toBe(1);

    const next = await start();
    await until(() => next.printed().includes('1 runs were cut off'));
    left = next;
  }, 120_000);
});

describe('a hub that is killed', () => {
  test.runIf(isLinux)(
    'takes with it the process that reads a page, in the middle of it',
    async () => {
      const hub = await takeHub();
      const readers = await startReading(hub);
      hub.child.kill('SIGKILL');
      await hub.ended;
      await untilGone(readers);
      await hub.close();
    },
    120_000,
  );
});

describe('a hub that cannot begin', () => {
  test('says that its port is taken, and what to do, before it touches its data', async () => {
    const untouched = join(place.dataFolder, 'untouched');
    const taken = startChildHub(place, { PORT: new URL(model.url).port, HUB_DATA_DIR: untouched });
    await expect(taken).rejects.toThrow(/127\.0\.0\.1:\d+ is taken by another program\. Set PORT/);
    expect(existsSync(untouched)).toBe(false);
  });

  test.each([
    ['a file', '', / is no folder\. Set HUB_DATA_DIR/],
    ['below a file', '/deep/below', /cannot be made: \S+a-file is no folder\. Set HUB_DATA_DIR/],
  ])('says that its data folder is %s', async (_kind, below, words) => {
    const file = join(place.dataFolder, 'a-file');
    writeFileSync(file, '');
    await expect(startChildHub(place, { HUB_DATA_DIR: `${file}${below}` })).rejects.toThrow(words);
  });
});
