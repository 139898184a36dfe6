import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSecrets } from '#server/platform/secrets.ts';

let folder: string;
let file: string;
const readFile = () =>
  JSON.parse(readFileSync(file, 'utf8')) as {
    authSecret: string;
    keys: { id: string; key: string }[];
    currentKeyId: string;
  };
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  file = join(folder, 'data', 'secrets.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the file', () => {
  test('is made at the first start for its owner only, and kept at the second', () => {
    const first = createSecrets({ file });
    expect(first.warnings).toEqual([]);
    expect(modeOf(file)).toBe('600');
    expect(readdirSync(join(folder, 'data'))).toEqual(['secrets.json']);
    expect(Buffer.from(readFile().keys[0]?.key ?? '', 'base64')).toHaveLength(32);
    expect(createSecrets({ file }).authSecret).toBe(first.authSecret);
    expect(createSecrets({ file: join(folder, 'other.json') }).authSecret).not.toBe(first.authSecret);
  });

  test('gives each name a number of its own, which is the same after a restart and another in another hub', () => {
    const { toNumber } = createSecrets({ file });
    expect(toNumber('a')).toMatch(/^[0-9a-f]{16}$/);
    expect(toNumber('b')).not.toBe(toNumber('a'));
    expect(createSecrets({ file }).toNumber('a')).toBe(toNumber('a'));
    expect(createSecrets({ file: join(folder, 'other.json') }).toNumber('a')).not.toBe(toNumber('a'));
  });

  test('that others can read is mended, with a warning', () => {
    createSecrets({ file });
    chmodSync(file, 0o644);
    expect(createSecrets({ file }).warnings).toEqual([expect.stringContaining('mode 644')]);
    expect(modeOf(file)).toBe('600');
    expect(createSecrets({ file }).warnings).toEqual([]);
  });

  test.each([
    ['authSecret', 'change-me-change-me-change-me-change-me'],
    ['authSecret', 'short'],
    ['authSecret', 'a'.repeat(64)],
    ['authSecret', ''],
    ['key', Buffer.alloc(32).toString('base64')],
    ['key', Buffer.alloc(32, 7).toString('base64')],
    ['key', Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString('base64')],
    ['key', Buffer.from('secretsecretsecretsecretsecretse').toString('base64')],
    ['key', randomBytes(16).toString('base64')],
    ['key', randomBytes(33).toString('base64')],
  ])('with a known or weak %s %j is refused', (name, value) => {
    createSecrets({ file });
    const content = readFile();
    if (name === 'authSecret') content.authSecret = value;
    else Object.assign(content.keys[0] ?? {}, { key: value });
    writeFileSync(file, JSON.stringify(content));
    expect(() => createSecrets({ file })).toThrow(name);
  });

  test.each(['', '{"authSecret": "hidden', '{}', '[]'])(
    'that is damaged (%j) is refused, not replaced, and not quoted',
    (text) => {
      createSecrets({ file });
      writeFileSync(file, text);
      expect(() => createSecrets({ file })).toThrow(/^(?!.*hidden).*secrets\.json is not .*backup/);
      expect(readFileSync(file, 'utf8')).toBe(text);
    },
  );

  test('whose current key is missing is refused', () => {
    createSecrets({ file });
    writeFileSync(file, JSON.stringify({ ...readFile(), currentKeyId: 'k_other' }));
    expect(() => createSecrets({ file })).toThrow('currentKeyId');
  });
});

describe('a sealed text', () => {
  const context = 'connection:1:apiKey';

  test.each(['sk-live-1234', '', '秘密 🗝️', 'x'.repeat(100_000)])(
    'opens again (%#), and does not show itself',
    (text) => {
      const secrets = createSecrets({ file });
      const envelope = secrets.seal(text, context);
      expect(createSecrets({ file }).open(envelope, context)).toBe(text);
      if (text !== '') expect(envelope).not.toContain(text);
      expect(secrets.seal(text, context)).not.toBe(envelope);
    },
  );

  test('does not open in another place', () => {
    const secrets = createSecrets({ file });
    expect(() => secrets.open(secrets.seal('text', context), 'connection:2:apiKey')).toThrow('does not open');
  });

  test('does not open when any part of it was changed or cut', () => {
    const secrets = createSecrets({ file });
    const envelope = secrets.seal('text', context);
    const parts = envelope.split('.');
    for (const index of [2, 3]) {
      const bytes = Buffer.from(parts[index] ?? '', 'base64url');
      for (const place of [0, 12, bytes.length - 1]) {
        const changed = Buffer.from(bytes);
        changed[place] = (changed[place] ?? 0) ^ 1;
        expect(() => secrets.open(parts.with(index, changed.toString('base64url')).join('.'), context)).toThrow(
          'does not open',
        );
      }
    }
    expect(() => secrets.open(envelope.slice(0, -8), context)).toThrow('does not open');
    expect(() => secrets.open(parts.with(3, '').join('.'), context)).toThrow('does not open');
    expect(() => secrets.open('plain text', context)).toThrow('damaged');
    expect(() => secrets.open(parts.with(0, 'v9').join('.'), context)).toThrow('damaged');
  });

  test('that another secrets.json sealed names the missing key and what to do', () => {
    const envelope = createSecrets({ file: join(folder, 'other.json') }).seal('text', context);
    const keyId = envelope.split('.')[1] ?? '';
    expect(() => createSecrets({ file }).open(envelope, context)).toThrow(
      new RegExp(`sealed with key ${keyId}, which .*secrets\\.json does not have\\. Put back`),
    );
  });
});

describe('rotation', () => {
  test('adds a key for what is sealed from now on; older envelopes open and can be rewrapped', () => {
    const secrets = createSecrets({ file });
    const before = secrets.seal('text', 'place');
    const { keyId } = secrets.rotate();
    expect(modeOf(file)).toBe('600');
    expect(secrets.seal('text', 'place').split('.')[1]).toBe(keyId);
    const rewrapped = secrets.rewrap(before);
    expect(rewrapped.split('.')[1]).toBe(keyId);
    expect(rewrapped.split('.')[3]).toBe(before.split('.')[3]);

    const content = readFile();
    expect(content.keys).toHaveLength(2);
    writeFileSync(file, JSON.stringify({ ...content, keys: content.keys.filter((key) => key.id === keyId) }));
    const later = createSecrets({ file });
    expect(later.open(rewrapped, 'place')).toBe('text');
    expect(() => later.open(before, 'place')).toThrow('does not have');
  });

  test('by another process reaches one that runs already', () => {
    const running = createSecrets({ file });
    const command = createSecrets({ file });
    command.rotate();
    expect(running.open(command.seal('text', 'place'), 'place')).toBe('text');
    running.rotate();
    expect(readFile().keys).toHaveLength(3);
  });
});
