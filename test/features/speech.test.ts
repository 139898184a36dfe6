import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '#server/contract/problem.ts';
import type { SpeechModels, Transcription } from '#server/contract/speech.ts';
import type { UsageReport } from '#server/contract/usage-report.ts';
import { ask, toUpload } from '#test/support/agent-requests.ts';
import type { TestPerson } from '#test/support/build-test-app.ts';
import { type Engine, providerKey, startEngine } from '#test/support/run-engine.ts';
import { scriptedSound } from '#test/support/scripted-model/create-scripted-model.ts';

let engine: Engine;
let administrator: TestPerson;
let ada: TestPerson;

const speak = (payload: object, person = ada) => person.inject({ method: 'POST', url: '/api/speech', payload });
const transcribe = (bytes = Buffer.from('sound'), mediaType = 'audio/webm;codecs=opus') =>
  ask<Transcription & Problem>(ada, {
    method: 'POST',
    url: '/api/transcriptions',
    ...toUpload(bytes, { name: 'speech', mediaType }),
  });
const choose = (payload: object, person = administrator) =>
  ask<SpeechModels & Problem>(person, { method: 'PUT', url: '/api/speech/models', payload });
const models = { speech: 'openai/gpt-4o-mini-tts', voice: 'coral', transcription: 'openai/gpt-4o-transcribe' };

beforeAll(async () => {
  engine = await startEngine();
  administrator = await engine.hub.createPerson({ role: 'administrator' });
  ada = await engine.hub.createPerson();
});
afterAll(() => engine.close());

describe('speech', () => {
  test('is the browsers’ business until an administrator chooses models', async () => {
    const { body } = await ask<SpeechModels>(ada, { url: '/api/speech/models' });
    expect(body).toEqual({ speech: null, voice: 'alloy', transcription: null });
    const refused = await speak({ text: 'Hello.' });
    expect([refused.statusCode, refused.json<Problem>().code]).toEqual([409, 'tool_unavailable']);
    expect((await transcribe()).body.code).toBe('tool_unavailable');
  });

  test('is chosen by administrators only, at a connection that speaks OpenAI’s audio API', async () => {
    expect((await choose(models, ada)).status).toBe(403);
    expect((await choose({ ...models, speech: 'anthropic/test-model' })).body.errors?.[0]?.path).toBe('body.speech');
    const wrong = await choose({ ...models, transcription: 'nowhere/model' });
    expect([wrong.status, wrong.body.errors?.[0]?.path]).toEqual([400, 'body.transcription']);
    expect(await choose(models)).toMatchObject({ status: 200, body: models });
    expect((await administrator.inject({ url: '/api/audit' })).body).toContain('speech-models');
  });

  test('is the browsers’ business again where the connection of a model is gone', async () => {
    const payload = { name: 'sound', provider: 'openai', baseUrl: engine.model.url, apiKey: 'none' };
    const made = await ask<{ id: string }>(administrator, { method: 'POST', url: '/api/connections', payload });
    expect(made.status).toBe(201);
    await choose({ ...models, speech: `${made.body.id}/voice` });
    await administrator.inject({ method: 'DELETE', url: `/api/connections/${made.body.id}` });
    const { body } = await ask<SpeechModels>(ada, { url: '/api/speech/models' });
    expect(body).toEqual({ ...models, speech: null });
    await choose(models);
  });

  test('reads a text aloud in the chosen voice', async () => {
    const answer = await speak({ text: 'Hello.' });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'audio/mpeg']);
    expect(answer.rawPayload).toEqual(scriptedSound);
    const sent = engine.model.requests.at(-1);
    expect(sent).toMatchObject({
      path: '/v1/audio/speech',
      headers: { authorization: `Bearer ${providerKey}` },
      body: { model: 'gpt-4o-mini-tts', input: 'Hello.', voice: 'coral', response_format: 'mp3' },
    });
    expect((await speak({ text: ' ' })).statusCode).toBe(400);
    expect((await speak({ text: 'x'.repeat(4097) })).statusCode).toBe(400);
  });

  test('writes down a recording, and refuses what is none', async () => {
    expect(await transcribe()).toMatchObject({ status: 200, body: { text: 'What I said.' } });
    expect(engine.model.requests.at(-1)?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect((await transcribe(Buffer.from('x'), 'text/html')).status).toBe(415);
    expect((await transcribe(Buffer.alloc(10 * 1024 * 1024 + 1))).status).toBe(413);
    expect((await ask(ada, { method: 'POST', url: '/api/transcriptions', payload: {} })).status).toBe(415);
  });

  const usageOf = async (person: TestPerson, tool: string) => {
    const { body } = await ask<UsageReport>(person, { url: '/api/usage?groupBy=model' });
    return body.rows.find(({ group }) => group === `tool: ${tool}`);
  };

  test('costs what it is priced by: characters, minutes of sound, or tokens', async () => {
    ada = await engine.hub.createPerson();
    await choose({ ...models, speech: 'openai/tts-1', transcription: 'openai/whisper-1' });
    await speak({ text: '你好 🎧!' });
    // Five characters at $15 a million.
    expect((await usageOf(ada, 'speech'))?.costUsd).toBeCloseTo(0.000075, 9);
    await transcribe();
    // A minute and a half at $0.006.
    expect((await usageOf(ada, 'transcription'))?.costUsd).toBeCloseTo(0.009, 9);
    await choose({ ...models, transcription: 'openai/gpt-4o-mini-transcribe' });
    await speak({ text: 'Hello.' });
    // A hundred frames of 1,152 samples at 44.1 kHz, at $0.015 a minute.
    expect((await usageOf(ada, 'speech'))?.costUsd).toBeCloseTo(0.000075 + (115_200 / 44_100 / 60) * 0.015, 9);
    await transcribe();
    // 100 tokens of sound at $3 a million, and 20 of text at $5.
    expect((await usageOf(ada, 'transcription'))?.costUsd).toBeCloseTo(0.0094, 9);
    await choose(models);
  });

  test('of a person or a key whose money is spent is refused before the endpoint is asked', async () => {
    const put = (url: string, payload: object) => ask(administrator, { method: 'PUT', url, payload });
    await put('/api/models/prices', {
      model: 'gpt-4o-mini-tts',
      inputUsd: 1000,
      outputUsd: null,
      cachedInputUsd: null,
      unit: 'characters',
    });
    ada = await engine.hub.createPerson();
    const made = await ask<{ key: string }>(ada, {
      method: 'POST',
      url: '/api/keys',
      payload: { name: 'Reader', scopes: ['runs:write'], budget: { maximumUsd: 0.005 } },
    });
    const speakByKey = () =>
      engine.hub.app.inject({
        method: 'POST',
        url: '/api/speech',
        payload: { text: 'Hello.' },
        headers: { authorization: `Bearer ${made.body.key}` },
      });
    // Six characters at a tenth of a cent each.
    expect((await speakByKey()).statusCode).toBe(200);
    expect((await speakByKey()).statusCode).toBe(402);
    expect((await speak({ text: 'Hello.' })).statusCode).toBe(200);
    await put(`/api/budgets/people/${ada.actor.userId}`, { budget: { maximumUsd: 0.01 } });
    const asked = engine.model.requests.length;
    const refused = await speak({ text: 'Hello.' });
    expect([refused.statusCode, refused.json<Problem>().code]).toEqual([402, 'budget_exceeded']);
    expect(engine.model.requests).toHaveLength(asked);
    await ask(administrator, { method: 'DELETE', url: '/api/models/prices/gpt-4o-mini-tts' });
  });

  test('counts as usage: its tokens where they are told, and a cost that is not known as such', async () => {
    const price = { model: 'gpt-4o-transcribe', inputUsd: 10, outputUsd: 100, cachedInputUsd: null };
    await ask(administrator, { method: 'PUT', url: '/api/models/prices', payload: price });
    ada = await engine.hub.createPerson();
    await choose({ ...models, speech: 'openai/unheard-of' });
    await speak({ text: 'Hello.' });
    await transcribe();
    const { body } = await ask<UsageReport>(ada, { url: '/api/usage?groupBy=model' });
    expect(body.rows).toContainEqual(
      expect.objectContaining({ group: 'tool: speech', runs: 1, runsWithUnknownCost: 1 }),
    );
    // 100 tokens at $10 a million, and 20 at $100.
    expect(body.rows).toContainEqual(
      expect.objectContaining({ group: 'tool: transcription', runs: 1, costUsd: 0.003 }),
    );
  });

  test('is refused where the budget is spent', async () => {
    await ask(administrator, {
      method: 'PUT',
      url: `/api/budgets/people/${ada.actor.userId}`,
      payload: { budget: { maximumTokens: 1 } },
    });
    expect((await transcribe()).status).toBe(402);
    expect((await speak({ text: 'Hello.' })).statusCode).toBe(402);
  });
});
