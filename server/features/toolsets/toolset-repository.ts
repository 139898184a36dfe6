import type { LocalizedText } from '#server/contract/localized-text.ts';
import type { Database } from '#server/platform/database.ts';
import { Prisma } from '#server/platform/generated/prisma/client.ts';
import type { PagePosition } from '#server/page-cursor.ts';
import { toToolRecord, type ToolRecord, toToolsetRecord, type ToolsetRecord } from './toolset-record.ts';

export type ToolsetCounts = { toolCount: number; enabledCount: number };
type Changes = Partial<Omit<ToolsetRecord, 'id' | 'ownerId' | 'kind' | 'createdAt' | 'updatedAt'>>;

const secretColumns = ['secret', 'grant'] as const;

const toToolRows = (toolsetId: string, tools: ToolRecord[]) =>
  tools.map(({ isEnabled, ...definition }, position) => ({
    toolsetId,
    name: definition.name,
    position,
    isEnabled,
    definition: definition,
  }));

const toProblemColumns = (problem: LocalizedText | null) => ({
  problem: problem?.en ?? null,
  problemWords: problem ?? Prisma.DbNull,
});

/** Toolsets and their tools. */
export function createToolsetRepository({ database: { prisma } }: { database: Pick<Database, 'prisma'> }) {
  return {
    count: (ownerId: string) => prisma.toolset.count({ where: { ownerId } }),

    /** The slugs of a person that begin like this. */
    listSlugs: async (ownerId: string, beginning: string): Promise<string[]> => {
      const rows = await prisma.toolset.findMany({
        where: { ownerId, slug: { startsWith: beginning } },
        select: { slug: true },
      });
      return rows.map(({ slug }) => slug);
    },

    /** Null when the owner has that slug already. */
    async create(
      { problem, ...record }: Omit<ToolsetRecord, 'createdAt' | 'updatedAt'>,
      tools: ToolRecord[],
    ): Promise<ToolsetRecord | null> {
      try {
        const [created] = await prisma.$transaction([
          prisma.toolset.create({ data: { ...record, ...toProblemColumns(problem) } }),
          prisma.toolsetTool.createMany({ data: toToolRows(record.id, tools) }),
        ]);
        return toToolsetRecord(created);
      } catch (error) {
        if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') return null;
        throw error;
      }
    },

    /** Whoever owns it. */
    async find(id: string): Promise<ToolsetRecord | null> {
      const row = await prisma.toolset.findUnique({ where: { id } });
      return row === null ? null : toToolsetRecord(row);
    },

    async findBySignIn(ownerId: string, signInState: string): Promise<ToolsetRecord | null> {
      const row = await prisma.toolset.findFirst({ where: { ownerId, signInState } });
      return row === null ? null : toToolsetRecord(row);
    },

    async listBySlug(ownerId: string, slugs: string[]): Promise<ToolsetRecord[]> {
      return (await prisma.toolset.findMany({ where: { ownerId, slug: { in: slugs } } })).map(toToolsetRecord);
    },

    /** Newest first. */
    async list(
      ownerId: string,
      { after, limit }: { after: PagePosition | null; limit: number },
    ): Promise<ToolsetRecord[]> {
      const rows = await prisma.toolset.findMany({
        where: {
          ownerId,
          ...(after === null
            ? {}
            : { OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }] }),
        },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: limit,
      });
      return rows.map(toToolsetRecord);
    },

    async listTools(toolsetId: string): Promise<ToolRecord[]> {
      const rows = await prisma.toolsetTool.findMany({ where: { toolsetId }, orderBy: { position: 'asc' } });
      return rows.map(toToolRecord);
    },

    /** All tools of a person that can be given to agents, by toolset. */
    async listEnabled(ownerId: string): Promise<{ toolset: ToolsetRecord; tools: ToolRecord[] }[]> {
      const rows = await prisma.toolset.findMany({
        where: { ownerId },
        include: { tools: { where: { isEnabled: true }, orderBy: { position: 'asc' } } },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      });
      return rows.map(({ tools, ...row }) => ({ toolset: toToolsetRecord(row), tools: tools.map(toToolRecord) }));
    },

    async countTools(toolsetIds: string[]): Promise<Map<string, ToolsetCounts>> {
      const rows = await prisma.toolsetTool.groupBy({
        by: ['toolsetId', 'isEnabled'],
        where: { toolsetId: { in: toolsetIds } },
        _count: true,
      });
      const counts = new Map(toolsetIds.map((id) => [id, { toolCount: 0, enabledCount: 0 }]));
      for (const { toolsetId, isEnabled, _count } of rows) {
        const known = counts.get(toolsetId);
        if (known === undefined) continue;
        known.toolCount += _count;
        if (isEnabled) known.enabledCount += _count;
      }
      return counts;
    },

    /** Null when it was deleted meanwhile. */
    async update(id: string, { problem, ...changes }: Changes, tools?: ToolRecord[]): Promise<ToolsetRecord | null> {
      const told = problem === undefined ? {} : toProblemColumns(problem);
      const [{ count }] = await prisma.$transaction([
        prisma.toolset.updateMany({ where: { id }, data: { ...changes, ...told } }),
        ...(tools === undefined
          ? []
          : [
              prisma.toolsetTool.deleteMany({ where: { toolsetId: id } }),
              // Not for a toolset that is gone.
              prisma.toolset.findUniqueOrThrow({ where: { id }, select: { id: true } }),
              prisma.toolsetTool.createMany({ data: toToolRows(id, tools) }),
            ]),
      ]);
      const row = count === 0 ? null : await prisma.toolset.findUnique({ where: { id } });
      return row === null ? null : toToolsetRecord(row);
    },

    async enable(toolsetId: string, names: string[]): Promise<void> {
      await prisma.$transaction([
        prisma.toolsetTool.updateMany({ where: { toolsetId, name: { in: names } }, data: { isEnabled: true } }),
        prisma.toolsetTool.updateMany({ where: { toolsetId, name: { notIn: names } }, data: { isEnabled: false } }),
        prisma.toolset.updateMany({ where: { id: toolsetId }, data: { updatedAt: new Date() } }),
      ]);
    },

    /** False when it was deleted already. */
    remove: async (id: string): Promise<boolean> => (await prisma.toolset.deleteMany({ where: { id } })).count > 0,

    /** Every sealed secret, for a rotation of keys. */
    listSealed: async () => {
      const rows = await prisma.toolset.findMany({ select: { id: true, secret: true, grant: true } });
      return rows.flatMap(({ id, ...row }) =>
        secretColumns.flatMap((column) => {
          const envelope = row[column];
          if (envelope === null) return [];
          const replace = async (after: string): Promise<boolean> =>
            (await prisma.toolset.updateMany({ where: { id, [column]: envelope }, data: { [column]: after } })).count >
            0;
          return [{ place: `${id} ${column}`, envelope, replace }];
        }),
      );
    },
  };
}
export type ToolsetRepository = ReturnType<typeof createToolsetRepository>;
