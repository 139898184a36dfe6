import { join } from 'node:path';
import { createFileRepository } from '#server/features/files/file-repository.ts';
import { createFileService } from '#server/features/files/file-service.ts';
import type { Database } from '#server/platform/database.ts';
import type { createDocumentReader } from '#server/platform/documents/document-reader.ts';
import { createFileStore } from '#server/platform/file-store.ts';

type Needs = {
  database: Database;
  dataFolder: string;
  documents: Pick<ReturnType<typeof createDocumentReader>, 'readPdf'>;
  now: () => Date;
};

/** The files' part of the wiring: people's files, and the store of bytes that others keep theirs in too. */
export function openFiles({ database, dataFolder, documents, now }: Needs) {
  const fileBytes = createFileStore({ folder: join(dataFolder, 'files') });
  const repository = createFileRepository({ database });
  return {
    fileBytes,
    files: createFileService({ repository, bytes: fileBytes, ports: { readPdf: documents.readPdf, now } }),
    findUsedOfFiles: repository.findUsed,
  };
}
