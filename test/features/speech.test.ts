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

  test('counts as usage: its tokens where they are told, and a cost that is not known as such', async () => {
    const price = { model: 'gpt-4o-transcribe', inputUsd: 10, outputUsd: 100, cachedInputUsd: null };
    await ask(administrator, { method: 'PUT', url: '/api/models/prices', payload: price });
    ada = await engine.hub.createPerson();
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
