import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStamp } from '#server/start/stamp.mjs';

let root: string;
const write = (path: string, text: string) => writeFileSync(join(root, path), text);
const read = () =>
  createStamp({
    root,
    name: 'part',
    inputs: ['sources', 'settings.json'],
    outputs: ['made'],
    without: 'sources/aside/',
  });

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'atrium-stamp-'));
  mkdirSync(join(root, 'sources/aside'), { recursive: true });
  write('sources/one.ts', 'one');
  write('settings.json', '{}');
  write('made', '');
  read().remember();
});
afterEach(() => rmSync(root, { recursive: true }));

describe('what was made from some files', () => {
  it('is current while they stay as they were', () => {
    expect(read().isCurrent()).toBe(true);
  });

  it('is current when a file was only touched, as a checkout does', () => {
    utimesSync(join(root, 'sources/one.ts'), new Date(0), new Date(0));
    expect(read().isCurrent()).toBe(true);
    expect(read().isCurrent()).toBe(true);
  });

  it.each([
    ['a file changes', () => write('sources/one.ts', 'two')],
    ['a file is added', () => write('sources/two.ts', 'two')],
    ['a file goes', () => rmSync(join(root, 'sources/one.ts'))],
    ['what was made goes', () => rmSync(join(root, 'made'))],
    ['its making was cut short', () => read().forget()],
  ])('is out of date when %s', (_case, change) => {
    change();
    expect(read().isCurrent()).toBe(false);
  });

  it('does not mind what was left out', () => {
    write('sources/aside/other.ts', 'other');
    expect(read().isCurrent()).toBe(true);
  });
});
