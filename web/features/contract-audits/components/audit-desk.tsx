import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { ContractAudit } from '#server/contract/contract-audit.ts';
import { auditQuery, auditsKey } from '#web/features/contract-audits/api/audit-requests.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { AddressForm } from './address-form.tsx';
import { AuditList } from './audit-list.tsx';
import { SourceForm } from './source-form.tsx';

/** Where audits are asked for, and those that were made. */
export function AuditDesk({ toAddress }: { toAddress: (audit: string) => string }) {
  const { t } = useTranslation('contract-audits');
  const cache = useQueryClient();
  const navigate = useNavigate();
  const open = (audit: ContractAudit) => {
    cache.setQueryData(auditQuery(audit.id).queryKey, audit);
    void cache.invalidateQueries({ queryKey: [...auditsKey, 'own'] });
    void navigate(toAddress(audit.id));
  };
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <div className="grid gap-8">
        <SourceForm onAudited={open} />
        <AddressForm onAudited={open} />
        <AuditList toAddress={toAddress} />
      </div>
    </>
  );
}
