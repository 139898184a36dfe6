import type { AuditSource } from '#server/contract/contract-audit.ts';

export const isZip = ({ name }: Pick<File, 'name'>) => name.toLowerCase().endsWith('.zip');

/** Solidity files as they are sent; those of a folder keep their place in it. */
export async function readSourceFiles(files: readonly File[]): Promise<AuditSource[]> {
  const wanted = files.filter(({ name }) => name.toLowerCase().endsWith('.sol'));
  return Promise.all(
    wanted.map(async (file) => ({ path: file.webkitRelativePath || file.name, content: await file.text() })),
  );
}
