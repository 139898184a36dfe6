import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StoredFile } from '#server/contract/file.ts';
import type { Problem } from '#server/contract/problem.ts';
import { toUpload } from '#test/support/agent-requests.ts';
import { createRunAgent, type Engine, startEngine, startRun } from '#test/support/run-engine.ts';

let engine: Engine;
let agent: string;

// "城市,人口\n北京,2189\n" in GB2312.
const chinese = Uint8Array.from([
  ...[0xb3, 0xc7, 0xca, 0xd0, 0x2c, 0xc8, 0xcb, 0xbf, 0xda, 0x0a],
  ...[0xb1, 0xb1, 0xbe, 0xa9, 0x2c, 0x32, 0x31, 0x38, 0x39, 0x0a],
]);

beforeAll(async () => {
  engine = await startEngine();
  agent = await createRunAgent(engine.ada);
});
afterAll(() => engine.close());

const upload = (bytes: Uint8Array, { name = 'table.csv', mediaType = 'text/csv', language = 'en' } = {}) => {
  const { headers, payload } = toUpload(bytes, { name, mediaType });
  const url = '/api/files?for=run';
  return engine.ada.inject({ method: 'POST', url, payload, headers: { ...headers, 'accept-language': language } });
};

async function attach(bytes: Uint8Array, { name = 'table.csv', mediaType = 'text/csv' } = {}) {
  const uploaded = await engine.ada.inject({
    method: 'POST',
    url: '/api/files',
    ...toUpload(bytes, { name, mediaType }),
  });
  const file = uploaded.json<StoredFile>();
  return { file, ...(await startRun(engine.ada, agent, { input: 'Sum up.', files: [file.id] })) };
}

function sentText(): string {
  const messages = engine.model.requests.at(-1)?.body['messages'] as { content: string }[];
  return messages.at(-1)?.content ?? '';
}

describe('an attached text', () => {
  test.each<[string, Uint8Array]>([
    ['UTF-8', Buffer.from('城市,人口\n北京,2189\n')],
    ['UTF-8 with a mark', Buffer.from('\ufeff城市,人口\n北京,2189\n')],
    ['UTF-16, low byte first', Buffer.from('\ufeff城市,人口\n北京,2189\n', 'utf16le')],
    ['UTF-16, high byte first', Buffer.from('\ufeff城市,人口\n北京,2189\n', 'utf16le').swap16()],
  ])('in %s reaches the model as it is', async (_, bytes) => {
    engine.model.script({ text: 'Read.' });
    const { status, file } = await attach(bytes);
    expect([status, file.mediaType]).toEqual([200, 'text/csv']);
    expect(sentText()).toContain(']\n城市,人口\n北京,2189\n');
  });

  test('in GB2312 is read, and the model is told that this is a guess', async () => {
    engine.model.script({ text: 'Read.' });
    expect(await attach(chinese)).toMatchObject({ status: 200, file: { mediaType: 'text/csv' } });
    expect(sentText()).toContain('城市,人口\n北京,2189\n');
    expect(sentText()).toContain('read as GB18030');
  });

  test('that is long is cut, and the model is told so', async () => {
    engine.model.script({ text: 'Read.' });
    expect((await attach(Buffer.from('a'.repeat(300_000)))).status).toBe(200);
    expect(sentText()).toContain(`${'a'.repeat(200_000)}\n\n[The file goes on.`);
    expect(sentText()).not.toContain('a'.repeat(200_001));
  });

  test.each<[string, Uint8Array]>([
    ['Latin-1', Buffer.from('café, naïve, Größe', 'latin1')],
    ['UTF-16 without a mark', Buffer.from('plain words', 'utf16le')],
    ['half a UTF-16 character', Uint8Array.from([0xff, 0xfe, 0x00, 0xd8, 0x20, 0x00])],
    ['Shift JIS', Uint8Array.from([0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea, 0x82, 0xcc, 0x95, 0xb6, 0x8f, 0x91])],
    ['Big5', Uint8Array.from([0xa4, 0xa4, 0xa4, 0xe5, 0xb4, 0xfa, 0xb8, 0xd5, 0xaa, 0xba, 0xa6, 0x72])],
    ['null characters', Uint8Array.from([0x61, 0x00, 0x62])],
  ])('of %s is refused by its name, never read as wrong characters', async (_, bytes) => {
    const { status, run } = await attach(bytes);
    expect([status, run.code]).toEqual([415, 'unsupported_media_type']);
    expect(run.detail).toContain('table.csv');
    expect(run.detail).toContain('UTF-8');
  });

  test('is refused when it is attached, where it is said to be for a run, in the language that is asked', async () => {
    const executable = Uint8Array.from([0x4d, 0x5a, 0x90, 0x00, 0x03, 0x00, 0xff, 0xff]);
    const refused = await upload(executable, { name: 'setup.exe', language: 'zh-CN' });
    expect(refused.statusCode).toBe(415);
    expect(refused.json<Problem>().detail).toContain('无法读取“setup.exe”');
    const damaged = await upload(Buffer.from('%PDF-1.7 nothing'), { name: 'scan.pdf', language: 'zh-CN' });
    expect([damaged.statusCode, damaged.json<Problem>().detail]).toEqual([
      415,
      '无法读取“scan.pdf”：它已损坏，或不是 PDF。',
    ]);
    expect((await upload(chinese)).statusCode).toBe(201);
  });

  test('whose bytes turn wrong after a good beginning is refused too', async () => {
    const bytes = Buffer.concat([Buffer.from('a'.repeat(100_000)), Buffer.from('café', 'latin1')]);
    expect((await attach(bytes)).status).toBe(415);
  });
});
