import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Agent } from '#server/contract/agent.ts';
import type { PersonHoldings } from '#server/contract/person-removal.ts';
import type { Run } from '#server/contract/run.ts';
import { ask, createAgent, patchDraft } from '#test/support/agent-requests.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { putOnHub, use } from '#test/support/hub-shelf.ts';
import { readIssuePaths } from '#test/support/read-problem.ts';
import { startRun } from '#test/support/run-engine.ts';
import { uploadDataset } from '#test/support/upload-dataset.ts';

let hub: TestApp;
let boss: TestPerson;
let heir: TestPerson;
let member: TestPerson;

beforeAll(async () => {
  hub = await buildTestApp();
  boss = await hub.createPerson({ name: 'Boss' });
  heir = await hub.createPerson({ name: 'Heir' });
  member = await hub.createPerson({ name: 'Member', role: 'member' });
});
afterAll(() => hub.close());

const addressOf = ({ actor }: TestPerson) => `/api/people/${actor.userId}/removal`;
const remove = (person: TestPerson, sharedAgents: object, by = boss) =>
  by.inject({ method: 'POST', url: addressOf(person), payload: { sharedAgents } });
const takeDown = { outcome: 'take-down' };
const handOver = () => ({ outcome: 'hand-over', to: heir.actor.userId });
const countRows = async (table: string, column: string, id: string) =>
  (await hub.services.database.pool.query(`SELECT FROM ${table} WHERE ${column} = $1`, [id])).rowCount;

/** Somebody with one of everything. */
async function settle(name: string) {
  const person = await hub.createPerson({ name });
  const shared = await putOnHub(person, `${name}’s shared`);
  const hidden = await createAgent(person, { name: `${name}’s private` });
  const { key } = await person.createKey(['runs:write', 'agents:read']);
  await uploadDataset(person.inject, `${name}.csv`, 'a\n1\n');
  await person.inject({ method: 'POST', url: '/api/queries', payload: { name: 'Mine', sql: 'SELECT 1' } });
  await person.inject({
    method: 'POST',
    url: '/api/triggers',
    payload: { agent: shared.id, name: 'Nightly', message: 'Go', webhook: {} },
  });
  const { run } = await startRun(person, shared.id, { input: '40 + 2, says the secret' });
  await use(member, shared.id);
  return { person, shared, hidden, key, run };
}

describe('removing a person', () => {
  test('shows first what goes with them', async () => {
    const { person, shared } = await settle('Ada');
    const { body } = await ask<PersonHoldings>(boss, { url: addressOf(person) });
    expect(body.sharedAgents).toMatchObject([{ id: shared.id, visibility: 'hub', people: 1 }]);
    expect(body.counts).toMatchObject({ agents: 2, conversations: 1, keys: 1, triggers: 1, datasets: 1, queries: 1 });
    expect((await ask<PersonHoldings>(person, { url: '/api/profile/removal' })).body).toEqual(body);
    expect((await heir.inject({ url: addressOf(person) })).statusCode).toBe(403);
  });

  test('hands shared agents over as others know them, and leaves nothing else but the sums', async () => {
    const { person, shared, hidden, key, run } = await settle('Bob');
    const { draftRevision } = (await ask<Agent>(person, { url: `/api/agents/${shared.id}` })).body;
    await patchDraft(person, shared.id, {
      revision: draftRevision ?? 1,
      changes: { instructions: 'A private thought' },
    });
    const usageOf = async (groupBy: string) => {
      const from = new Date(Date.now() - 86_400_000).toISOString();
      const { body } = await ask(boss, { url: `/api/usage?person=all&groupBy=${groupBy}&from=${from}` });
      return body as unknown as { total: { runs: number }; rows: { label: string }[] };
    };
    const before = (await usageOf('person')).total.runs;
    const ofBob = () => countRows('runs', 'user_id', person.actor.userId);
    expect(await ofBob()).toBe(1);

    expect((await remove(person, handOver())).statusCode).toBe(204);

    expect((await person.inject({ url: '/api/agents' })).statusCode).toBe(401);
    expect((await hub.injectWithKey(key, { url: '/api/agents' })).statusCode).toBe(401);
    const signIn = { email: person.email, password: person.password };
    expect((await hub.app.inject({ method: 'POST', url: '/api/session', payload: signIn })).statusCode).toBe(401);
    expect((await boss.inject({ url: '/api/people' })).body).not.toContain(person.actor.userId);

    const { body } = await ask<Agent>(heir, { url: `/api/agents/${shared.id}` });
    expect(body).toMatchObject({ owner: { name: 'Heir' }, can: { edit: true } });
    expect(JSON.stringify(body)).not.toContain('A private thought');
    expect((await ask(member, { url: `/api/hub/agents/${shared.handle}` })).status).toBe(200);
    await use(member, shared.id);
    expect((await boss.inject({ url: `/api/agents/${hidden.id}` })).statusCode).toBe(404);

    expect((await usageOf('person')).total.runs).toBe(before + 1);
    expect((await usageOf('person')).rows.map(({ label }) => label)).toContain('Removed people');
    const { rows } = await hub.services.database.pool.query<Pick<Run, 'output'>>(
      'SELECT output, metadata FROM runs WHERE id = $1',
      [run.id],
    );
    expect(rows).toEqual([{ output: '', metadata: {} }]);
    expect(await countRows('run_events', 'run_id', run.id)).toBe(0);
    for (const [table, column] of [
      ['conversations', 'user_id'],
      ['files', 'owner_id'],
      ['api_keys', 'user_id'],
      ['triggers', 'owner_id'],
      ['datasets', 'owner_id'],
      ['saved_queries', 'owner_id'],
      ['dashboards', 'owner_id'],
      ['sessions', 'user_id'],
    ] as const) {
      expect([table, await countRows(table, column, person.actor.userId)]).toEqual([table, 0]);
    }
  });

  test('takes shared agents down where nobody is to have them', async () => {
    const { person, shared } = await settle('Cyd');
    expect((await remove(person, takeDown)).statusCode).toBe(204);
    expect((await ask(member, { url: `/api/hub/agents/${shared.handle}` })).status).toBe(404);
    expect((await remove(person, takeDown)).statusCode).toBe(404);
  });

  test('is refused for oneself, by others than administrators, and to people who own no agents', async () => {
    const { person } = await settle('Dee');
    expect((await remove(boss, takeDown)).json()).toMatchObject({ status: 409, code: 'conflict' });
    expect((await remove(person, takeDown, heir)).statusCode).toBe(403);
    for (const to of [member.actor.userId, person.actor.userId, 'nobody']) {
      const refused = await remove(person, { outcome: 'hand-over', to });
      expect([refused.statusCode, readIssuePaths(refused)]).toEqual([400, ['body.sharedAgents.to']]);
    }
    expect((await person.inject({ url: '/api/agents' })).statusCode).toBe(200);
  });

  test('of two administrators who remove each other one stays', async () => {
    const other = await hub.createPerson({ role: 'administrator' });
    const answers = await Promise.all([remove(other, takeDown), remove(boss, takeDown, other)]);
    const codes = answers.map(({ statusCode }) => statusCode).sort();
    expect(codes[0]).toBe(204);
    expect([401, 403, 409]).toContain(codes[1]);
    if (answers[1]?.statusCode === 204) boss = other;
  });
});

describe('closing one’s own account', () => {
  const close = (person: TestPerson, password: string) =>
    person.inject({ method: 'POST', url: '/api/profile/removal', payload: { password } });

  test('asks for the password, and then nothing of the person is left', async () => {
    const { person, shared } = await settle('Eve');
    const wrong = await close(person, 'not the password');
    expect([wrong.statusCode, readIssuePaths(wrong)]).toEqual([400, ['body.password']]);
    const closed = await close(person, person.password);
    expect(closed.statusCode).toBe(204);
    expect(String(closed.headers['set-cookie'])).toContain('Max-Age=0');
    expect((await person.inject({ url: '/api/agents' })).statusCode).toBe(401);
    expect((await ask(member, { url: `/api/hub/agents/${shared.handle}` })).status).toBe(404);
    expect(await countRows('users', 'id', person.actor.userId)).toBe(0);
  });

  test('is refused to the last administrator, who stays signed in', async () => {
    expect((await close(boss, boss.password)).json()).toMatchObject({ status: 409, code: 'conflict' });
    expect((await boss.inject({ url: '/api/people' })).statusCode).toBe(200);
  });
});

test('what a run stored late, in a process that did not answer, is emptied', async () => {
  const { person, run } = await settle('Fay');
  await remove(person, handOver());
  const { pool } = hub.services.database;
  await pool.query(`UPDATE runs SET output = 'late words' WHERE id = $1`, [run.id]);
  await hub.services.removals.emptyLateRuns(new Date(Date.now() - 60_000));
  expect((await pool.query('SELECT output FROM runs WHERE id = $1', [run.id])).rows).toEqual([{ output: '' }]);
});
