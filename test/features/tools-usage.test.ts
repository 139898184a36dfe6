import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ModelList } from '#server/contract/model.ts';
import type { ToolCall } from '#server/contract/tool.ts';
import type { UsageReport } from '#server/contract/usage-report.ts';
import { ask } from '#test/support/agent-requests.ts';
import type { TestPerson } from '#test/support/build-test-app.ts';
import { callTool } from '#test/support/hub-toolsets.ts';
import { type Engine, startEngine } from '#test/support/run-engine.ts';

let engine: Engine;
let administrator: TestPerson;
let ada: TestPerson;

beforeAll(async () => {
  engine = await startEngine({ variables: { OPENAI_IMAGE_MODEL: 'painter' } });
  administrator = await engine.hub.createPerson({ role: 'administrator' });
  const price = { model: 'painter', inputUsd: 5, outputUsd: 40, cachedInputUsd: null };
  expect((await ask(administrator, { method: 'PUT', url: '/api/models/prices', payload: price })).status).toBe(204);
});
afterEach(() => engine.model.assertUsedUp());
afterAll(() => engine.close());

const limit = ({ actor }: TestPerson, budget: object) =>
  ask(administrator, { method: 'PUT', url: `/api/budgets/people/${actor.userId}`, payload: { budget } });

const reportBy = async (groupBy: string) =>
  (await ask<UsageReport>(ada, { url: `/api/usage?groupBy=${groupBy}` })).body;

describe('a tool that is called by hand', () => {
  test('counts as usage of its person and key, with its tokens and its cost', async () => {
    ada = await engine.hub.createPerson();
    const { key, id } = await ada.createKey(['agents:write']);
    expect((await callTool(ada, 'generate-image', { prompt: 'A field' })).body.isError).toBe(false);
    const byKey = await engine.hub.injectWithKey(key, {
      method: 'POST',
      url: '/api/tools/call',
      payload: { tool: 'calculator', input: { expression: '6 * 7' } },
    });
    expect(byKey.json<ToolCall>().isError).toBe(false);
    // 1,000 tokens at $5 a million, and 2,000 at $40.
    const image = { group: 'tool: generate-image', runs: 1, costUsd: 0.085, usage: { outputTokens: 2000 } };
    expect((await reportBy('model')).rows).toMatchObject([
      { group: 'tool: calculator', runs: 1, costUsd: 0, runsWithUnknownCost: 0 },
      image,
    ]);
    expect((await reportBy('agent')).rows).toMatchObject([{ group: 'tools', label: 'Tools by hand', runs: 2 }]);
    expect((await reportBy('key')).rows).toContainEqual(expect.objectContaining({ group: id, runs: 1 }));
    const { body } = await ask<{ spent: object }>(ada, { url: '/api/budgets/mine' });
    expect(body.spent).toEqual({ tokens: 3000, costUsd: 0.085 });
  });

  test('draws a picture that an agent may have, at the image model that is listed', async () => {
    ada = await engine.hub.createPerson();
    expect((await ask<ModelList>(ada, { url: '/api/models' })).body.imageModel).toBe('openai/painter');
    const { artifacts } = (await callTool(ada, 'generate-image', { prompt: 'An abacus' })).body;
    const drawn = artifacts.find((artifact) => artifact.kind === 'image');
    const identity = { avatar: { kind: 'file', file: drawn?.thumbnail } };
    const made = await ask(ada, { method: 'POST', url: '/api/agents', payload: { name: 'Counting desk', identity } });
    expect(made.body.avatar).toEqual(identity.avatar);
    const shown = await ada.inject({ url: `/api/agents/${made.body.id}/avatar` });
    expect([shown.statusCode, shown.headers['content-type']]).toEqual([200, 'image/webp']);
  });

  test('is refused where the budget is spent, and counts towards it at once', async () => {
    ada = await engine.hub.createPerson();
    expect((await limit(ada, { maximumUsd: 0.1 })).status).toBeLessThan(300);
    const statuses: number[] = [];
    for (let call = 0; call < 3; call += 1) {
      statuses.push((await callTool(ada, 'generate-image', { prompt: 'A field' })).status);
    }
    expect(statuses).toEqual([200, 200, 402]);
    expect((await reportBy('day')).total.runs).toBe(2);
  });

  test('is refused to a key whose own budget is spent', async () => {
    ada = await engine.hub.createPerson();
    const { key, id } = await ada.createKey(['agents:write']);
    await ask(ada, { method: 'PATCH', url: `/api/keys/${id}`, payload: { budget: { maximumTokens: 1 } } });
    const call = async () =>
      (
        await engine.hub.injectWithKey(key, {
          method: 'POST',
          url: '/api/tools/call',
          payload: { tool: 'generate-image', input: { prompt: 'A field' } },
        })
      ).statusCode;
    expect([await call(), await call()]).toEqual([200, 402]);
  });
});
