import { z } from 'zod';
import { IndexedContract, IndexPart, IndexState, Reorganisation } from '#server/contract/chain-index.ts';
import { LocalizedText } from '#server/contract/localized-text.ts';
import type { Database } from '#server/platform/database.ts';
import { Prisma, type ChainIndex, type IndexSegment } from '#server/platform/generated/prisma/client.ts';

const Recent = z.array(z.tuple([z.number().int(), z.string()]));
const Rows = z.record(z.string(), z.number().int());

export type SegmentRecord = {
  id: string;
  fromBlock: number;
  toBlock: number;
  toHash: string;
  sha256: string;
  size: number;
  rows: Record<string, number>;
  /** Logs that did not fit the ABI of their contract, by table. */
  unfit: Record<string, number>;
};

export type IndexRecord = {
  id: string;
  chainId: number;
  schema: string;
  fromBlock: number;
  toBlock: number | null;
  parts: IndexPart[];
  contracts: IndexedContract[];
  onlyContracts: boolean;
  maximumRows: number | null;
  /** Null: as many as is usual. */
  maximumBytes: number | null;
  state: IndexState;
  nextBlock: number;
  /** The last indexed blocks with their hashes, oldest first. */
  recent: [number: number, hash: string][];
  headBlock: number | null;
  finalBlock: number | null;
  fault: LocalizedText | null;
  missingParts: IndexPart[];
  lastReorganisation: Reorganisation | null;
  blocksPerSecond: number | null;
  logsPerSecond: number | null;
  createdAt: Date;
  updatedAt: Date;
  /** In the order of their blocks. */
  segments: SegmentRecord[];
};

/** What is said of an index when it is made. */
export type NewIndex = Pick<
  IndexRecord,
  | 'chainId'
  | 'schema'
  | 'fromBlock'
  | 'toBlock'
  | 'parts'
  | 'contracts'
  | 'onlyContracts'
  | 'maximumRows'
  | 'maximumBytes'
>;

type Changes = Partial<Omit<IndexRecord, 'id' | 'chainId' | 'schema' | 'createdAt' | 'segments'>>;
type Held = { id: string; holder: string };

const withSegments = { segments: { orderBy: { fromBlock: 'asc' } } } as const;

const toSegment = ({
  indexId: _indexId,
  fromBlock,
  toBlock,
  size,
  rows,
  unfit,
  ...row
}: IndexSegment): SegmentRecord => ({
  ...row,
  fromBlock: Number(fromBlock),
  toBlock: Number(toBlock),
  size: Number(size),
  rows: Rows.parse(rows),
  unfit: Rows.parse(unfit),
});

const toRecord = ({
  leaseHolder: _leaseHolder,
  leaseUntil: _leaseUntil,
  segments,
  ...row
}: ChainIndex & { segments: IndexSegment[] }): IndexRecord => ({
  ...row,
  chainId: Number(row.chainId),
  fromBlock: Number(row.fromBlock),
  toBlock: row.toBlock === null ? null : Number(row.toBlock),
  parts: z.array(IndexPart).parse(row.parts),
  contracts: z.array(IndexedContract).parse(row.contracts),
  state: IndexState.parse(row.state),
  nextBlock: Number(row.nextBlock),
  recent: Recent.parse(row.recent),
  maximumRows: row.maximumRows === null ? null : Number(row.maximumRows),
  maximumBytes: row.maximumBytes === null ? null : Number(row.maximumBytes),
  headBlock: row.headBlock === null ? null : Number(row.headBlock),
  finalBlock: row.finalBlock === null ? null : Number(row.finalBlock),
  fault: LocalizedText.nullable().parse(row.fault),
  missingParts: z.array(IndexPart).parse(row.missingParts),
  lastReorganisation: Reorganisation.nullable().parse(row.lastReorganisation),
  segments: segments.map(toSegment),
});

const orNull = <Value extends object>(value: Value | null) => value ?? Prisma.DbNull;

/** JSON columns know no plain null. */
const toRow = ({ fault, lastReorganisation, ...changes }: Changes) => ({
  ...changes,
  ...(fault === undefined ? {} : { fault: orNull(fault) }),
  ...(lastReorganisation === undefined ? {} : { lastReorganisation: orNull(lastReorganisation) }),
});

/** Records of what is indexed, and of who fetches for it. */
export function createIndexRepository({ database: { prisma } }: { database: Database }) {
  return {
    list: async (): Promise<IndexRecord[]> =>
      (await prisma.chainIndex.findMany({ include: withSegments, orderBy: { createdAt: 'asc' } })).map(toRecord),

    find: async (id: string): Promise<IndexRecord | null> => {
      const row = await prisma.chainIndex.findUnique({ where: { id }, include: withSegments });
      return row === null ? null : toRecord(row);
    },

    findBySchema: async (schema: string): Promise<IndexRecord | null> => {
      const row = await prisma.chainIndex.findUnique({ where: { schema }, include: withSegments });
      return row === null ? null : toRecord(row);
    },

    /** Null: there is one with that schema. */
    create: async (index: NewIndex & { id: string; now: Date }): Promise<IndexRecord | null> => {
      const { now, ...row } = index;
      const data = { ...row, state: 'running', nextBlock: row.fromBlock, createdAt: now, updatedAt: now };
      const { count } = await prisma.chainIndex.createMany({ data, skipDuplicates: true });
      if (count === 0) return null;
      return toRecord(await prisma.chainIndex.findUniqueOrThrow({ where: { id: row.id }, include: withSegments }));
    },

    update: async (id: string, changes: Changes): Promise<boolean> =>
      (await prisma.chainIndex.updateMany({ where: { id }, data: toRow(changes) })).count > 0,

    /** Its segments' bytes; null: there is none. */
    remove: async (id: string): Promise<string[] | null> => {
      const segments = await prisma.indexSegment.findMany({ where: { indexId: id }, select: { sha256: true } });
      const { count } = await prisma.chainIndex.deleteMany({ where: { id } });
      return count === 0 ? null : segments.map(({ sha256 }) => sha256);
    },

    /** Takes or keeps the right to fetch for a running index; null: another process has it, or it does not run. */
    claim: async ({ id, holder, now, until }: Held & { now: Date; until: Date }): Promise<IndexRecord | null> => {
      const { count } = await prisma.chainIndex.updateMany({
        where: {
          id,
          state: 'running',
          OR: [{ leaseHolder: holder }, { leaseUntil: null }, { leaseUntil: { lt: now } }],
        },
        data: { leaseHolder: holder, leaseUntil: until },
      });
      if (count === 0) return null;
      const row = await prisma.chainIndex.findUnique({ where: { id }, include: withSegments });
      return row === null ? null : toRecord(row);
    },

    release: async ({ id, holder }: Held): Promise<void> => {
      await prisma.chainIndex.updateMany({
        where: { id, leaseHolder: holder },
        data: { leaseHolder: null, leaseUntil: null },
      });
    },

    /** What the one who fetches has to say. */
    note: async ({ id, holder }: Held, changes: Changes): Promise<void> => {
      await prisma.chainIndex.updateMany({ where: { id, leaseHolder: holder }, data: toRow(changes) });
    },

    /** Puts segments in the place of others; false, and nothing happened: somebody else fetches now, or it was deleted. */
    commit: async (
      { id, holder }: Held,
      { changes, dropped, added }: { changes: Changes; dropped: string[]; added: SegmentRecord | null },
    ): Promise<boolean> =>
      prisma.$transaction(async (transaction) => {
        const { count } = await transaction.chainIndex.updateMany({
          where: { id, leaseHolder: holder, state: 'running' },
          data: toRow(changes),
        });
        if (count === 0) return false;
        await transaction.indexSegment.deleteMany({ where: { id: { in: dropped } } });
        if (added !== null) await transaction.indexSegment.create({ data: { ...added, indexId: id } });
        return true;
      }),

    /** Those of some hashes that a segment still has. */
    findUsed: async (sha256s: string[]): Promise<string[]> =>
      (await prisma.indexSegment.findMany({ where: { sha256: { in: sha256s } }, select: { sha256: true } })).map(
        ({ sha256 }) => sha256,
      ),
  };
}
export type IndexRepository = ReturnType<typeof createIndexRepository>;
