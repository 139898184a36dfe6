import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { StoredFile } from '#server/contract/file.ts';
import type { Problem } from '#server/contract/problem.ts';
import type { Run } from '#server/contract/run.ts';
import { toUpload } from '#test/support/agent-requests.ts';
import { startLocalServer, type LocalServer } from '#test/support/local-server.ts';
import { makeZip } from '#test/support/make-zip.ts';
import { bomb, makePagesPdf, showText } from '#test/support/make-pdf.ts';
import {
  createRunAgent,
  type Engine,
  eventsOf,
  readEvents,
  send,
  startEngine,
  until,
} from '#test/support/run-engine.ts';

let site: LocalServer;
let engine: Engine;
let agent: string;

const megabyte = Buffer.alloc(1_000_000, 'a');
// Many marks that are escaped one by one: the time grows with the square of their number.
const endlessPage = '&amp;'.repeat(199_000);

beforeAll(async () => {
  site = await startLocalServer((request, response) => {
    response.setHeader('content-type', 'text/html');
    if (request.url === '/large') {
      const write = (): unknown => response.write(megabyte, (error) => (error ? undefined : write()));
      return void write();
    }
    response.end(request.url === '/endless' ? endlessPage : '<p>Hello from the page');
  });
  engine = await startEngine({
    variables: { HUB_EGRESS_ALLOW: site.entry },
    // Pages that have no end are ended sooner than usual. A PDF has time: its bombs end at the memory, and a long one is
    // read at a low priority beside everything else that the machine does.
    documentLimits: { pdfProcessorMs: 60_000, pageProcessorMs: 2500, memoryMb: 192 },
  });
  agent = await createRunAgent(engine.ada, { tools: [{ id: 'read-web-page' }] });
});
afterAll(async () => {
  await engine.close();
  await site.close();
});
afterEach(() => engine.model.assertUsedUp());

async function upload(bytes: Uint8Array): Promise<string> {
  const file = toUpload(bytes, { name: 'paper.pdf', mediaType: 'application/pdf' });
  return (await engine.ada.inject({ method: 'POST', url: '/api/files', ...file })).json<StoredFile>().id;
}

const runWith = (body: object) => send(engine, `/api/agents/${agent}/runs`, { body });
const readPage = (path: string) => ({ name: 'read-web-page', arguments: { url: `${site.url}${path}` } });

const toolSteps = ({ steps }: Run) => steps.filter(({ kind }) => kind === 'tool');

/** How often the hub says that it lives, one request after another, before something has ended. */
async function countSignsOfLife(working: Promise<unknown>): Promise<number> {
  let isOver = false;
  let count = 0;
  const ending = working.finally(() => (isOver = true));
  for (;;) {
    const { status } = await fetch(`${engine.url}/health/live`);
    expect(status).toBe(200);
    if (isOver) break;
    count += 1;
    // As people ask: without a rest, the asking takes a processor from what is read.
    await wait(5);
  }
  await ending;
  return count;
}

describe('while a hostile document is read, the hub answers', () => {
  test('beside a PDF that inflates to gigabytes', async () => {
    const files = [await upload(makePagesPdf([bomb(' ')]))];
    const running = runWith({ input: 'Read this.', files });
    expect(await countSignsOfLife(running)).toBeGreaterThan(20);
    const answer = await running;
    const problem = (await answer.json()) as Problem;
    expect([answer.status, problem.code]).toEqual([413, 'payload_too_large']);
    expect(problem.detail).toMatch(/"paper.pdf" cannot be read: .*(too much memory|more than)/);
  }, 90_000);

  test('beside a page that never ends, and the run goes on', async () => {
    engine.model.script({ toolCalls: [readPage('/endless')] }, { text: 'It cannot be read.' });
    const running = runWith({ input: 'Read it.' });
    await until(() => site.requests.includes('GET /endless'));
    expect(await countSignsOfLife(running)).toBeGreaterThan(50);
    const run = (await (await running).json()) as Run;
    expect(run).toMatchObject({ status: 'completed', output: 'It cannot be read.' });
    expect(toolSteps(run)).toMatchObject([{ isError: true, output: { code: 'payload_too_large' } }]);
  }, 90_000);

  test('beside a package of keys without end, and names what is too much', async () => {
    const manifest = Array.from({ length: 150_000 }, (_, number) => `key${number}: 1`).join('\n');
    const { payload, headers } = toUpload(
      await makeZip([
        { path: 'agent.yaml', content: manifest },
        { path: 'prompt.md', content: 'Hello' },
      ]),
    );
    const key = await engine.ada.createKey(['agents:write']);
    const importing = fetch(`${engine.url}/api/agents/import`, {
      method: 'POST',
      headers: { ...headers, authorization: `Bearer ${key.key}` },
      body: new Uint8Array(payload),
    });
    expect(await countSignsOfLife(importing)).toBeGreaterThan(50);
    const problem = (await (await importing).json()) as Problem;
    expect(problem).toMatchObject({
      code: 'package_invalid',
      errors: [{ path: 'file', message: expect.stringMatching(/too much (work|memory)/) }],
    });
  }, 90_000);
});

test('a run that is cancelled does not wait for the page that it reads', async () => {
  engine.model.script({ toolCalls: [readPage('/endless')] });
  const response = await send(engine, `/api/agents/${agent}/runs`, { body: { input: 'Read it.', stream: true } });
  const id = response.headers.get('x-run-id') ?? '';
  const reading = readEvents(response);
  await until(() => site.requests.filter((request) => request === 'GET /endless').length === 2);
  const cancelled = (await (await send(engine, `/api/runs/${id}/cancel`, { method: 'POST' })).json()) as Run;
  expect(cancelled.status).toBe('cancelled');
  expect(eventsOf(await reading, 'tool-result')).toEqual([]);
});

test('a PDF of text reaches the model as text, with what was left out', async () => {
  engine.model.script({ text: 'Read.' });
  const pages = makePagesPdf([showText('Numbers of the year')], { pages: 1_100 });
  const answer = await runWith({ input: 'Sum up.', files: [await upload(pages)] });
  expect(answer.status).toBe(200);
  const sent = JSON.stringify(engine.model.requests.at(-1)?.body['messages']);
  expect(sent).toContain('Numbers of the year');
  expect(sent).toMatch(/first \d+ of 1100 pages/);
  expect(sent).toContain('Sum up.');
}, 90_000);

test('a tool result that has no end stops at its cap, and its sender too', async () => {
  engine.model.script({ toolCalls: [readPage('/large')] }, { text: 'Too large.' });
  const run = (await (await runWith({ input: 'Read it.' })).json()) as Run;
  expect(toolSteps(run)).toMatchObject([{ isError: true, output: { code: 'payload_too_large' } }]);
  await until(() => site.openConnections() === 0);
  expect(site.sentBytes()).toBeLessThan(50_000_000);
});
