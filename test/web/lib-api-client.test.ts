import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { problem, type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { request, toUrl } from '#web/lib/api-client.ts';
import { ApiProblem } from '#web/lib/api-problem.ts';
import { giveAnswers } from '#web/lib/given-answers.ts';
import { putInForce } from '#web/lib/i18n/texts.ts';

const Greeting = z.object({ hello: z.string() });
let hub: ScriptedHub;

beforeEach(async () => {
  hub = await startScriptedHub();
  openAddress(hub.url);
});
afterEach(async () => {
  await closePage();
  await hub.close();
});

async function catchProblem(work: Promise<unknown>): Promise<ApiProblem> {
  const error = await work.then(() => null).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ApiProblem);
  return error as ApiProblem;
}

it('an answer is parsed by its schema', async () => {
  hub.answer('GET /api/greeting', { body: { hello: 'you', more: true } });
  expect(await request({ path: '/api/greeting', schema: Greeting })).toEqual({ hello: 'you' });
});

it('an answer that came with the document is taken once, and only in its language', async () => {
  hub.answer('GET /api/greeting', { body: { hello: 'asked' } });
  const read = () => request({ path: '/api/greeting', query: { of: 'you' }, schema: Greeting });
  const bodies = { '/api/greeting?of=you': { hello: 'given' } };
  giveAnswers({ language: 'zh-CN', bodies: { ...bodies } });
  expect(await read()).toEqual({ hello: 'asked' });
  giveAnswers({ language: 'en', bodies: { ...bodies } });
  expect([await read(), await read()]).toEqual([{ hello: 'given' }, { hello: 'asked' }]);
});

it('a body goes as JSON, and query members without a value are left out', async () => {
  hub.answer('POST /api/greeting', { status: 204 });
  const query = { limit: 5, cursor: null, search: undefined, flag: false };
  await request({ path: '/api/greeting', method: 'POST', body: { name: 'Ada' }, query });
  const [sent] = hub.requests;
  expect(sent?.body).toEqual({ name: 'Ada' });
  expect(sent?.query.toString()).toBe('limit=5&flag=false');
  expect(toUrl('/a', { q: '1 & 2' })).toBe('/a?q=1+%26+2');
});

it('a request asks for the page’s language where the browser asks for another', async () => {
  hub.answer('GET /api/greeting', { body: { hello: 'you' } });
  const askAgain = () => request({ path: '/api/greeting', schema: Greeting });
  await askAgain();
  putInForce('zh-CN');
  await askAgain();
  putInForce('en');
  expect(hub.requests.map(({ headers }) => /zh/.test(headers['accept-language'] ?? ''))).toEqual([false, true]);
});

it('a problem carries its code, its issues and how long to wait', async () => {
  const body = { ...problem(429, 'rate_limited', 'Slow down.'), errors: [{ path: 'body.name', message: 'Too long.' }] };
  hub.answer('GET /api/greeting', { status: 429, headers: { 'retry-after': '7' }, body });
  const { kind, problem: carried, retryAfterSeconds } = await catchProblem(request({ path: '/api/greeting' }));
  expect(kind).toBe('answer');
  expect(carried.code).toBe('rate_limited');
  expect(carried.errors).toEqual([{ path: 'body.name', message: 'Too long.' }]);
  expect(retryAfterSeconds).toBe(7);
});

it('a failure that is no problem, and an answer that does not fit, are unreadable', async () => {
  hub.answer('GET /api/proxy', { status: 502, body: '<html>Bad gateway</html>' });
  hub.answer('GET /api/greeting', { body: { hello: 1 } });
  const fromProxy = await catchProblem(request({ path: '/api/proxy', schema: Greeting }));
  expect([fromProxy.kind, fromProxy.problem.status]).toEqual(['unreadable', 502]);
  expect((await catchProblem(request({ path: '/api/greeting', schema: Greeting }))).kind).toBe('unreadable');
});

it('a hub that is not there is a network problem', async () => {
  const unreachable = () => Promise.reject(new TypeError('Failed to fetch'));
  const { kind, problem: carried } = await catchProblem(request({ path: '/api/greeting', fetch: unreachable }));
  expect([kind, carried.status, carried.code]).toEqual(['network', 0, 'unavailable']);
});

it('an abort is not a problem: it rejects with its own reason', async () => {
  const leaving = new AbortController();
  hub.answer('GET /api/slow', () => {
    leaving.abort(new Error('left'));
    return null;
  });
  await expect(request({ path: '/api/slow', signal: leaving.signal })).rejects.toThrow('left');
});
