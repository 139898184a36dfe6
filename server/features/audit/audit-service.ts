import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import type { Act, AuditEntry, AuditQuery } from '#server/contract/audit.ts';
import type { Page } from '#server/contract/page.ts';
import { readPageCursor, toPage } from '#server/page-cursor.ts';
import type { AuditRepository } from './audit-repository.ts';

/** What administrators did to the hub and to others: kept as it happens, read by administrators, never changed. */
export function createAuditService({ repository }: { repository: AuditRepository }) {
  return {
    keepAct: (actor: Actor, act: Act, address: string): Promise<void> =>
      repository.add(v7(), { id: actor.userId, name: actor.name, keyId: actor.key?.id ?? null, address }, act),

    /** An act of whoever has the machine. */
    keepCommand: (act: Act): Promise<void> => repository.add(v7(), null, act),

    async listActs({ limit, cursor, ...filter }: AuditQuery): Promise<Page<AuditEntry>> {
      const found = await repository.list(filter, { after: readPageCursor(cursor), limit: limit + 1 });
      return toPage(found, limit, ({ at, id }) => ({ at: new Date(at), id }));
    },
  };
}
export type AuditService = ReturnType<typeof createAuditService>;
