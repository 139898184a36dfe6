import { AuditEntry, type AuditQuery } from '#server/contract/audit.ts';
import { usePageList } from '#web/lib/use-page-list.ts';

export type AuditFilter = Pick<AuditQuery, 'person' | 'kind' | 'from'>;

/** What administrators did, newest first. */
export const useAudit = (filter: AuditFilter) =>
  usePageList({ key: ['audit', filter], path: '/api/audit', item: AuditEntry, query: filter });
