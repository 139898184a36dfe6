import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '#server/contract/run.ts';
import { type HubsTogether, startHubsTogether } from '#test/support/hubs-together.ts';
import { eventsOf, readEvents, type SeenEvent, textOf } from '#test/support/run-engine.ts';

let hubs: HubsTogether;
let agent: string;

const call = (place: number) => ({
  id: `call_${place}`,
  name: 'calculator',
  arguments: { expression: `${place} + ${place}` },
});
const begin = async (): Promise<Run> =>
  (await hubs.here(`/api/agents/${agent}/runs`, { body: { input: 'Go' } })).json() as Promise<Run>;
const approve = (from: HubsTogether['here'], run: string, approval: string) =>
  from(`/api/runs/${run}/approvals/${approval}`, { body: { decision: 'approve' } });
const follow = async (from: HubsTogether['here'], run: string, isEnough?: (seen: SeenEvent[]) => boolean) =>
  readEvents(await from(`/api/runs/${run}/events`), isEnough);

beforeAll(async () => {
  hubs = await startHubsTogether();
  agent = await hubs.createAgent({ tools: [{ id: 'calculator', approval: 'always' }] });
});
afterEach(() => hubs.model.assertUsedUp());
afterAll(() => hubs.close());

describe('a run that waits, with two hubs on one database', () => {
  test('goes on in the hub that was answered, and is read to its end in both', async () => {
    hubs.model.script({ text: 'Shall I? ', toolCalls: [call(2)] }, { text: ['So ', 'it ', 'is.'] });
    const run = await begin();
    const readers = [follow(hubs.here, run.id), follow(hubs.there, run.id)];
    await follow(hubs.there, run.id, (seen) => eventsOf(seen, 'approval-request').length > 0);
    expect((await approve(hubs.there, run.id, run.waitsFor[0]?.id ?? '')).status).toBe(204);
    const [first, second] = await Promise.all(readers);
    for (const seen of [first ?? [], second ?? []]) {
      expect(textOf(seen)).toBe('Shall I? So it is.');
      expect(eventsOf(seen, 'tool-result')).toMatchObject([{ output: { result: '4' } }]);
      expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
      expect(seen.at(-1)?.event).toMatchObject({ type: 'run-end', status: 'completed' });
    }
    const { rows } = await hubs.first.services.database.pool.query(
      'SELECT FROM run_waits UNION ALL SELECT FROM run_checkpoints',
    );
    expect(rows).toEqual([]);
  });

  test('is decided once, whichever hub is asked, and each call is made once', async () => {
    const places = Array.from({ length: 6 }, (_, place) => place + 1);
    hubs.model.script({ toolCalls: places.map(call) }, { text: 'Done.' });
    const run = await begin();
    const answers = await Promise.all(
      run.waitsFor.flatMap(({ id }) => [approve(hubs.here, run.id, id), approve(hubs.there, run.id, id)]),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([...places.map(() => 204), ...places.map(() => 404)]);
    const seen = await follow(hubs.here, run.id);
    expect(eventsOf(seen, 'approval-result')).toHaveLength(6);
    const results = eventsOf(seen, 'tool-result').map(({ call: of, output }) => [of, output]);
    expect(Object.fromEntries(results)).toMatchObject(
      Object.fromEntries(places.map((place) => [`call_${place}`, { result: String(place * 2) }])),
    );
    expect(results).toHaveLength(6);
  });

  test('is cancelled by the other hub, and needs neither to live', async () => {
    hubs.model.script({ toolCalls: [call(1)] });
    const run = await begin();
    const { pool } = hubs.first.services.database;
    const stored = await pool.query('SELECT status, instance_id FROM runs WHERE id = $1', [run.id]);
    expect(stored.rows).toEqual([{ status: 'waiting', instance_id: null }]);
    await hubs.second.services.runs.markInterrupted(0);
    expect(((await (await hubs.there(`/api/runs/${run.id}`)).json()) as Run).status).toBe('waiting');
    const cancelled = await hubs.there(`/api/runs/${run.id}/cancel`, { body: {} });
    expect(await cancelled.json()).toMatchObject({ id: run.id, status: 'cancelled' });
    expect((await approve(hubs.here, run.id, run.waitsFor[0]?.id ?? '')).status).toBe(404);
  });

  test('goes on in the other hub also where an agent that was called asks, and finds earlier results there', async () => {
    const helper = await hubs.createAgent({ tools: [{ id: 'calculator', approval: 'always' }] });
    const desk = await hubs.createAgent({
      tools: [{ id: `agent/${helper}` }, { id: 'calculator' }, { id: 'run-code' }],
    });
    const code = 'results.byTool("calculator")[0].result';
    hubs.model.script(
      { toolCalls: [call(4)] },
      { toolCalls: [{ id: 'ask', name: helper, arguments: { task: 'Add.' } }] },
      { toolCalls: [call(2)] },
    );
    const run = (await (await hubs.here(`/api/agents/${desk}/runs`, { body: { input: 'Go' } })).json()) as Run;
    expect(run).toMatchObject({ status: 'waiting', waitsFor: [{ call: 'ask/call_2' }] });
    hubs.model.script(
      { text: 'Four.' },
      { toolCalls: [{ id: 'look', name: 'run-code', arguments: { code } }] },
      { text: 'Eight and four.' },
    );
    expect((await approve(hubs.there, run.id, run.waitsFor[0]?.id ?? '')).status).toBe(204);
    const seen = await follow(hubs.there, run.id);
    expect(textOf(seen)).toBe('Eight and four.');
    expect(eventsOf(seen, 'tool-result').map(({ call: of, isError }) => [of, isError])).toEqual([
      ['call_4', false],
      ['ask/call_2', false],
      ['ask', false],
      ['look', false],
    ]);
    expect(eventsOf(seen, 'tool-result').at(-1)?.output).toMatchObject({ value: '8' });
  });
});
