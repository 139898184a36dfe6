import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createAgent, patchDraft, publish } from '#test/support/agent-requests.ts';
import { createRunAgent, type Engine, startEngine, startRun } from '#test/support/run-engine.ts';

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine();
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

describe('a version', () => {
  let agent: string;
  const asked = () => JSON.stringify(engine.model.requests.at(-1)?.body['messages']);
  beforeAll(async () => {
    const definition = { model: { wishes: ['openai/test-model'] }, instructions: 'First edition.' };
    const access = { visibility: 'hub' };
    agent = (await createAgent(engine.ada, { name: 'Editions', definition: { ...definition, access } })).handle;
    await publish(engine.ada, agent);
    await patchDraft(engine.ada, agent, { revision: 1, changes: { instructions: 'Second edition.' } });
    await publish(engine.ada, agent);
    await patchDraft(engine.ada, agent, { revision: 2, changes: { instructions: 'Draft edition.' } });
  });

  test.each([
    [1, 1, 'First'],
    [2, 2, 'Second'],
    [undefined, 2, 'Second'],
    ['draft', null, 'Draft'],
  ])('%s answers when it is asked for', async (version, shown, edition) => {
    engine.model.script({ text: 'Yes.' });
    const { run } = await startRun(engine.ada, agent, { input: 'Go', ...(version === undefined ? {} : { version }) });
    expect(run.version).toBe(shown);
    expect(asked()).toContain(`${edition} edition.`);
  });

  test('stays as it was for a person who may not edit the agent', async () => {
    const bo = await engine.hub.createPerson();
    engine.model.script({ text: 'Yes.' });
    const { run } = await startRun(bo, agent, { input: 'Go' });
    expect(run.version).toBe(2);
    expect((await startRun(bo, agent, { input: 'Go', version: 'draft' })).status).toBe(403);
  });

  test.each([3, 2_147_483_648])('%s that was never published is not found', async (version) => {
    const { status, run } = await startRun(engine.ada, agent, { input: 'Go', version, stream: true });
    expect([status, run.code]).toEqual([404, 'not_found']);
  });

  test('is not part of the handle here', async () => {
    expect((await startRun(engine.ada, `${agent}@1`, { input: 'Go' })).status).toBe(404);
  });
});

describe('a run', () => {
  test('is refused before its first byte when none of its models is connected', async () => {
    const agent = await createRunAgent(engine.ada, { model: { wishes: ['nowhere/model', 'gone/model'] } });
    const { status, run } = await startRun(engine.ada, agent, { input: 'Go', stream: true });
    expect([status, run.code]).toEqual([502, 'model_unavailable']);
    expect(run.detail).toContain('nowhere/model');
    const list = await engine.ada.inject({ url: `/api/conversations?agent=${agent}` });
    expect(list.json()).toMatchObject({ items: [] });
  });

  test('uses the first wish that is connected', async () => {
    const agent = await createRunAgent(engine.ada, { model: { wishes: ['nowhere/model', 'anthropic/test-model'] } });
    engine.model.script({ text: 'Yes.' });
    const { run } = await startRun(engine.ada, agent, { input: 'Go' });
    expect(run.model).toBe('anthropic/test-model');
  });

  test('brings its metadata back, wherever it is read', async () => {
    const agent = await createRunAgent(engine.ada);
    const metadata = { order: '4711', note: 'Grüße 🚀 "x"', empty: '' };
    engine.model.script({ text: 'Yes.' });
    const { run } = await startRun(engine.ada, agent, { input: 'Go', metadata });
    expect(run.metadata).toEqual(metadata);
    expect((await engine.ada.inject({ url: `/api/runs/${run.id}` })).json()).toMatchObject({ metadata });
  });
});
