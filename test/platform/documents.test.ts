import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { createDocumentReader } from '#server/platform/documents/document-reader.ts';
import { bomb, deflated, makePagesPdf, makeObjectsPdf, showText } from '#test/support/make-pdf.ts';
import { workersFolder } from '#test/support/prepared-folder.ts';

const workerFile = new URL('document-worker.js', workersFolder);
const reader = createDocumentReader({ workerFile, limits: { memoryMb: 192 } });
const opened: { close: () => Promise<void> }[] = [];
const open = (limits: { pdfProcessorMs?: number; pageProcessorMs?: number; timeoutMs?: number }) => {
  const another = createDocumentReader({ workerFile, limits });
  opened.push(another);
  return another;
};
const limits = { name: 'paper.pdf', maximumCharacters: 200_000 };
const hello = makePagesPdf([showText('Hello'), showText('World')]);
const helloText = { text: 'Hello\n\nWorld', pages: 2, pagesRead: 2, cut: false };

/** A page that draws a form, which draws another twice, and so on. */
function makeFormsPdf(depth: number): Buffer {
  const forms = Array.from({ length: depth }, (_, level) => {
    const next = `/Resources << /XObject << /X ${5 + ((level + 1) % depth)} 0 R >> >>`;
    return deflated('/X Do /X Do', `/Type /XObject /Subtype /Form /BBox [0 0 9 9] ${next}`);
  });
  return makeObjectsPdf([
    { value: '<< /Type /Catalog /Pages 2 0 R >>' },
    { value: '<< /Type /Pages /Count 1 /Kids [3 0 R] >>' },
    {
      value:
        '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> /Contents 4 0 R >>',
    },
    deflated('/X Do'),
    ...forms,
  ]);
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ close }) => close()));
});
afterAll(() => reader.close());

describe('a PDF', () => {
  test('is read page after page', async () => {
    expect(await reader.readPdf(hello, limits)).toEqual(helloText);
  });

  test('of 10,000 pages is read as far as is sensible, and says so', async () => {
    const read = await reader.readPdf(makePagesPdf([showText('Page')], { pages: 10_000 }), limits);
    expect(read).toMatchObject({ pages: 10_000, cut: true });
    expect(read.pagesRead).toBeLessThanOrEqual(1_000);
    expect(read.text.split('\n\n')).toHaveLength(read.pagesRead);
  }, 60_000);

  test('is read until there are enough characters', async () => {
    const many = makePagesPdf([showText('a'.repeat(60))], { pages: 10 });
    const read = await reader.readPdf(many, { ...limits, maximumCharacters: 100 });
    expect(read).toMatchObject({ pagesRead: 2, cut: true });
    expect(read.text).toHaveLength(100);
  });

  test.each<[string, () => Buffer, string, RegExp]>([
    ['with spaces for gigabytes', () => makePagesPdf([bomb(' ')]), 'payload_too_large', /too much memory|more than/],
    [
      'with text for gigabytes',
      () => makePagesPdf([bomb('BT (aa) Tj ET ')]),
      'payload_too_large',
      /too much memory|more than/,
    ],
    ['nested a million deep', () => makePagesPdf([deflated('['.repeat(1e6))]), 'unsupported_media_type', /no text/],
    [
      'whose trailer is nested a million deep',
      () => makePagesPdf([showText('a')], { trailer: `/X ${'['.repeat(1e6)}` }),
      'unsupported_media_type',
      /Maximum call stack|nested/,
    ],
    ['that draws itself for ever', () => makeFormsPdf(1), 'unsupported_media_type', /no text/],
    ['that draws itself in a circle', () => makeFormsPdf(40), 'unsupported_media_type', /no text/],
    [
      'whose pages are a circle',
      () =>
        makeObjectsPdf([
          { value: '<< /Type /Catalog /Pages 2 0 R >>' },
          { value: '<< /Type /Pages /Count 1000000 /Kids [2 0 R 2 0 R] >>' },
        ]),
      'unsupported_media_type',
      /circular/,
    ],
    [
      'with a password',
      () =>
        makePagesPdf([showText('secret')], {
          trailer: `/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'41'.repeat(32)}> /U <${'42'.repeat(32)}> >>`,
        }),
      'unsupported_media_type',
      /protected with a password/,
    ],
    [
      'of pictures',
      () => makePagesPdf([deflated('q BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q')]),
      'unsupported_media_type',
      /no text, perhaps only scanned pages/,
    ],
    ['that is cut off', () => hello.subarray(0, hello.length / 2), 'unsupported_media_type', /damaged/],
    ['that is a name only', () => Buffer.from('%PDF-1.7\n'), 'unsupported_media_type', /damaged/],
    ['of 33 MB', () => Buffer.alloc(33 * 1024 * 1024), 'payload_too_large', /32 MB/],
  ])(
    '%s is refused in words, and the next one is read',
    async (_, make, code, message) => {
      await expect(reader.readPdf(make(), limits)).rejects.toMatchObject({
        code,
        message: expect.stringMatching(message),
      });
      expect(await reader.readPdf(hello, limits)).toEqual(helloText);
    },
    90_000,
  );
});

describe('reading', () => {
  const slow = makePagesPdf([bomb(' ')]);

  test('that takes too long is ended, and the next document is read', async () => {
    const hurried = open({ pdfProcessorMs: 300 });
    await expect(hurried.readPdf(slow, limits)).rejects.toMatchObject({
      code: 'payload_too_large',
      message: expect.stringContaining('more than 0.3 seconds of a processor'),
    });
    expect(await open({}).readPdf(hello, limits)).toEqual(helloText);
  });

  test('goes on beside a document that takes long', async () => {
    const busy = open({});
    const stop = new AbortController();
    const ended: string[] = [];
    const stuck = busy.readPdf(slow, { ...limits, signal: stop.signal }).catch(() => ended.push('slow'));
    await busy.readPdf(hello, limits).then(() => ended.push('hello'));
    stop.abort();
    await stuck;
    expect(ended).toEqual(['hello', 'slow']);
  });

  test('an abort ends the waiting at once, also for a turn, and frees the place', async () => {
    const busy = open({});
    const stop = new AbortController();
    const signal = stop.signal;
    const readings = Array.from({ length: 4 }, () => busy.readPdf(slow, { ...limits, signal }));
    const next = busy.readPdf(hello, limits);
    const reason = new Error('enough');
    stop.abort(reason);
    expect(await Promise.allSettled(readings)).toEqual(readings.map(() => ({ status: 'rejected', reason })));
    await expect(busy.readPdf(hello, { ...limits, signal })).rejects.toBe(reason);
    expect(await next).toEqual(helloText);
  });

  test('more than a few dozen that wait are asked to come later', async () => {
    const busy = open({});
    const readings = Array.from({ length: 67 }, () => busy.readPdf(slow, limits));
    await expect(readings.at(-1)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('too busy'),
    });
    await Promise.all([busy.close(), Promise.allSettled(readings)]);
  });

  test('ends with the hub', async () => {
    const closing = open({});
    const readings = Array.from({ length: 3 }, () => closing.readPdf(slow, limits));
    const settled = Promise.allSettled(readings);
    await closing.close();
    const reason = expect.objectContaining({ code: 'unavailable', message: expect.stringContaining('stopping') });
    expect(await settled).toEqual(readings.map(() => ({ status: 'rejected', reason })));
    await expect(closing.readPdf(hello, limits)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
