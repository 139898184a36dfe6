import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StoredFile } from '#server/contract/file.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';

let hub: TestApp;
let ada: TestPerson;
let bob: TestPerson;
const boundary = 'x-boundary';

const upload = (person: TestPerson, name: string, mediaType: string, bytes: Buffer) =>
  person.inject({
    method: 'POST',
    url: '/api/files',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${mediaType}\r\n\r\n`,
      ),
      bytes,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  });

beforeAll(async () => {
  hub = await buildTestApp();
  ada = await hub.createPerson();
  bob = await hub.createPerson();
});
afterAll(() => hub.close());

describe('a file', () => {
  test('is stored and given back to its person as it was', async () => {
    const bytes = Buffer.from('a,b\n1,2\n');
    const stored = (await upload(ada, 'table.csv', 'text/csv', bytes)).json<StoredFile>();
    expect(stored).toMatchObject({ name: 'table.csv', mediaType: 'text/csv', size: bytes.length });
    const read = await ada.inject({ method: 'GET', url: `/api/files/${stored.id}` });
    expect(read.rawPayload.equals(bytes)).toBe(true);
    expect(read.headers['content-disposition']).toContain('attachment');
  });

  test('of HTML is never served as HTML, and runs nothing', async () => {
    const page = Buffer.from('<!doctype html><script>alert(1)</script>');
    const stored = (await upload(ada, '../../evil.html', 'text/html', page)).json<StoredFile>();
    expect(stored).toMatchObject({ name: 'evil.html', mediaType: 'text/plain' });
    const { headers } = await ada.inject({ method: 'GET', url: `/api/files/${stored.id}` });
    expect(headers['content-type']).toMatch(/^text\/plain/);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test('that is a picture with a script in it shows the picture and runs nothing', async () => {
    const picture = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    const stored = (await upload(ada, 'a.svg', 'image/svg+xml', picture)).json<StoredFile>();
    const { headers } = await ada.inject({ method: 'GET', url: `/api/files/${stored.id}` });
    expect(headers['content-security-policy']).toBe("default-src 'none'; style-src 'unsafe-inline'; sandbox");
  });

  test.each([
    ['a header’s signs', `it's; (a) "b"*.txt`, `it's; (a) b*.txt`],
    ['another line', 'a\r\nSet-Cookie: x=1', undefined],
    ['a sign that the limit cuts in two', `${'x'.repeat(10)}😀${'y'.repeat(199)}`, 'y'.repeat(199)],
  ])('with %s in its name has a header of one value', async (_what, name, expected) => {
    const person = ada.actor.userId;
    const file = { name, mediaType: 'text/plain', content: Buffer.from('x') };
    const stored = await hub.services.files.storeOwn(person, file);
    if (expected !== undefined) expect(stored.name).toBe(expected);
    const { statusCode, headers } = await ada.inject({ method: 'GET', url: `/api/files/${stored.id}` });
    expect(statusCode).toBe(200);
    expect(headers['set-cookie']).toBeUndefined();
    const [, written = ''] =
      /^attachment; filename\*=UTF-8''([\w.!~%-]+)$/.exec(String(headers['content-disposition'])) ?? [];
    expect(decodeURIComponent(written)).toBe(stored.name);
  });

  test('is not taken from the page of another site', async () => {
    const { cookie } = ada;
    const headers = {
      cookie,
      origin: 'https://evil.example',
      'content-type': `multipart/form-data; boundary=${boundary}`,
    };
    const payload = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nx\r\n--${boundary}--\r\n`;
    const answer = await hub.app.inject({ method: 'POST', url: '/api/files', headers, payload });
    expect(answer.json()).toMatchObject({ status: 403, code: 'forbidden' });
  });

  test('over 25 MB is refused whole, with the limit', async () => {
    const answer = await upload(ada, 'big.bin', 'application/octet-stream', Buffer.alloc(25 * 1024 * 1024 + 1));
    expect(answer.statusCode).toBe(413);
    expect(answer.json<{ detail: string }>().detail).toMatch(/25|26/);
  });

  test('does not exist for anyone else', async () => {
    const stored = (await upload(ada, 'mine.txt', 'text/plain', Buffer.from('mine'))).json<StoredFile>();
    expect((await bob.inject({ method: 'GET', url: `/api/files/${stored.id}` })).statusCode).toBe(404);
    expect((await hub.app.inject({ method: 'GET', url: `/api/files/${stored.id}` })).statusCode).toBe(401);
  });

  test('that does not come as a form is refused as such', async () => {
    const answer = await ada.inject({ method: 'POST', url: '/api/files', payload: {} });
    expect([answer.statusCode, answer.json<{ detail: string }>().detail]).toEqual([
      415,
      'This route takes a form; send multipart/form-data.',
    ]);
  });

  test('that is missing from the form is named', async () => {
    const answer = await ada.inject({
      method: 'POST',
      url: '/api/files',
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      payload: `--${boundary}--\r\n`,
    });
    expect(answer.statusCode).toBe(400);
  });
});
