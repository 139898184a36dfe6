import { describe, expect, it } from 'vitest';
import { HubError } from '#server/hub-error.ts';
import { readPackageZip } from '#server/features/agents/read-package-zip.ts';
import { makeZip, patchCentralDirectory, renameEntry } from '#test/support/make-zip.ts';

const plain = { path: 'agent.yaml', content: 'name: A' };

async function problemsOf(zip: Uint8Array) {
  const thrown: unknown = await readPackageZip(zip).then(
    () => null,
    (error: unknown) => error,
  );
  if (!(thrown instanceof HubError)) throw new Error('The zip was taken.', { cause: thrown });
  expect(thrown.code).toBe('package_invalid');
  return thrown.errors ?? [];
}

describe('reading a zip', () => {
  it('takes off the folder around a package, and what a Mac adds', async () => {
    const zip = await makeZip([
      { path: 'ledger/agent.yaml', content: 'a' },
      { path: 'ledger/evals/one.yaml', content: 'b' },
      { path: '__MACOSX/._ledger', content: 'c' },
      { path: 'ledger/.DS_Store', content: 'd' },
    ]);
    expect([...(await readPackageZip(zip)).keys()]).toEqual(['agent.yaml', 'evals/one.yaml']);
  });

  it.each(['../evil.md', '/etc/passwd', 'C:/evil.md', 'a/../../b.md', 'a\\..\\b.md', './agent.md', 'a//evil.md'])(
    'refuses the path %s',
    async (path) => {
      const stand = 'x'.repeat(path.length);
      const zip = renameEntry(await makeZip([{ path: stand, content: 'evil' }]), stand, path);
      expect(await problemsOf(zip)).not.toEqual([]);
    },
  );

  it('refuses a symbolic link, naming it', async () => {
    const zip = await makeZip([plain, { path: 'prompt.md', content: '/etc/passwd', mode: 0o120777 }]);
    expect(await problemsOf(zip)).toEqual([{ path: 'prompt.md', message: 'The entry is a symbolic link.' }]);
  });

  it('refuses an entry that is there twice, also in other letters', async () => {
    const zip = await makeZip([plain, { path: 'prompt.md', content: 'a' }, { path: 'PROMPT.md', content: 'b' }]);
    expect(await problemsOf(zip)).toEqual([{ path: 'PROMPT.md', message: 'The entry is there twice.' }]);
  });

  it('refuses an encrypted entry', async () => {
    const zip = patchCentralDirectory(await makeZip([plain]), 8, [0x01, 0x08]);
    expect(await problemsOf(zip)).toEqual([{ path: 'agent.yaml', message: 'The entry is encrypted.' }]);
  });

  it('refuses a bomb by what it says', async () => {
    const zip = await makeZip([{ path: 'prompt.md', content: new Uint8Array(3 * 1024 * 1024) }]);
    expect(await problemsOf(zip)).toMatchObject([{ path: 'prompt.md' }]);
  });

  it('refuses a bomb that says it is small', async () => {
    const zip = await makeZip([{ path: 'prompt.md', content: new Uint8Array(3 * 1024 * 1024) }]);
    const problems = await problemsOf(patchCentralDirectory(zip, 24, [0x10, 0, 0, 0]));
    expect(problems).toMatchObject([{ path: 'prompt.md' }]);
    expect(problems[0]?.message).toContain('cannot be unpacked');
  });

  it('refuses many files, and many bytes in all', async () => {
    const many = Array.from({ length: 201 }, (_, index) => ({ path: `evals/${index}.yaml`, content: '' }));
    expect(await problemsOf(await makeZip(many))).toMatchObject([{ path: 'file' }]);
    const big = Array.from({ length: 9 }, (_, index) => ({
      path: `${index}.md`,
      content: new Uint8Array(2 * 1024 * 1024),
    }));
    expect(await problemsOf(await makeZip(big))).toMatchObject([{ path: 'file' }]);
  });

  it.each([
    ['no zip', Buffer.from('hello')],
    ['nothing', new Uint8Array()],
  ])('refuses %s', async (_what, bytes) => {
    expect(await problemsOf(bytes)).toMatchObject([{ path: 'file', message: 'This is not a zip file.' }]);
  });

  it('refuses a zip that is cut off or damaged', async () => {
    const zip = await makeZip([{ path: 'prompt.md', content: 'a'.repeat(5000) }]);
    expect(await problemsOf(zip.slice(0, zip.length - 30))).not.toEqual([]);
    const damaged = Buffer.from(zip);
    damaged.fill(0xff, 40, 60);
    expect(await problemsOf(damaged)).not.toEqual([]);
  });
});
