import { afterAll, beforeAll, expect, test } from 'vitest';
import { Problem } from '#server/contract/problem.ts';
import { addKey, addPerson, type SignedInPerson } from '#test/support/hub-people.ts';
import { buildTestApp, type TestApp } from '#test/support/build-test-app.ts';

let hub: TestApp;
let creator: SignedInPerson;

type Request = {
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  remoteAddress?: string;
  payload?: object;
};

async function repeat(times: number, request: Request, asked = hub) {
  const answers = [];
  for (let count = 0; count < times; count += 1) answers.push(await asked.app.inject(request));
  return answers;
}
const statuses = (answers: { statusCode: number }[]) => answers.map(({ statusCode }) => statusCode);

beforeAll(async () => {
  hub = await buildTestApp({
    rateLimit: {
      enabled: true,
      limits: { address: 60, anonymous: 15, person: 12, key: 4, failedSignIns: 3, signIns: 12 },
    },
  });
  creator = await addPerson(hub, 'creator');
});
afterAll(() => hub.close());

test('a key is limited, and told when to come back', async () => {
  const { headers } = await addKey(creator, { scopes: ['runs:write'] });
  const answers = await repeat(5, { url: '/api/session', headers, remoteAddress: '198.51.100.1' });
  expect(statuses(answers)).toEqual([200, 200, 200, 200, 429]);
  const refused = answers[4];
  expect(Problem.parse(refused?.json())).toMatchObject({
    code: 'rate_limited',
    detail: expect.stringContaining('key'),
  });
  expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
});

test('a person is limited over all their keys and addresses, and others are not', async () => {
  const person = await addPerson(hub, 'creator');
  const made = await Promise.all([1, 2, 3, 4].map(() => addKey(person, { scopes: ['runs:write'] })));
  const answers = [];
  for (const [number, { headers }] of made.entries()) {
    answers.push(...(await repeat(3, { url: '/api/session', headers, remoteAddress: `198.51.100.${10 + number}` })));
  }
  expect(statuses(answers).filter((status) => status === 200)).toHaveLength(8);
  const other = await addPerson(hub, 'member');
  const [untouched] = await repeat(1, { url: '/api/session', headers: other.headers, remoteAddress: '198.51.100.20' });
  expect(untouched?.statusCode).toBe(200);
});

test('strangers are limited by address', async () => {
  const answers = await repeat(16, { url: '/api/session', remoteAddress: '198.51.100.30' });
  expect(statuses(answers)).toEqual([...Array<number>(15).fill(200), 429]);
  const [elsewhere] = await repeat(1, { url: '/api/session', remoteAddress: '198.51.100.31' });
  expect(elsewhere?.statusCode).toBe(200);
});

test('addresses of one IPv6 network count as one', async () => {
  const answers = [];
  for (let host = 1; host <= 16; host += 1) {
    answers.push(...(await repeat(1, { url: '/api/session', remoteAddress: `2001:db8::${host}` })));
  }
  expect(answers.at(-1)?.statusCode).toBe(429);
});

test('passwords are guessed ten times a minute at most from one address', async () => {
  const payload = { email: creator.email, password: 'a guess' };
  const answers = await repeat(11, { url: '/api/session', method: 'POST', payload, remoteAddress: '198.51.100.40' });
  expect(answers.at(-1)?.statusCode).toBe(429);
});

test('one account is tried some times only, from however many addresses, and others are not held up', async () => {
  const [target, other] = [await addPerson(hub, 'member'), await addPerson(hub, 'member')];
  const signIn = async (email: string, number: number) => {
    const payload = { email, password: 'a guess' };
    const remoteAddress = `203.0.113.${number}`;
    return hub.app.inject({ url: '/api/session', method: 'POST', payload, remoteAddress });
  };
  // The first try was the person's own, when they were made.
  const answers = [];
  for (let number = 1; number <= 12; number += 1) answers.push(await signIn(target.email.toUpperCase(), number));
  expect(statuses(answers)).toEqual([...Array<number>(11).fill(401), 429]);
  expect(answers.at(-1)?.json()).toMatchObject({ detail: expect.stringContaining('link to a new password') });
  expect((await signIn(other.email, 1)).statusCode).toBe(401);
});

test('the current password is guessed no faster than at sign-in', async () => {
  const { headers } = await addPerson(hub, 'member');
  const payload = { currentPassword: 'a guess', newPassword: 'quite another sentence' };
  const url = '/api/profile/password';
  const answers = await repeat(11, { url, method: 'POST', headers, payload, remoteAddress: '198.51.100.45' });
  expect(statuses(answers)).toEqual([...Array<number>(10).fill(400), 429]);
});

test('keys are guessed a few times only, then even a right one waits', async () => {
  const { headers } = await addKey(await addPerson(hub, 'creator'), { scopes: ['runs:write'] });
  const remoteAddress = '198.51.100.50';
  const guesses = await repeat(4, {
    url: '/api/session',
    headers: { authorization: 'Bearer atr_guess' },
    remoteAddress,
  });
  expect(statuses(guesses)).toEqual([401, 401, 401, 429]);
  expect(statuses(await repeat(1, { url: '/api/session', headers, remoteAddress }))).toEqual([429]);
  expect(statuses(await repeat(1, { url: '/api/session', headers, remoteAddress: '198.51.100.51' }))).toEqual([200]);
});

test('health is never limited', async () => {
  const answers = await repeat(70, { url: '/health/live', remoteAddress: '198.51.100.60' });
  expect(new Set(statuses(answers))).toEqual(new Set([200]));
});

test('a client of OpenAI is limited in the form that it reads', async () => {
  const { headers } = await addKey(await addPerson(hub, 'creator'), { scopes: ['agents:read'] });
  const answers = await repeat(5, { url: '/v1/models', headers, remoteAddress: '198.51.100.250' });
  expect(statuses(answers)).toEqual([200, 200, 200, 200, 429]);
  expect(answers[4]?.json()).toMatchObject({ error: { type: 'rate_limit_error', code: 'rate_limited' } });
  expect(Number(answers[4]?.headers['retry-after'])).toBeGreaterThan(0);
});

test('a link to a shared conversation is looked for sixty times a minute from one address at most', async () => {
  const open = await buildTestApp({ rateLimit: { enabled: true } });
  const count = async (url: string, times: number, remoteAddress: string) => {
    const answers = statuses(await repeat(times, { url, remoteAddress }, open));
    return [404, 429].map((status) => answers.filter((answered) => answered === status).length);
  };
  expect(await count('/api/shares/guessed', 63, '198.51.100.80')).toEqual([60, 3]);
  expect(await count('/api/shares/guessed', 1, '198.51.100.81')).toEqual([1, 0]);
  await open.close();
});
