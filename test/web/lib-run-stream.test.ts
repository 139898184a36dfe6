import { afterEach, beforeEach, expect, it } from 'vitest';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { runEnd, runStart, say } from '#test/support/sample-run.ts';
import { createRunLog, problem, type RunLog, type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { ApiProblem } from '#web/lib/api-problem.ts';
import { streamRun, type StreamRunOptions } from '#web/lib/run-stream.ts';

const start = 'POST /api/agents/fee-clerk/runs';
const resume = 'GET /api/runs/run-1/events';
let hub: ScriptedHub;
let log: RunLog;

beforeEach(async () => {
  hub = await startScriptedHub();
  openAddress(hub.url);
  log = createRunLog();
  hub.answer(start, (request, response) => log.open(request, response));
  hub.answer(resume, (request, response) => log.open(request, response));
});
afterEach(async () => {
  await closePage();
  await hub.close();
});

const begin = (options: Partial<StreamRunOptions> = {}) =>
  streamRun({
    path: '/api/agents/fee-clerk/runs',
    method: 'POST',
    body: { input: 'Hi', stream: true },
    wait: () => Promise.resolve(),
    ...options,
  });

async function readText(stream: ReturnType<typeof begin>, onText: (text: string) => void = () => undefined) {
  let text = '';
  for await (const { event } of stream) {
    if (event.type !== 'text-delta') continue;
    text += event.text;
    onText(text);
  }
  return text;
}

it('a run is read to its end, in order', async () => {
  log.emit(runStart, say('One '), say('two.'), runEnd());
  expect(await readText(begin())).toBe('One two.');
  expect(hub.sent('POST', '/api/agents/fee-clerk/runs')).toEqual([{ input: 'Hi', stream: true }]);
});

it('a cut stream goes on after its last event, and nothing is seen twice', async () => {
  log.emit(runStart, say('a'));
  const states: string[] = [];
  const text = await readText(begin({ onConnection: (state) => states.push(state) }), (soFar) => {
    if (soFar === 'a') {
      log.cut();
      log.emit(say('b'), say('c'), runEnd());
    }
  });
  expect(text).toBe('abc');
  expect(states).toEqual(['reconnecting', 'open']);
  const resumed = hub.requests.find((request) => request.path === '/api/runs/run-1/events');
  expect(resumed?.headers['last-event-id']).toBe('e1');
  expect(hub.sent('POST', '/api/agents/fee-clerk/runs')).toHaveLength(1);
});

it.each([
  { name: 'is silent for too long', silenceMs: 60, end: () => undefined },
  { name: 'is older than the network', silenceMs: 60_000, end: () => window.dispatchEvent(new Event('online')) },
])('a connection that $name is left for a new one', async ({ silenceMs, end }) => {
  const states: string[] = [];
  hub.answer(start, (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`id: e0\ndata: ${JSON.stringify(runStart)}\n\nid: e1\ndata: ${JSON.stringify(say('a'))}\n\n`);
    return null;
  });
  log.emit(runStart, say('a'), say('b'), runEnd());
  const onConnection = (state: string) => states.push(state);
  expect(await readText(begin({ silenceMs, onConnection }), (soFar) => soFar === 'a' && end())).toBe('ab');
  expect(states).toEqual(['reconnecting', 'open']);
});

it('a start that is not answered yet is not left, however long it takes', async () => {
  hub.answer(start, (request, response) => {
    setTimeout(() => log.open(request, response), 150);
    return null;
  });
  log.emit(runStart, say('late'), runEnd());
  expect(await readText(begin({ silenceMs: 30 }))).toBe('late');
});

it('attempts go on for as long as the device has no network', async () => {
  log.emit(runStart, say('a'));
  hub.answer(resume, { status: 503, body: problem(503, 'unavailable', 'Restarting.') });
  Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
  let attempts = 0;
  const wait = () => {
    attempts += 1;
    if (attempts === 4) {
      Reflect.deleteProperty(navigator, 'onLine');
      log.emit(say('b'), runEnd());
      hub.answer(resume, (request, response) => log.open(request, response));
    }
    return Promise.resolve();
  };
  expect(await readText(begin({ wait, maximumAttempts: 2 }), (soFar) => soFar === 'a' && log.cut())).toBe('ab');
});

it('events of an unknown type and broken ones are passed over', async () => {
  hub.answer(start, (_request, response) => {
    const frames = [runStart, { type: 'tea-break', cups: 2 }, say('still here'), runEnd()].map((event) =>
      JSON.stringify(event),
    );
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(
      `: hello\n\n${[...frames.slice(0, 2), '{broken', ...frames.slice(2)].map((data) => `data: ${data}\n\n`).join('')}`,
    );
    return null;
  });
  expect(await readText(begin())).toBe('still here');
});

it('a refused start is told at once and never sent twice', async () => {
  hub.answer(start, { status: 402, body: problem(402, 'budget_exceeded', 'Spent.') });
  await expect(readText(begin())).rejects.toThrow('Spent.');
  expect(hub.requests).toHaveLength(1);
});

it('a start whose answer is lost is not sent again, so that nobody pays twice', async () => {
  hub.answer(start, (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end();
    return null;
  });
  const error = await readText(begin()).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ApiProblem);
  expect((error as ApiProblem).kind).toBe('network');
  expect(hub.requests).toHaveLength(1);
});

it('trouble of the hub is waited out, each time longer, and given up in the end', async () => {
  log.emit(runStart);
  hub.answer(resume, { status: 503, body: problem(503, 'unavailable', 'Restarting.') });
  const attempts: number[] = [];
  const wait = (attempt: number) => {
    attempts.push(attempt);
    log.cut();
    return Promise.resolve();
  };
  const reading = readText(begin({ wait, maximumAttempts: 3 }));
  await expect.poll(() => log.listenerCount()).toBe(1);
  log.cut();
  await expect(reading).rejects.toThrow('Restarting.');
  expect(attempts).toEqual([1, 2, 3]);
});

it('aborting ends the reading with its reason', async () => {
  log.emit(runStart, say('a'));
  const leaving = new AbortController();
  const reading = readText(begin({ signal: leaving.signal }), () => leaving.abort(new Error('left')));
  await expect(reading).rejects.toThrow('left');
});
