import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createDocumentReader } from '#server/platform/documents/document-reader.ts';
import { findReaders } from '#test/support/find-readers.ts';
import { bomb, makePagesPdf, showText } from '#test/support/make-pdf.ts';
import { until } from '#test/support/run-engine.ts';
import { workersFolder } from '#test/support/prepared-folder.ts';

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
});
