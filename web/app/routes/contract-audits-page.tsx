import { useParams } from 'react-router';
import { PageFrame } from '#web/app/page-frame.tsx';
import { paths } from '#web/app/paths.ts';
import { AuditDesk } from '#web/features/contract-audits/components/audit-desk.tsx';
import { AuditView } from '#web/features/contract-audits/components/audit-view.tsx';

export function Page() {
  const { audit } = useParams();
  return (
    <PageFrame wide={audit !== undefined}>
      {audit === undefined ? (
        <AuditDesk toAddress={paths.contractAudit} />
      ) : (
        <AuditView key={audit} audit={audit} back={paths.contractAudits()} />
      )}
    </PageFrame>
  );
}
