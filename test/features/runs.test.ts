import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '#server/contract/run.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { createScriptedModel } from '#test/support/scripted-model/create-scripted-model.ts';

type ScriptedModel = Awaited<ReturnType<typeof createScriptedModel>>;

let model: ScriptedModel;
let hub: TestApp;
let ada: TestPerson;
let agent: string;

const start = (payload: object, person = ada, handle = agent) =>
  person.inject({ method: 'POST', url: `/api/agents/${handle}/runs`, payload });

beforeAll(async () => {
  model = await createScriptedModel({ models: ['test-model'] });
  hub = await buildTestApp({ variables: { OPENAI_BASE_URL: `${model.url}/v1`, OPENAI_API_KEY: 'sk-test' } });
  ada = await hub.createPerson();
  const made = await ada.inject({
    method: 'POST',
    url: '/api/agents',
    payload: {
      name: 'Helper',
      definition: { model: { wishes: ['openai/test-model'] }, tools: [{ id: 'calculator' }] },
    },
  });
  agent = made.json<{ handle: string }>().handle;
});
afterAll(async () => {
  model.assertUsedUp();
  await model.close();
  await hub.close();
});

describe('a run', () => {
  test('is answered whole, with what it did and what it cost', async () => {
    model.script({ text: ['Hel', 'lo'], usage: { inputTokens: 10, outputTokens: 2 } });
    const answer = await start({ input: 'Hi' });
    expect(answer.statusCode).toBe(200);
    const run = answer.json<Run>();
    expect(run).toMatchObject({
      status: 'completed',
      agent,
      version: null,
      output: 'Hello',
      finishReason: 'stop',
      usage: { inputTokens: 10, outputTokens: 2 },
      costUsd: null,
    });
    const again = await ada.inject({ method: 'GET', url: `/api/runs/${run.id}` });
    expect(again.json()).toEqual(run);
  });
});
