import type { DatasetPorts } from './dataset-ports.ts';

/** What a dataset has of the table that was made of its file. */
export const toContent = ({
  sha256,
  size,
  rows,
  columns,
  wrongChecksums,
}: Awaited<ReturnType<DatasetPorts['importTable']>>) => ({
  tableSha256: sha256,
  tableSize: size,
  rows,
  columns,
  wrongChecksums,
});
