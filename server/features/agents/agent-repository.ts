import { v7 } from 'uuid';
import { AgentDefinition, Licence, Visibility } from '#server/contract/agent-definition.ts';
import { toTranslatedNames } from '#server/contract/agent-translation.ts';
import type { Database } from '#server/platform/database.ts';
import { Prisma } from '#server/platform/generated/prisma/client.ts';
import type { AgentRecord, NewAgentRecord, VersionRecord, VersionUse } from './agent-record.ts';

const withOwner = { owner: { select: { id: true, name: true } } } as const;
type Row = Prisma.AgentGetPayload<{ include: typeof withOwner }>;

// Many may publish at once on the few connections of an embedded database; the defaults of 2 and 5 s would fail them.
const transactionLimits = { maxWait: 20_000, timeout: 20_000 };

/** What became of a write that names the revision it builds on. */
export type WriteOutcome = 'written' | 'stale' | 'handle-taken';

export function createAgentRepository({ database: { prisma } }: { database: Pick<Database, 'prisma'> }) {
  return {
    async findAgent(reference: string): Promise<AgentRecord | null> {
      const where = { OR: [{ id: reference }, { handle: reference }] };
      const row = await prisma.agent.findFirst({ where, include: withOwner });
      return row === null ? null : toRecord(row);
    },

    async listTakenHandles(stem: string): Promise<Set<string>> {
      const rows = await prisma.agent.findMany({ where: { handle: { startsWith: stem } }, select: { handle: true } });
      return new Set(rows.map((row) => row.handle));
    },

    /** Null when the handle is taken. */
    async createAgent({ ownerId, draft, origin }: NewAgentRecord): Promise<AgentRecord | null> {
      const data = {
        id: v7(),
        ownerId,
        draft,
        ...toColumns(draft),
        originId: origin?.id ?? null,
        originHandle: origin?.handle ?? null,
        originVersion: origin?.version ?? null,
      };
      const row = await orNullIfTaken(prisma.agent.create({ data, include: withOwner }));
      return row === null ? null : toRecord(row);
    },

    /** Stores a draft over the given revision only; `withColumns` lets it show at once, as before the first publishing. */
    async updateDraft(
      id: string,
      { revision, draft, withColumns }: { revision: number; draft: AgentDefinition; withColumns: boolean },
    ): Promise<WriteOutcome> {
      const where = { id, draftRevision: revision, ...(withColumns ? { publishedVersion: null } : {}) };
      const data = { draft, draftRevision: revision + 1, ...(withColumns ? toColumns(draft) : {}) };
      const result = await orNullIfTaken(prisma.agent.updateMany({ where, data }));
      return result === null ? 'handle-taken' : result.count === 1 ? 'written' : 'stale';
    },

    async publish(
      agent: Pick<AgentRecord, 'id' | 'draft' | 'draftRevision' | 'publishedVersion'>,
      { note, publishedBy }: { note: string; publishedBy: string },
    ): Promise<WriteOutcome> {
      const version = (agent.publishedVersion ?? 0) + 1;
      const where = { id: agent.id, draftRevision: agent.draftRevision, publishedVersion: agent.publishedVersion };
      const columns = toColumns(agent.draft);
      const publishedAt = new Date();
      const data = { ...columns, publishedVersion: version, publishedRevision: agent.draftRevision, publishedAt };
      const count = await orNullIfTaken(
        prisma.$transaction(async (transaction) => {
          const result = await transaction.agent.updateMany({ where, data });
          if (result.count === 0) return 0;
          await transaction.agentVersion.create({
            data: { id: v7(), agentId: agent.id, version, definition: agent.draft, note, publishedBy },
          });
          return result.count;
        }, transactionLimits),
      );
      return count === null ? 'handle-taken' : count === 1 ? 'written' : 'stale';
    },

    async findDefinition(agentId: string, version: number): Promise<AgentDefinition | null> {
      const where = { agentId_version: { agentId, version } };
      const row = await prisma.agentVersion.findUnique({ where, select: { definition: true } });
      return row === null ? null : AgentDefinition.parse(row.definition);
    },

    async findVersion(agentId: string, version: number): Promise<VersionRecord | null> {
      const [found] = await listVersionRows(prisma, Prisma.sql`v.agent_id = ${agentId} AND v.version = ${version}`, 1);
      return found ?? null;
    },

    /** Newest first, from below the version `before`. */
    listVersions(agentId: string, { before, limit }: { before: number; limit: number }): Promise<VersionRecord[]> {
      return listVersionRows(prisma, Prisma.sql`v.agent_id = ${agentId} AND v.version < ${before}`, limit);
    },

    /** What people and software asked of each version; what the hub asks by itself, and tests, are no use. */
    async countVersionUse(
      agentId: string,
      { versions, since }: { versions: number[]; since: Date },
    ): Promise<Map<number, VersionUse>> {
      const answered = Prisma.sql`
        FROM runs r WHERE r.agent_id = ${agentId} AND r.version = v.version
                      AND coalesce(r.started_by->>'kind', 'page') NOT IN ('memory', 'title', 'test', 'rewrite')`;
      const rows = await prisma.$queryRaw<(VersionUse & { version: number })[]>`
        SELECT v.version, recent.conversations, recent.people, last.at AS "lastAt"
          FROM unnest(${versions}::int[]) AS v(version)
         CROSS JOIN LATERAL (
           SELECT count(DISTINCT r.conversation_id)::int AS conversations, count(DISTINCT r.user_id)::int AS people
             ${answered} AND r.started_at >= ${since}::timestamptz) AS recent
          LEFT JOIN LATERAL (
           SELECT r.started_at AS at ${answered} ORDER BY r.started_at DESC LIMIT 1) AS last ON TRUE`;
      return new Map(rows.map(({ version, ...use }) => [version, use]));
    },

    /** What its runs used is kept, so that nobody's budget is given back; the parts of those that several pay for are kept already. */
    async deleteAgent(id: string): Promise<void> {
      await prisma.$transaction([
        prisma.$executeRaw`
          WITH removed AS (
            DELETE FROM runs WHERE agent_id = ${id}
            RETURNING *, CASE WHEN NOT EXISTS (SELECT FROM run_usage WHERE run_id = runs.id) THEN model END AS only_model,
              EXISTS (SELECT FROM run_usage WHERE run_id = runs.id AND payer_id IS NOT NULL) AS has_payers
          )
          INSERT INTO removed_usage (id, user_id, api_key_id, model, day, runs, input_tokens, output_tokens,
                                     cached_input_tokens, reasoning_tokens, cost_usd, unknown_costs)
          SELECT gen_random_uuid()::text, user_id, api_key_id, only_model,
                 date_trunc('day', started_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS day, count(*),
                 coalesce(sum(input_tokens) FILTER (WHERE NOT has_payers), 0),
                 coalesce(sum(output_tokens) FILTER (WHERE NOT has_payers), 0),
                 coalesce(sum(cached_input_tokens) FILTER (WHERE NOT has_payers), 0),
                 coalesce(sum(reasoning_tokens) FILTER (WHERE NOT has_payers), 0),
                 coalesce(sum(cost_usd) FILTER (WHERE NOT has_payers), 0),
                 count(*) FILTER (WHERE (cost_usd IS NULL OR cost_is_partial) AND NOT has_payers)
            FROM removed GROUP BY user_id, api_key_id, only_model, day`,
        prisma.agent.deleteMany({ where: { id } }),
      ]);
    },
  };
}
export type AgentRepository = ReturnType<typeof createAgentRepository>;

/** The columns that repeat parts of the definition which is in force. */
export function toColumns({ identity, translations, access }: AgentDefinition) {
  const { handle, name, tagline, category, tags } = identity;
  return {
    handle,
    name,
    translations: toTranslatedNames(translations),
    tagline,
    category,
    tags,
    visibility: access.visibility,
    licence: access.licence,
  };
}

function toRecord({
  ownerId: _ownerId,
  draft,
  visibility,
  licence,
  originId,
  originHandle,
  originVersion,
  ...row
}: Row): AgentRecord {
  return {
    ...row,
    draft: AgentDefinition.parse(draft),
    visibility: Visibility.parse(visibility),
    licence: Licence.parse(licence),
    origin:
      originId === null || originHandle === null
        ? null
        : { id: originId, handle: originHandle, version: originVersion },
  };
}

type VersionRow = {
  version: number;
  note: string;
  published_by: string | null;
  publisher: string | null;
  created_at: Date;
};

async function listVersionRows(prisma: Database['prisma'], where: Prisma.Sql, limit: number): Promise<VersionRecord[]> {
  const rows = await prisma.$queryRaw<VersionRow[]>`
    SELECT v.version, v.note, v.published_by, u.name AS publisher, v.created_at
    FROM agent_versions v LEFT JOIN users u ON u.id = v.published_by
    WHERE ${where} ORDER BY v.version DESC LIMIT ${limit}`;
  return rows.map(({ version, note, published_by: id, publisher: name, created_at: createdAt }) => ({
    version,
    note,
    publishedBy: id === null || name === null ? null : { id, name },
    createdAt,
  }));
}

/** The handle is the only value of an agent that two can want. */
async function orNullIfTaken<Value>(write: Promise<Value>): Promise<Value | null> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') return null;
    throw error;
  }
}
