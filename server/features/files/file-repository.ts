import type { Database } from '#server/platform/database.ts';

export type FileRecord = {
  id: string;
  ownerId: string;
  apiKeyId: string | null;
  agentIds: string[];
  visitId: string | null;
  name: string;
  mediaType: string;
  size: number;
  sha256: string;
  createdAt: Date;
};

/** Records of stored files; the bytes are in the file store. */
export function createFileRepository({ database: { prisma } }: { database: Database }) {
  return {
    create: (file: FileRecord): Promise<FileRecord> => prisma.file.create({ data: file }),
    find: (id: string): Promise<FileRecord | null> => prisma.file.findUnique({ where: { id } }),
    /** Remembers that an agent was given some files. */
    addAgent: async (ids: string[], agentId: string): Promise<void> => {
      await prisma.file.updateMany({
        where: { id: { in: ids }, NOT: { agentIds: { has: agentId } } },
        data: { agentIds: { push: agentId } },
      });
    },
    list: (ids: string[], ownerId: string): Promise<FileRecord[]> =>
      prisma.file.findMany({ where: { id: { in: ids }, ownerId } }),
    /** Those of some hashes that a file still has. */
    findUsed: async (sha256s: string[]): Promise<string[]> =>
      (
        await prisma.file.findMany({ where: { sha256: { in: sha256s } }, select: { sha256: true }, distinct: 'sha256' })
      ).map(({ sha256 }) => sha256),
  };
}
export type FileRepository = ReturnType<typeof createFileRepository>;
