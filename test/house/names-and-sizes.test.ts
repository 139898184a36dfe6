import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeFiles, readSource, sourceFiles } from './source-files.ts';

const vague =
  /^(?:index|utils?|helpers?|misc|common|shared|manager|types|constants)$|-(?:utils?|helpers?|misc|common|manager)$/;
const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

const stemOf = (path: string) => basename(path).replace(/(?:\.[a-z]+)*\.[cm]?[jt]sx?$/, '');
const linesOf = (path: string) => readSource(path).split('\n').length - 1;

describe('names', () => {
  it('are kebab-case, in files and folders of code', () => {
    const parts = codeFiles.flatMap((path) =>
      [...path.split('/').slice(0, -1), stemOf(path)].map((part) => ({ path, part })),
    );
    const strange = parts.filter(({ part }) => !kebab.test(part) && !part.startsWith('.')).map(({ path }) => path);
    expect(strange).toEqual([]);
  });

  it('say what a file is about: no index, no utils', () => {
    expect(codeFiles.filter((path) => vague.test(stemOf(path)))).toEqual([]);
  });
});

describe('the hub', () => {
  /** What these do happens before it listens, on the command line, or in a process that is not the hub's; or is one look at a name. */
  const mayWait =
    /^server\/(?:command\/|start\/|platform\/(?:backup|embedded)\/|run-hub\.ts|http\/(?:page-documents|web-assets)\.ts|features\/agents\/shipped-packages\.ts|onchain\/devnet\/(?:create-devnet|devnet-seed)\.ts|platform\/(?:find-folder-trouble|migrate|open-database|secrets-file|sql\/(?:open-locked|spill-folder))\.ts)/;
  const waiting =
    /\b(?:(?:rm|unlink|rmdir|readFile|writeFile|readdir|stat|exists|mkdir|rename|copyFile|open|mkdtemp|exec|execFile|spawn|scrypt|pbkdf2|gzip|gunzip|inflate|deflate)Sync)\b/;

  it('never waits for the disk or another program while it serves: a stop of one is a stop of all', () => {
    const served = codeFiles.filter((path) => path.startsWith('server/') && !mayWait.test(path));
    expect(served.filter((path) => waiting.test(readSource(path)))).toEqual([]);
  });
});

describe('sizes', () => {
  const sizes = codeFiles.map((path) => ({ path, lines: linesOf(path) })).sort((a, b) => a.lines - b.lines);
  const linesAt = (share: number) => sizes[Math.floor((sizes.length - 1) * share)]?.lines;

  it('stay under 80 lines in the median file', () => {
    expect(linesAt(0.5)).toBeLessThan(80);
  });

  it('stay under 200 lines in nine files of ten', () => {
    expect(linesAt(0.9)).toBeLessThan(200);
  });

  it('never pass 400 lines', () => {
    expect(sizes.filter(({ lines }) => lines > 400)).toEqual([]);
  });
});

describe('styles', () => {
  // Whatever is put after such an element, as a menu after the page, or a pointer over it, has all below it styled anew.
  const widening =
    /\b(?:first|last|only|odd|even)[\w/-]*:\*|group-(?:first|last|only|odd|even|hover)|:(?:first|last|nth|only)-[\w()-]+[\s>]+(?:\*|:(?!is|where))/;

  it('do not name all that is in an element by its place among others or the pointer', () => {
    const styled = sourceFiles.filter((path) => /^web\/.*\.(?:tsx?|css)$/.test(path));
    expect(styled.filter((path) => widening.test(readSource(path)))).toEqual([]);
  });
});

describe('words', () => {
  const word = (...pieces: string[]) => pieces.join('');
  const unfinished = new RegExp(word('\\b(?:TO', 'DO|FIX', 'ME|XX', 'X|HA', 'CK)\\b'));
  const evasions = new RegExp(
    word('@ts-', '(?:ignore|expect-error|nocheck)|(?:es|ox)lint-', 'disable|\\bas a', 'ny\\b|\\bvi\\.m', 'ock\\('),
  );

  it('leave nothing for later', () => {
    expect(sourceFiles.filter((path) => unfinished.test(readSource(path)))).toEqual([]);
  });

  it('are 您 to people in Chinese; patterns, lists of words and instructions of agents may say 你', () => {
    const listens = /^\s*(?:zh: )?\/.*\/[a-z]*[,;]$|^\s*'的 了 是 |你是……你的任务/;
    const familiar = sourceFiles
      .filter((path) => /^(?:server\/.*\.ts|web\/.*zh-CN\.json)$/.test(path))
      .flatMap((path) => readSource(path).split('\n'))
      .filter((line) => line.includes('你') && !listens.test(line));
    expect(familiar).toEqual([]);
  });

  it('do not evade types, lint or real parts', () => {
    expect(codeFiles.filter((path) => evasions.test(readSource(path)))).toEqual([]);
  });
});
