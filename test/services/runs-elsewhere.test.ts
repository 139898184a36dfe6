import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '#server/contract/run.ts';
import { type HubsTogether, startHubsTogether } from '#test/support/hubs-together.ts';
import { eventsOf, readEvents, type SeenEvent, textOf } from '#test/support/run-engine.ts';

let hubs: HubsTogether;
let agent: string;
const endless = { text: ['begun'], ending: 'open' as const };

beforeAll(async () => {
  hubs = await startHubsTogether();
  agent = await hubs.createAgent();
});
afterEach(() => hubs.model.assertUsedUp());
afterAll(() => hubs.close());

/** Starts a run on the first hub and reads on in the background, once the given was seen. */
async function startHere(isSeen: (seen: SeenEvent[]) => boolean, handle = agent, headers: HeadersInit = {}) {
  const response = await hubs.here(`/api/agents/${handle}/runs`, { body: { input: 'Go', stream: true }, headers });
  const begun: SeenEvent[] = [];
  let reading: Promise<SeenEvent[]> | undefined;
  await new Promise<void>((resolve) => {
    reading = readEvents(response, (seen) => {
      begun.splice(0, begun.length, ...seen);
      if (isSeen(seen)) resolve();
      return false;
    });
  });
  return { run: response.headers.get('x-run-id') ?? '', begun, reading: reading ?? Promise.resolve([]) };
}
const hasText = (seen: SeenEvent[]) => textOf(seen) !== '';
/** Neighbouring text joined: who follows it living is sent it in pieces. */
const joined = (seen: SeenEvent[]) => [
  seen.map(({ event }) => event).filter(({ type }) => type !== 'text-delta'),
  textOf(seen),
];

describe('a run that lives in another process of the hub', () => {
  test('is followed to its end, each event once and in order', async () => {
    hubs.model.script({ text: ['one ', 'two ', 'three'], pieceDelayMs: 300 });
    const { run, reading } = await startHere(hasText);
    const followed = await hubs.there(`/api/runs/${run}/events`);
    let beganAt = 0;
    const seen = await readEvents(followed, (so) => {
      if (so.length > 0 && beganAt === 0) beganAt = Date.now();
      return false;
    });
    const original = await reading;
    expect(Date.now() - beganAt).toBeGreaterThan(200);
    expect(joined(seen)).toEqual(joined(original));
    expect(seen.at(-1)).toEqual(original.at(-1));
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
  });

  test('is gone on with where a reader of its own process was cut off', async () => {
    hubs.model.script({ text: ['one ', 'two ', 'three'], pieceDelayMs: 200 });
    const { run, begun, reading } = await startHere((seen) => textOf(seen) === 'one two ');
    const last = begun.at(-1)?.id ?? '';
    const rest = await readEvents(await hubs.there(`/api/runs/${run}/events`, { headers: { 'last-event-id': last } }));
    await reading;
    expect(eventsOf(rest, 'run-start')).toEqual([]);
    expect(textOf(rest)).toBe('three');
    expect(rest.at(-1)?.event).toMatchObject({ type: 'run-end', status: 'completed' });
  });

  test('is found by its idempotency key, and waited for', async () => {
    hubs.model.script({ text: ['once'], firstDelayMs: 500 });
    const headers = { 'idempotency-key': 'the same' };
    const { run, reading } = await startHere(() => true, agent, headers);
    const again = await hubs.there(`/api/agents/${agent}/runs`, { body: { input: 'Go', stream: true }, headers });
    const whole = await hubs.there(`/api/agents/${agent}/runs`, { body: { input: 'Go', stream: true }, headers });
    expect(again.headers.get('x-run-id')).toBe(run);
    const [seen, alike, original] = await Promise.all([readEvents(again), readEvents(whole), reading]);
    expect(joined(seen)).toEqual(joined(original));
    expect(alike).toEqual(seen);
  });

  test('is cancelled within about a second, and what it has is kept', async () => {
    hubs.model.script(endless);
    const { run, reading } = await startHere(hasText);
    const askedAt = Date.now();
    const answer = await hubs.there(`/api/runs/${run}/cancel`, { body: {} });
    const seen = await reading;
    expect(Date.now() - askedAt).toBeLessThan(10_000);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ id: run, status: 'cancelled', output: 'begun' });
    expect(seen.at(-1)?.event).toMatchObject({ type: 'run-end', status: 'cancelled' });
  });

  test('ends with its conversation, which is deleted there, and leaves nothing of what it said', async () => {
    hubs.model.script(endless);
    const { run, begun, reading } = await startHere(hasText);
    const conversation = eventsOf(begun, 'run-start')[0]?.conversationId ?? '';
    const url = `/api/conversations/${conversation}`;
    expect((await hubs.there(url, { method: 'DELETE' })).status).toBe(204);
    expect((await reading).at(-1)?.event).toMatchObject({ type: 'run-end', status: 'cancelled' });
    expect((await hubs.here(url)).status).toBe(404);
    const stored = (await (await hubs.here(`/api/runs/${run}`)).json()) as Run;
    expect(stored).toMatchObject({ status: 'cancelled', output: '', steps: [] });
  });

  test.each([
    ['approve', 'approved', '4'],
    ['refuse', 'refused', undefined],
  ])('is told that a person answered %s', async (decision, outcome, result) => {
    const careful = await hubs.createAgent({ tools: [{ id: 'calculator', approval: 'always' }] });
    hubs.model.script(
      { toolCalls: [{ name: 'calculator', arguments: { expression: '2+2' } }] },
      { text: ['So it is.'] },
    );
    const { run, begun, reading } = await startHere((seen) => eventsOf(seen, 'approval-request').length > 0, careful);
    const approval = eventsOf(begun, 'approval-request')[0]?.approval ?? '';
    const unknown = await hubs.there(`/api/runs/${run}/approvals/nothing`, { body: { decision } });
    expect(unknown.status).toBe(404);
    const answer = await hubs.there(`/api/runs/${run}/approvals/${approval}`, { body: { decision } });
    expect(answer.status).toBe(204);
    const seen = await reading;
    expect(eventsOf(seen, 'approval-result')).toMatchObject([{ approval, decision: outcome }]);
    expect(eventsOf(seen, 'tool-result')).toMatchObject([result === undefined ? {} : { output: { result } }]);
    const late = await hubs.there(`/api/runs/${run}/approvals/${approval}`, { body: { decision } });
    expect(late.status).toBe(404);
  });

  test('is hidden from others, and neither followed nor cancelled by them', async () => {
    hubs.model.script(endless);
    const { run, reading } = await startHere(hasText);
    const headers = { authorization: `Bearer ${await hubs.createStranger()}` };
    expect((await hubs.there(`/api/runs/${run}/events`, { headers })).status).toBe(404);
    expect((await hubs.there(`/api/runs/${run}/cancel`, { body: {}, headers })).status).toBe(404);
    expect((await hubs.there(`/api/runs/${run}`)).status).toBe(200);
    await hubs.there(`/api/runs/${run}/cancel`, { body: {} });
    await reading;
  });

  test('of a process that is gone is said to be out of reach', async () => {
    hubs.model.script({ text: ['done'] });
    const { run, reading } = await startHere(hasText);
    await reading;
    const { pool } = hubs.first.services.database;
    await pool.query(`UPDATE runs SET status = 'running', ended_at = NULL, instance_id = 'gone' WHERE id = $1`, [run]);
    const answer = await hubs.there(`/api/runs/${run}/cancel`, { body: {} });
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: 'unavailable', detail: expect.stringContaining(run) });
    expect((await pool.query('SELECT FROM run_requests')).rowCount).toBe(0);
    expect((await ((await hubs.there(`/api/runs/${run}`)).json() as Promise<Run>)).status).toBe('running');
  }, 30_000);
});
