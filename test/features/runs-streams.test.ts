import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '#server/contract/run.ts';
import {
  createRunAgent,
  type Engine,
  eventsOf,
  parseEvents,
  readEvents,
  type SeenEvent,
  send,
  startEngine,
  textOf,
  until,
  untilEnded,
} from '#test/support/run-engine.ts';

let engine: Engine;
let agent: string;

const stream = (body: object = {}, signal?: AbortSignal) =>
  send(engine, `/api/agents/${agent}/runs`, {
    body: { input: 'Go', stream: true, ...body },
    ...(signal === undefined ? {} : { signal }),
  });
const watch = (run: string, after?: string) =>
  send(engine, `/api/runs/${run}/events`, { headers: after === undefined ? {} : { 'last-event-id': after } });
const runOf = (seen: SeenEvent[]) => eventsOf(seen, 'run-start')[0]?.run ?? '';

/** The same events with neighbouring text joined: two readers may be sent it in other portions. */
function joined(seen: readonly SeenEvent[]) {
  const whole: SeenEvent['event'][] = [];
  for (const { event } of seen) {
    const last = whole.at(-1);
    if ((event.type === 'text-delta' || event.type === 'reasoning-delta') && last?.type === event.type) {
      whole[whole.length - 1] = { ...event, text: last.text + event.text };
    } else whole.push(event);
  }
  return whole;
}

/** A small generator of numbers below one, the same in every test run. */
function createRandom(seed: number) {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

beforeAll(async () => {
  engine = await startEngine();
  agent = await createRunAgent(engine.ada, { tools: [{ id: 'calculator' }] });
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

describe('a stream', () => {
  test('begins with run-start, ends with run-end, and names the run in a header', async () => {
    engine.model.script({ text: ['Hel', 'lo'], pieceDelayMs: 2 });
    const response = await stream();
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('cache-control')).toContain('no-cache');
    const seen = await readEvents(response);
    expect(seen[0]?.event).toMatchObject({ type: 'run-start', agent, version: null, model: 'openai/test-model' });
    expect(seen.at(-1)?.event).toMatchObject({ type: 'run-end', status: 'completed', finishReason: 'stop' });
    expect(response.headers.get('x-run-id')).toBe(runOf(seen));
    expect(textOf(seen)).toBe('Hello');
  });

  test('shows tool calls side by side, whose arguments came in pieces, and what is said after them as a paragraph of its own', async () => {
    const calls = ['2 ^ 100', '1 / 3 + 1 / 6'].map((expression, place) => ({
      id: `call_${place}`,
      name: 'calculator',
      arguments: { expression },
    }));
    engine.model.script(
      { text: 'Let me see.', toolCalls: calls, argumentPieces: 7, pieceDelayMs: 1 },
      { text: 'Done.' },
    );
    const seen = await readEvents(await stream());
    expect(eventsOf(seen, 'tool-call')).toMatchObject([
      { call: 'call_0', tool: 'calculator', input: { expression: '2 ^ 100' }, intent: expect.stringContaining('2') },
      { call: 'call_1', tool: 'calculator', input: { expression: '1 / 3 + 1 / 6' } },
    ]);
    const results = eventsOf(seen, 'tool-result').sort((left, right) => left.call.localeCompare(right.call));
    expect(results.map(({ isError }) => isError)).toEqual([false, false]);
    expect(JSON.stringify(results[0]?.output)).toContain('1267650600228229401496703205376');
    expect(JSON.stringify(results[1]?.output)).toContain('0.5');
    expect(textOf(seen)).toBe('Let me see.\n\nDone.');
    const told = engine.model.requests.at(-1)?.body['messages'] as { role: string; tool_call_id?: string }[];
    expect(told.filter(({ role }) => role === 'tool').map((message) => message.tool_call_id)).toEqual([
      'call_0',
      'call_1',
    ]);
  });

  test('shows reasoning apart from the answer, and what each model call used', async () => {
    const usage = { inputTokens: 100, outputTokens: 20, cachedTokens: 60, reasoningTokens: 12 };
    const call = { name: 'calculator', arguments: { expression: '1+1' } };
    engine.model.script({ reasoning: ['Hm, ', 'two.'], toolCalls: [call], usage }, { text: 'Two.', usage });
    const seen = await readEvents(await stream());
    expect(
      eventsOf(seen, 'reasoning-delta')
        .map(({ text }) => text)
        .join(''),
    ).toBe('Hm, two.');
    expect(textOf(seen)).toBe('Two.');
    const counted = { inputTokens: 100, outputTokens: 20, cachedInputTokens: 60, reasoningTokens: 12 };
    expect(eventsOf(seen, 'usage')).toMatchObject([{ usage: counted }, { usage: counted }]);
    expect(eventsOf(seen, 'run-end')[0]?.usage).toEqual({
      inputTokens: 200,
      outputTokens: 40,
      cachedInputTokens: 120,
      reasoningTokens: 24,
    });
  });

  test('is refused as a problem before it begins', async () => {
    const response = await send(engine, '/api/agents/nobody/runs', { body: { input: 'Go', stream: true } });
    expect([response.status, response.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
  });
});

describe('a reader that comes back', () => {
  const call = { name: 'calculator', arguments: { expression: '6 * 7' } };
  const script = () =>
    engine.model.script(
      { reasoning: ['Think ', 'about 你'], text: ['So: ', '🚀 l', 'et us '], toolCalls: [call], pieceDelayMs: 3 },
      { text: Array.from({ length: 30 }, (_, place) => `${place} 好\n\n`), pieceDelayMs: 3 },
    );

  /** Reads some bytes, leaves, and comes back with the last id it saw whole, until the run's end. */
  async function readInParts(first: Response, nextCut: () => number) {
    const seen: SeenEvent[] = [];
    const run = first.headers.get('x-run-id') ?? '';
    for (let response = first; ; response = await watch(run, seen.at(-1)?.id)) {
      const cut = nextCut();
      const reader = (response.body as ReadableStream<Uint8Array>).getReader();
      const parts: Uint8Array[] = [];
      for (let length = 0; length < cut;) {
        const part = await reader.read();
        if (part.done) break;
        parts.push(part.value);
        length += part.value.length;
      }
      await reader.cancel();
      seen.push(...parseEvents(Buffer.concat(parts).subarray(0, cut).toString()));
      if (seen.at(-1)?.event.type === 'run-end') return { run, seen };
    }
  }

  test('after cuts at any byte sees every event once and in order, with the same text', async () => {
    for (let seed = 1; seed <= 3; seed += 1) {
      const random = createRandom(seed);
      script();
      const { run, seen } = await readInParts(await stream(), () => 120 + Math.floor(random() * 1500));
      const whole = await readEvents(await watch(run));
      expect(joined(seen)).toEqual(joined(whole));
      expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
      const stored = (await engine.ada.inject({ method: 'GET', url: `/api/runs/${run}` })).json<Run>();
      expect(textOf(seen)).toBe(stored.output);
    }
  });

  test('after the end reads the rest from what is stored, from any event', async () => {
    script();
    const live = await readEvents(await stream());
    for (const [place, { id }] of live.entries()) {
      expect(joined(await readEvents(await watch(runOf(live), id)))).toEqual(joined(live.slice(place + 1)));
    }
    for (const unknown of ['never', '-1', '1.2.3']) {
      expect(joined(await readEvents(await watch(runOf(live), unknown)))).toEqual(joined(live));
    }
  });

  test('finds the same places when the text held characters that the database refuses', async () => {
    engine.model.script({ text: ['a\u0000b', 'c\u0000d', 'e'], pieceDelayMs: 3 });
    const live = await readEvents(await stream());
    for (const [place, { id, event }] of live.entries()) {
      if (event.type !== 'text-delta') continue;
      const rest = await readEvents(await watch(runOf(live), id));
      expect(textOf(rest)).toHaveLength(textOf(live.slice(place + 1)).length);
    }
  });

  test('is one of several: each sees all of it', async () => {
    engine.model.script({ text: Array.from({ length: 20 }, (_, place) => `${place} `), pieceDelayMs: 4 });
    const first = await stream();
    const run = first.headers.get('x-run-id') ?? '';
    const [own, ...others] = await Promise.all(
      [first, watch(run), watch(run), watch(run, '0')].map(async (response) => readEvents(await response)),
    );
    expect(others).toHaveLength(3);
    expect(joined(others[0] ?? [])).toEqual(joined(own ?? []));
    expect(joined(others[1] ?? [])).toEqual(joined(own ?? []));
    expect(joined(others[2] ?? [])).toEqual(joined(own ?? []).slice(1));
  });

  test('must be the person whose run it is', async () => {
    engine.model.script({ text: 'Mine.' });
    const run = runOf(await readEvents(await stream()));
    const bo = await engine.hub.createPerson();
    for (const person of [bo, { inject: engine.hub.app.inject.bind(engine.hub.app) as typeof bo.inject }]) {
      const answer = await person.inject({ method: 'GET', url: `/api/runs/${run}/events` });
      expect(answer.statusCode).toBe(person === bo ? 404 : 401);
    }
  });
});

describe('a run', () => {
  test('goes on when the client leaves', async () => {
    engine.model.script({ text: ['On ', 'and ', 'on.'], pieceDelayMs: 30 });
    const seen = await readEvents(await stream(), (far) => textOf(far) !== '');
    expect(eventsOf(seen, 'run-end')).toEqual([]);
    expect(await untilEnded(engine.ada, runOf(seen))).toMatchObject({ status: 'completed', output: 'On and on.' });
  });

  test('is cancelled up to the provider, and keeps what it had', async () => {
    engine.model.script({ text: ['Once ', 'upon '], ending: 'open' });
    const response = await stream();
    const run = response.headers.get('x-run-id') ?? '';
    await readEvents(response, (far) => textOf(far) === 'Once upon ');
    const live = (await engine.ada.inject({ method: 'GET', url: `/api/runs/${run}` })).json<Run>();
    expect(live).toMatchObject({ status: 'running', output: 'Once upon ', endedAt: null });
    const cancelled = await engine.ada.inject({ method: 'POST', url: `/api/runs/${run}/cancel` });
    expect(cancelled.json()).toMatchObject({
      status: 'cancelled',
      output: 'Once upon ',
      finishReason: 'cancelled',
      error: { code: 'run_cancelled' },
    });
    await until(() => engine.model.requests.at(-1)?.state === 'dropped');
    const stored = (await engine.ada.inject({ method: 'GET', url: `/api/runs/${run}` })).json<Run>();
    expect(stored).toEqual(cancelled.json());
    const messages = await engine.ada.inject({ url: `/api/conversations/${stored.conversationId}/messages` });
    expect(messages.json()).toMatchObject({
      items: [
        { role: 'assistant', content: 'Once upon ', run: { status: 'cancelled' } },
        { role: 'user', content: 'Go' },
      ],
    });
    const again = await engine.ada.inject({ method: 'POST', url: `/api/runs/${run}/cancel` });
    expect([again.statusCode, again.json<Run>().status]).toEqual([200, 'cancelled']);
    const replay = await readEvents(await watch(run));
    expect(replay.slice(-2).map(({ event }) => event.type)).toEqual(['error', 'run-end']);
  });

  test('is not cancelled by someone else', async () => {
    engine.model.script({ text: ['Slow ', 'but ', 'sure.'], pieceDelayMs: 60 });
    const response = await stream();
    const run = response.headers.get('x-run-id') ?? '';
    const bo = await engine.hub.createPerson();
    const answer = await bo.inject({ method: 'POST', url: `/api/runs/${run}/cancel` });
    expect(answer.statusCode).toBe(404);
    expect(textOf(await readEvents(response))).toBe('Slow but sure.');
  });
});
