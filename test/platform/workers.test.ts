import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDocumentReader } from '#server/platform/documents/document-reader.ts';
import { type ChildHub, createHubPlace, type HubPlace, startChildHub } from '#test/support/child-hub.ts';
import { startLocalServer, type LocalServer } from '#test/support/local-server.ts';
import { bomb, makePagesPdf, showText } from '#test/support/make-pdf.ts';
import { until } from '#test/support/run-engine.ts';
import { createScriptedModel, type ScriptedModel } from '#test/support/scripted-model/create-scripted-model.ts';
import { workersFolder } from '#test/support/prepared-folder.ts';

/** Processes that read documents for another; Linux tells whose they are. */
function findReaders(parent: number | undefined): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && existsSync(`/proc/${name}/cmdline`))
    .filter((name) => readOrNothing(`/proc/${name}/cmdline`).includes('document-worker'))
    .filter((name) => parent === undefined || readOrNothing(`/proc/${name}/stat`).split(' ')[3] === String(parent))
    .map(Number);
}

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

describe.runIf(process.platform === 'linux')('the processes of documents', () => {
  test('are replaced when they were killed, while they rest and while they read', async () => {
    const reader = createDocumentReader({ workerFile: new URL('document-worker.js', workersFolder) });
    const read = (bytes: Uint8Array) => reader.readPdf(bytes, { name: 'paper.pdf', maximumCharacters: 1_000 });
    const hello = makePagesPdf([showText('Hello')]);
    expect(await read(hello)).toMatchObject({ text: 'Hello' });

    const resting = findReaders(process.pid);
    expect(resting).toHaveLength(1);
    for (const reading of resting) process.kill(reading, 'SIGKILL');
    await until(() => resting.every((pid) => !existsSync(`/proc/${pid}`)));
    expect(await read(hello)).toMatchObject({ text: 'Hello' });

    const stuck = read(makePagesPdf([bomb(' ')]));
    for (const reading of findReaders(process.pid)) process.kill(reading, 'SIGKILL');
    await expect(stuck).rejects.toMatchObject({ code: 'payload_too_large' });
    expect(await read(hello)).toMatchObject({ text: 'Hello' });
    await reader.close();
    expect(findReaders(process.pid)).toEqual([]);
  });

  test('lose nothing while others have the processor; only a wait without hope ends, and says that the hub is busy', async () => {
    const workerFile = new URL('document-worker.js', workersFolder);
    const hello = makePagesPdf([showText('Hello')]);
    const readStarved = async (limits: { pdfProcessorMs: number; timeoutMs?: number }, starvedMs: number) => {
      const reader = createDocumentReader({ workerFile, limits });
      const read = (bytes: Uint8Array) => reader.readPdf(bytes, { name: 'paper.pdf', maximumCharacters: 1_000 });
      await read(hello);
      const [resting = 0] = findReaders(process.pid);
      process.kill(resting, 'SIGSTOP');
      const reading = read(hello).catch((thrown: unknown) => thrown);
      await wait(starvedMs);
      if (existsSync(`/proc/${resting}`)) process.kill(resting, 'SIGCONT');
      const answers = [await reading, await read(hello)];
      await reader.close();
      return answers;
    };
    const text = expect.objectContaining({ text: 'Hello' });
    expect(await readStarved({ pdfProcessorMs: 2_000, timeoutMs: 30_000 }, 2_500)).toEqual([text, text]);
    const busy = expect.objectContaining({ code: 'unavailable', message: expect.stringContaining('too busy to read') });
    expect(await readStarved({ pdfProcessorMs: 10_000, timeoutMs: 6_000 }, 6_200)).toEqual([busy, text]);
  }, 60_000);

  describe('of a hub', () => {
    let model: ScriptedModel;
    let site: LocalServer;
    let place: HubPlace;

    beforeAll(async () => {
      model = await createScriptedModel({ models: ['reads'] });
      site = await startLocalServer((_request, response) => {
        response.setHeader('content-type', 'text/html').end('&amp;'.repeat(199_000));
      });
      place = await createHubPlace();
    }, 120_000);
    afterAll(async () => {
      await Promise.all([model.close(), site.close()]);
      place.remove();
    });

    async function startReading(): Promise<ChildHub> {
      const hub = await startChildHub(place, {
        OPENAI_BASE_URL: `${model.url}/v1`,
        OPENAI_API_KEY: 'none',
        HUB_EGRESS_ALLOW: site.entry,
      });
      const definition = { model: { wishes: ['openai/reads'] }, tools: [{ id: 'read-web-page' }] };
      const agent = await hub.request<{ handle: string }>('POST', '/api/agents', { name: 'Reads', definition });
      model.script({ toolCalls: [{ name: 'read-web-page', arguments: { url: site.url } }] });
      hub.stream(agent.handle, { input: 'Read it.' }, () => undefined).catch(() => undefined);
      await until(() => findReaders(hub.child.pid).length === 1);
      return hub;
    }

    test.each(['SIGKILL', 'SIGTERM'] as const)(
      'end with it at %s, in the middle of a page',
      async (signal) => {
        const hub = await startReading();
        const readers = findReaders(hub.child.pid);
        hub.child.kill(signal);
        await hub.ended;
        await until(() => readers.every((pid) => !existsSync(`/proc/${pid}`)));
        await hub.close();
      },
      120_000,
    );
  });
});
