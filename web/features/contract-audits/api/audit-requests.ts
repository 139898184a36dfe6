import { queryOptions } from '@tanstack/react-query';
import { type AuditSource, ContractAudit, ContractAuditSummary } from '#server/contract/contract-audit.ts';
import { request, send, toUrl } from '#web/lib/api-client.ts';
import { usePageList } from '#web/lib/use-page-list.ts';

export const auditsKey = ['contract-audits'];
const path = '/api/audits';
const pathOf = (audit: string) => `${path}/${encodeURIComponent(audit)}`;

export const useAudits = () => usePageList({ key: [...auditsKey, 'own'], path, item: ContractAuditSummary });

export const auditQuery = (audit: string) =>
  queryOptions({
    queryKey: [...auditsKey, audit],
    queryFn: ({ signal }) => request({ path: pathOf(audit), schema: ContractAudit, signal }),
  });

export const createAudit = (files: AuditSource[], signal: AbortSignal) =>
  request({ path, method: 'POST', body: { files }, schema: ContractAudit, signal });

export const createAuditByAddress = (place: { chain: string; address: string }, signal: AbortSignal) =>
  request({ path, method: 'POST', body: place, schema: ContractAudit, signal });

export function createAuditFromZip(zip: File, signal: AbortSignal) {
  const body = new FormData();
  body.set('file', zip);
  return request({ path: `${path}/zip`, method: 'POST', body, schema: ContractAudit, signal });
}

export const deleteAudit = (audit: string) => request({ path: pathOf(audit), method: 'DELETE' });

export const chartAddress = (audit: string, chart: string, language: 'en' | 'zh') =>
  toUrl(`${pathOf(audit)}/charts/${encodeURIComponent(chart)}`, { language });

/** The report as a file, in the page's language. */
export const readReport = async (audit: string, kind: 'md' | 'pdf'): Promise<Blob> =>
  (await send({ path: `${pathOf(audit)}/report.${kind}` })).blob();
