import { AgentIdentity, Licence, Visibility } from '#server/contract/agent-definition.ts';
import { ListedTranslations } from '#server/contract/agent.ts';
import type { PagePosition } from '#server/page-cursor.ts';
import type { Database } from '#server/platform/database.ts';
import { Prisma } from '#server/platform/generated/prisma/client.ts';
import type { AgentListRecord } from './agent-record.ts';

export type AgentListFilter = {
  userId: string;
  /** An administrator's list has everybody's agents. */
  everyone: boolean;
  /** Only these, when not null. */
  agentIds: string[] | null;
  scope: 'all' | 'mine' | 'shipped';
  category: string | undefined;
  search: string | undefined;
  after: PagePosition | null;
  limit: number;
};

type Row = {
  id: string;
  handle: string;
  owner_id: string | null;
  owner_name: string | null;
  visibility: string;
  licence: string;
  draft_revision: number;
  published_version: number | null;
  published_revision: number | null;
  shipped_slug: string | null;
  identity: unknown;
  translations: unknown;
  created_at: Date;
  updated_at: Date;
};

/** Lists are one statement that leaves the definitions' long texts in the database. */
export function createAgentListRepository({ database: { prisma } }: { database: Pick<Database, 'prisma'> }) {
  return {
    /** Newest change first. */
    async listAgents(filter: AgentListFilter): Promise<AgentListRecord[]> {
      const rows = await prisma.$queryRaw<Row[]>`
        SELECT a.id, a.handle, a.owner_id, u.name AS owner_name, a.visibility, a.licence, a.draft_revision,
               a.published_version, a.published_revision, a.shipped_slug, a.created_at, a.updated_at,
               shown.definition->'identity' AS identity, shown.definition->'translations' AS translations
        FROM agents a
        LEFT JOIN users u ON u.id = a.owner_id
        LEFT JOIN agent_versions v ON v.agent_id = a.id AND v.version = a.published_version
        CROSS JOIN LATERAL (SELECT CASE WHEN v.definition IS NULL OR a.owner_id = ${filter.userId}
                                        THEN a.draft ELSE v.definition END AS definition) AS shown
        WHERE ${Prisma.join(toConditions(filter), ' AND ')}
        ORDER BY a.updated_at DESC, a.id DESC
        LIMIT ${filter.limit}`;
      return rows.map(toListRecord);
    },
  };
}
export type AgentListRepository = ReturnType<typeof createAgentListRepository>;

function toConditions({ userId, everyone, agentIds, scope, category, search, after }: AgentListFilter): Prisma.Sql[] {
  const mine = Prisma.sql`a.owner_id = ${userId}`;
  const listed = Prisma.sql`(a.published_version IS NOT NULL AND (a.visibility = 'members'
    OR (a.visibility = 'hub' AND a.hub_decision IS DISTINCT FROM 'refused')))`;
  const conditions = [everyone ? Prisma.sql`TRUE` : Prisma.sql`(${mine} OR ${listed})`];
  if (agentIds !== null) conditions.push(Prisma.sql`a.id = ANY(${agentIds})`);
  if (scope === 'mine') conditions.push(mine);
  if (scope === 'shipped') conditions.push(Prisma.sql`a.shipped_slug IS NOT NULL`);
  if (category !== undefined) {
    conditions.push(
      Prisma.sql`CASE WHEN ${mine} THEN a.draft->'identity'->>'category' ELSE a.category END = ${category}`,
    );
  }
  for (const word of (search ?? '').split(/\s+/).filter((part) => part !== '')) {
    const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
    conditions.push(Prisma.sql`(a.handle ILIKE ${pattern} OR a.name ILIKE ${pattern} OR a.tagline ILIKE ${pattern}
      OR EXISTS (SELECT FROM unnest(a.tags) AS tag WHERE tag ILIKE ${pattern})
      OR (${mine} AND a.draft->'identity'->>'name' ILIKE ${pattern})
      OR EXISTS (SELECT FROM jsonb_each(shown.definition->'translations') AS t
                  WHERE t.value->>'name' ILIKE ${pattern} OR t.value->>'tagline' ILIKE ${pattern}))`);
  }
  if (after !== null) {
    conditions.push(Prisma.sql`(a.updated_at, a.id) < (${after.at}::timestamptz, ${after.id})`);
  }
  return conditions;
}

function toListRecord(row: Row): AgentListRecord {
  return {
    id: row.id,
    handle: row.handle,
    owner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name ?? '' },
    visibility: Visibility.parse(row.visibility),
    licence: Licence.parse(row.licence),
    draftRevision: row.draft_revision,
    publishedVersion: row.published_version,
    publishedRevision: row.published_revision,
    shippedSlug: row.shipped_slug,
    identity: AgentIdentity.parse(row.identity),
    translations: ListedTranslations.parse(row.translations ?? {}),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
