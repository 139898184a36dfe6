import fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { errorHandler } from '#server/http/error-handler.ts';
import { untilLeft } from '#server/until-left.ts';

type Line = { level: number; msg: string };

const errorLevel = 50;
const lines: Line[] = [];
let begin: () => void;
const begun = new Promise<void>((resolve) => {
  begin = resolve;
});
const app = fastify({
  logger: { level: 'debug', stream: { write: (line) => void lines.push(JSON.parse(line) as Line) } },
});
let url: string;

beforeAll(async () => {
  await app.register(errorHandler);
  app.get('/waits', (_request, reply) => {
    const left = untilLeft(reply.raw);
    begin();
    return new Promise((_resolve, reject) => left.addEventListener('abort', () => reject(left.reason as Error)));
  });
  app.get('/aborts', () => Promise.reject(new DOMException('Stopped by something else', 'AbortError')));
  url = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => app.close());

test('work that ends because its reader left is no failure of the hub', async () => {
  const leaving = new AbortController();
  const answer = fetch(`${url}/waits`, { signal: leaving.signal });
  await begun;
  leaving.abort();
  await expect(answer).rejects.toThrow();
  await expect.poll(() => lines.map(({ msg }) => msg)).toContain('the reader left before the answer');
  expect(lines.filter(({ level }) => level >= errorLevel)).toEqual([]);
});

test('an abort of another kind is a failure that is logged, while its reader waits', async () => {
  const { status } = await fetch(`${url}/aborts`);
  expect(status).toBe(500);
  expect(lines.filter(({ level }) => level >= errorLevel).map(({ msg }) => msg)).toEqual([
    'a request failed without an expected reason',
  ]);
});
