import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { foldersIn, sourceFiles } from './source-files.ts';

const features = foldersIn('server/features');
const stems = (folder: string, ending: string) =>
  sourceFiles.filter((path) => path.startsWith(folder) && path.endsWith(ending)).map((path) => basename(path, ending));

describe('a feature', () => {
  it('has the same name in the page as on the server', () => {
    expect(foldersIn('web/features').filter((name) => !features.includes(name))).toEqual([]);
  });

  it('has the same name in the database schema', () => {
    expect(stems('prisma/schema/', '.prisma').filter((name) => name !== 'base' && !features.includes(name))).toEqual(
      [],
    );
  });

  it('has tests under its own name', () => {
    const tested = [...stems('test/features/', '.test.ts'), ...foldersIn('test/features')];
    expect(features.filter((name) => !tested.some((test) => test === name || test.startsWith(`${name}-`)))).toEqual([]);
  });
});
