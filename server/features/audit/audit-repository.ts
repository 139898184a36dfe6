import { type Act, ActDetail, ActKind, type AuditEntry, type AuditQuery } from '#server/contract/audit.ts';
import type { Database } from '#server/platform/database.ts';
import type { PagePosition } from '#server/page-cursor.ts';

/** Who did it; null is the command line. */
export type Doer = { id: string; name: string; keyId: string | null; address: string } | null;

/** Acts of administrators; rows are added and read, never changed. */
export function createAuditRepository({ database: { pool, prisma } }: { database: Pick<Database, 'pool' | 'prisma'> }) {
  return {
    /** With the name that its target has now. */
    async add(id: string, doer: Doer, { kind, target, detail = {}, before = {} }: Act): Promise<void> {
      const person = target !== undefined && 'person' in target ? target.person : null;
      const agent = target !== undefined && 'agent' in target ? target.agent : null;
      const name = target !== undefined && 'name' in target ? target.name : null;
      await pool.query(
        `INSERT INTO audit (id, kind, actor_id, actor_name, api_key_id, address, detail, before, target_id, target_name)
         VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $11::jsonb, coalesce($8, (SELECT id FROM agents WHERE id = $9 OR handle = $9), $9),
                 coalesce($10, (SELECT name FROM users WHERE id = $8), (SELECT name FROM agents WHERE id = $9 OR handle = $9)))`,
        [
          id,
          kind,
          doer?.id ?? null,
          doer?.name ?? '',
          doer?.keyId ?? null,
          doer?.address ?? null,
          JSON.stringify(detail),
          person,
          agent,
          name,
          JSON.stringify(before),
        ],
      );
    },

    /** Newest first. */
    async list(
      { person, kind, from, to }: Pick<AuditQuery, 'person' | 'kind' | 'from' | 'to'>,
      { after, limit }: { after: PagePosition | null; limit: number },
    ): Promise<AuditEntry[]> {
      const rows = await prisma.auditRow.findMany({
        where: {
          ...(person !== undefined && { actorId: person }),
          ...(kind !== undefined && { kind }),
          at: { ...(from !== undefined && { gte: new Date(from) }), ...(to !== undefined && { lt: new Date(to) }) },
          ...(after !== null && { OR: [{ at: { lt: after.at } }, { at: after.at, id: { lt: after.id } }] }),
        },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        take: limit,
      });
      return rows.map((row) => ({
        id: row.id,
        at: row.at.toISOString(),
        kind: ActKind.parse(row.kind),
        actor: row.actorId === null ? null : { id: row.actorId, name: row.actorName },
        byKey: row.apiKeyId !== null,
        target:
          row.targetName === null && row.targetId === null
            ? null
            : { id: row.targetId, name: row.targetName ?? row.targetId ?? '' },
        detail: ActDetail.parse(row.detail),
        before: ActDetail.parse(row.before),
        address: row.address,
      }));
    },
  };
}
export type AuditRepository = ReturnType<typeof createAuditRepository>;
