import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '#server/contract/problem.ts';
import { type HubsTogether, startHubsTogether } from '#test/support/hubs-together.ts';
import { readEvents, textOf } from '#test/support/run-engine.ts';

let hubs: HubsTogether;
const uses = (tokens: number) => ({ inputTokens: tokens - 10, outputTokens: 10 });
const answer = (tokens: number) => ({ text: 'Done.', usage: uses(tokens) });
type Place = HubsTogether['here'];
const go = (place: Place, agent: string) => place(`/api/agents/${agent}/runs`, { body: { input: 'Go' } });

beforeAll(async () => {
  hubs = await startHubsTogether();
  for (const { services } of [hubs.first, hubs.second]) await services.instance.begin();
});
afterEach(() => hubs.model.assertUsedUp());
afterAll(() => hubs.close());

describe('a budget that runs of several processes share', () => {
  test('counts what a run of another process has spent before its end, and holds what its call may take', async () => {
    const agent = await hubs.createAgent({
      budget: { maximumTokensPerMonth: 1500 },
      tools: [{ id: 'calculator' }],
    });
    hubs.model.script(answer(300));
    expect((await go(hubs.there, agent)).status).toBe(200);
    hubs.model.script(
      { toolCalls: [{ name: 'calculator', arguments: { expression: '1 + 2' } }], usage: uses(700) },
      { text: ['Slowly '], ending: 'open' },
    );
    const response = await hubs.here(`/api/agents/${agent}/runs`, { body: { input: 'Go', stream: true } });
    let seen = '';
    const reading = readEvents(response, (events) => {
      seen = textOf(events);
      return seen !== '';
    });
    await reading;
    // 300 are stored and 700 spent; 700 more are held for the call under way.
    const refused = await go(hubs.there, agent);
    expect([refused.status, ((await refused.json()) as Problem).detail]).toEqual([
      402,
      expect.stringMatching(/is 1500 tokens, and 1000 are used; calls under way may take the rest/),
    ]);
    await hubs.here(`/api/runs/${response.headers.get('x-run-id')}/cancel`, { method: 'POST' });
    hubs.model.script(answer(50));
    await expect.poll(async () => (await go(hubs.there, agent)).status).toBe(200);
  });

  test('is held for the first call of all, too, by what its request takes', async () => {
    const agent = await hubs.createAgent({ budget: { maximumTokensPerMonth: 1000 } });
    hubs.model.script({ text: ['Slowly '], ending: 'open' });
    const body = { input: 'Go on. '.repeat(1000), stream: true };
    const response = await hubs.here(`/api/agents/${agent}/runs`, { body });
    await readEvents(response, (events) => textOf(events) !== '');
    const refused = await go(hubs.there, agent);
    expect([refused.status, ((await refused.json()) as Problem).detail]).toEqual([
      402,
      expect.stringContaining('0 are used; calls under way may take the rest'),
    ]);
    await hubs.here(`/api/runs/${response.headers.get('x-run-id')}/cancel`, { method: 'POST' });
  });

  test('counts a run once when it has ended, at once and in every process', async () => {
    const agent = await hubs.createAgent({ budget: { maximumTokensPerMonth: 1000 } });
    hubs.model.script(answer(400), answer(400), answer(150), answer(100));
    for (const place of [hubs.there, hubs.here, hubs.there, hubs.here])
      expect((await go(place, agent)).status).toBe(200);
    for (const place of [hubs.there, hubs.here]) {
      const refused = await go(place, agent);
      expect([refused.status, ((await refused.json()) as Problem).detail]).toEqual([
        402,
        expect.stringContaining('1050 are used'),
      ]);
    }
  });

  test('is not held by a process that is gone', async () => {
    const agent = await hubs.createAgent({ budget: { maximumTokensPerMonth: 1000 } });
    const { pool } = hubs.first.services.database;
    await pool.query(
      `INSERT INTO budget_reservations SELECT 'lost', 'agent', id, 'gone', 2000, 0, 0, 0, NULL FROM agents WHERE handle = $1`,
      [agent],
    );
    hubs.model.script(answer(50));
    expect((await go(hubs.here, agent)).status).toBe(200);
    await expect
      .poll(async () => (await pool.query("SELECT FROM budget_reservations WHERE run_id = 'lost'")).rowCount)
      .toBe(0);
  });
});
