import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Connection, ConnectionTest, ModelList, PriceRow } from '#server/contract/model.ts';
import { listProviderModels } from '#server/features/models/list-provider-models.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { createScriptedModel, type ScriptedModel } from '#test/support/scripted-model/create-scripted-model.ts';

const secret = 'sk-never-shown-again-123456';
let provider: ScriptedModel;
let hub: TestApp;
let ada: TestPerson;
let bob: TestPerson;

const ask = async <Body>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, payload?: object) => {
  const answer = await ada.inject({ method, url, ...(payload === undefined ? {} : { payload }) });
  return { status: answer.statusCode, text: answer.body, body: (answer.body === '' ? null : answer.json()) as Body };
};
const listModels = async () => (await ask<ModelList>('GET', '/api/models')).body;

beforeAll(async () => {
  provider = await createScriptedModel({ models: ['gpt-5-mini', 'text-embedding-3', 'unheard-of'] });
  hub = await buildTestApp({ variables: { HUB_EGRESS_ALLOW: new URL(provider.url).host } });
  ada = await hub.createPerson();
  bob = await hub.createPerson();
});
afterAll(async () => {
  await provider.close();
  await hub.close();
});

describe('models', () => {
  test('begin with the offline planner alone', async () => {
    const { items, defaultModel } = await listModels();
    expect(items.map(({ reference, kind }) => [reference, kind])).toEqual([['offline/planner', 'planner']]);
    expect(defaultModel).toBe('offline/planner');
  });

  test('of a new connection are listed with prices, and its key is never shown', async () => {
    const made = await ask<Connection>('POST', '/api/connections', {
      name: 'My provider',
      provider: 'openai',
      baseUrl: `${provider.url}/v1`,
      apiKey: secret,
    });
    expect(made).toMatchObject({ status: 201, body: { id: 'my-provider', hasKey: true, origin: 'stored' } });
    const tested = await ask<ConnectionTest>('POST', '/api/connections/my-provider/test');
    expect(tested.body).toMatchObject({ works: true, models: ['gpt-5-mini', 'unheard-of'] });
    const { items, defaultModel } = await listModels();
    expect(items.find(({ name }) => name === 'gpt-5-mini')?.price.inputUsd).toBe(0.25);
    expect(items.find(({ name }) => name === 'unheard-of')?.price.inputUsd).toBeNull();
    expect(defaultModel).toBe('my-provider/gpt-5-mini');
    for (const url of ['/api/connections', '/api/models']) expect((await ask('GET', url)).text).not.toContain(secret);
    expect(made.text + tested.text).not.toContain(secret);
  });

  test('the default is the one that an administrator chose', async () => {
    await ask('PUT', '/api/models/default', { reference: 'offline/planner' });
    expect((await listModels()).defaultModel).toBe('offline/planner');
    expect((await ask('PUT', '/api/models/default', { reference: 'nowhere/model' })).status).toBe(400);
    await ask('PUT', '/api/models/default', { reference: null });
    expect((await listModels()).defaultModel).toBe('my-provider/gpt-5-mini');
  });

  test('a price is edited, and the shipped one comes back', async () => {
    const price = { inputUsd: 1, outputUsd: 2, cachedInputUsd: null };
    expect((await ask('PUT', '/api/models/prices', { model: 'unheard-of', ...price })).status).toBe(204);
    const rows = (await ask<{ items: PriceRow[] }>('GET', '/api/models/prices')).body.items;
    expect(rows.find(({ model }) => model === 'unheard-of')).toMatchObject({
      ...price,
      longPrompt: null,
      edited: true,
    });
    expect((await ask('DELETE', '/api/models/prices/unheard-of')).status).toBe(204);
    expect((await listModels()).items.find(({ name }) => name === 'unheard-of')?.price.inputUsd).toBeNull();
  });

  test('OpenAI itself is asked by its newer API, other servers only where somebody says that they lead there', async () => {
    const make = async (body: object) => {
      const made = await ask<Connection>('POST', '/api/connections', { name: 'One', provider: 'openai', ...body });
      await ask('DELETE', `/api/connections/${made.body.id}`);
      return made.body.api;
    };
    expect(await make({})).toBe('responses');
    expect(await make({ baseUrl: 'https://eu.api.openai.com/v1' })).toBe('responses');
    expect(await make({ baseUrl: 'https://api.openai.com.example.org/v1' })).toBe('chat');
    expect(await make({ baseUrl: 'https://gateway.example.org/v1', api: 'responses' })).toBe('responses');
    expect(await make({ provider: 'mistral', api: 'responses' })).toBeNull();
    const change = (api: string) => ask<Connection>('PATCH', '/api/connections/my-provider', { api });
    expect((await change('responses')).body.api).toBe('responses');
    expect((await change('chat')).body.api).toBe('chat');
    expect((await change('other')).status).toBe(400);
  });

  test('a connection that moves to another server needs its key again', async () => {
    const moved = await ask('PATCH', '/api/connections/my-provider', { baseUrl: 'https://elsewhere.example/v1' });
    expect(moved.status).toBe(400);
    expect(moved.text).toContain('body.apiKey');
  });

  test.each(['http://127.0.0.1:9/v1', 'http://169.254.169.254/latest', 'http://[::1]:8000/v1', 'http://10.0.0.1/v1'])(
    'a connection to %s is refused',
    async (baseUrl) => {
      const made = await ask('POST', '/api/connections', { name: 'Inside', provider: 'openai', baseUrl });
      expect([made.status, made.text]).toEqual([400, expect.stringContaining('egress_refused')]);
    },
  );

  test('only administrators connect for everybody, price and choose', async () => {
    for (const [method, url, payload] of [
      ['POST', '/api/connections', { name: 'Mine', provider: 'openai' }],
      ['PATCH', '/api/connections/my-provider', { name: 'Mine' }],
      ['DELETE', '/api/connections/my-provider', {}],
      ['POST', '/api/connections/my-provider/test', {}],
      ['PUT', '/api/models/default', {}],
    ] as const) {
      expect([url, (await bob.inject({ method, url, payload })).statusCode]).toEqual([url, 403]);
      expect((await hub.app.inject({ method, url, payload })).statusCode).toBe(401);
    }
  });
});

test('a provider’s list is read as far as two thousand models, each once', async () => {
  const data = Array.from({ length: 2500 }, (_, place) => ({ id: `m-${Math.max(1, place)}` }));
  const listed = await listProviderModels(
    {
      id: 'endless',
      name: 'Endless',
      provider: 'openai',
      baseUrl: 'https://endless.example/v1',
      api: 'chat',
      apiKey: null,
      origin: 'stored',
      ownerId: null,
      createdAt: null,
      maximumConcurrentCalls: null,
    },
    {
      fetch: async (url) => ({ status: 200, headers: {}, url, bytes: Buffer.from(JSON.stringify({ data })) }),
      timeoutMs: 1000,
      signal: new AbortController().signal,
    },
  );
  expect(listed.map(({ id }) => id)).toEqual(Array.from({ length: 2000 }, (_, place) => `m-${place + 1}`));
});
