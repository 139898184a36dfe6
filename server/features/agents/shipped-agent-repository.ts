import { v7 } from 'uuid';
import { z } from 'zod';
import { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { Database } from '#server/platform/database.ts';
import type { Prisma } from '#server/platform/generated/prisma/client.ts';
import { toColumns } from './agent-repository.ts';

/** By slug, the digest of the package that was last looked at. One without an agent was deleted by an administrator. */
const ShippedState = z.object({ packages: z.record(z.string(), z.string()) });
export type ShippedState = z.infer<typeof ShippedState>;

export type ShippedAgentRecord = {
  id: string;
  ownerId: string | null;
  handle: string;
  draft: AgentDefinition;
  draftRevision: number;
  publishedVersion: number | null;
};

const settingName = 'agents.shipped';
const lockNumber = 7_126_001;
const transactionTimeoutMs = 60_000;

type Transaction = Prisma.TransactionClient;

export function createShippedAgentRepository({
  database: { prisma, pool },
}: {
  database: Pick<Database, 'prisma' | 'pool'>;
}) {
  return {
    /** Through the pool: this is asked at each start, and Prisma's first query takes a third of a second. */
    readState: async (): Promise<ShippedState> => {
      const found = await pool.query<{ value: unknown }>('SELECT value FROM hub_settings WHERE name = $1', [
        settingName,
      ]);
      return found.rows[0] === undefined ? { packages: {} } : ShippedState.parse(found.rows[0].value);
    },

    /** The agent that came with the hub in a package; null: it was deleted. */
    findId: async (slug: string): Promise<string | null> => {
      const where = 'shipped_slug = $1 AND owner_id IS NULL AND published_version IS NOT NULL';
      return (await pool.query<{ id: string }>(`SELECT id FROM agents WHERE ${where}`, [slug])).rows[0]?.id ?? null;
    },

    /** Lets one process at a time install; all that it does is stored, or nothing. */
    install<Result>(work: (writer: ShippedAgentWriter) => Promise<Result>): Promise<Result> {
      return prisma.$transaction(
        async (transaction) => {
          await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${lockNumber})`;
          return work(createWriter(transaction));
        },
        { timeout: transactionTimeoutMs, maxWait: transactionTimeoutMs },
      );
    },
  };
}
export type ShippedAgentRepository = ReturnType<typeof createShippedAgentRepository>;
export type ShippedAgentWriter = ReturnType<typeof createWriter>;

async function readState(client: Pick<Transaction, 'hubSetting'>): Promise<ShippedState> {
  const row = await client.hubSetting.findUnique({ where: { name: settingName } });
  return row === null ? { packages: {} } : ShippedState.parse(row.value);
}

function createWriter(transaction: Transaction) {
  return {
    readState: () => readState(transaction),

    async writeState(value: ShippedState): Promise<void> {
      const where = { name: settingName };
      await transaction.hubSetting.upsert({ where, create: { name: settingName, value }, update: { value } });
    },

    async findShipped(shippedSlug: string): Promise<ShippedAgentRecord | null> {
      const row = await transaction.agent.findUnique({ where: { shippedSlug } });
      return row === null ? null : { ...row, draft: AgentDefinition.parse(row.draft) };
    },

    /** Puts them in front in this order, where nothing is yet; that changes no agent, so it stays as old as it is. */
    feature: (shippedSlugs: readonly string[]): Promise<number> =>
      transaction.$executeRaw`
        UPDATE agents SET featured_position = array_position(${shippedSlugs}::text[], shipped_slug) - 1
         WHERE shipped_slug = ANY(${shippedSlugs})
           AND NOT EXISTS (SELECT 1 FROM agents WHERE featured_position IS NOT NULL)`,

    async listTakenHandles(stem: string): Promise<Set<string>> {
      const where = { handle: { startsWith: stem } };
      const rows = await transaction.agent.findMany({ where, select: { handle: true } });
      return new Set(rows.map((row) => row.handle));
    },

    async create(slug: string, { definition, digest, note }: NewShippedVersion): Promise<void> {
      const id = v7();
      await transaction.agent.create({
        data: {
          id,
          draft: definition,
          ...toColumns(definition),
          shippedSlug: slug,
          shippedDigest: digest,
          publishedVersion: 1,
          publishedRevision: 1,
          publishedAt: new Date(),
          versions: { create: { id: v7(), version: 1, definition, note } },
        },
      });
    },

    async publish(agent: ShippedAgentRecord, { definition, digest, note }: NewShippedVersion): Promise<void> {
      const revision = agent.draftRevision + 1;
      const version = (agent.publishedVersion ?? 0) + 1;
      await transaction.agent.update({
        where: { id: agent.id },
        data: {
          draft: definition,
          ...toColumns(definition),
          shippedDigest: digest,
          draftRevision: revision,
          publishedVersion: version,
          publishedRevision: revision,
          publishedAt: new Date(),
          versions: { create: { id: v7(), version, definition, note } },
        },
      });
    },
  };
}

type NewShippedVersion = { definition: AgentDefinition; digest: string; note: string };
