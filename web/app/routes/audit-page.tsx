import { useSearchParams } from 'react-router';
import { ActKind } from '#server/contract/audit.ts';
import { NotFoundPage } from '#web/app/not-found-page.tsx';
import { PageFrame } from '#web/app/page-frame.tsx';
import { useSignedInPerson } from '#web/app/signed-in-person.ts';
import { auditPeriods } from '#web/features/audit/audit-period.ts';
import { AuditList } from '#web/features/audit/components/audit-list.tsx';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { PageHeader } from '#web/ui/page-header.tsx';

/** What administrators did; what is chosen stands in the address. */
export function Page() {
  const { t } = useTranslation('audit');
  const { can } = useSignedInPerson();
  const [query, setQuery] = useSearchParams();
  if (!can.administer) return <NotFoundPage />;
  return (
    <PageFrame>
      <PageHeader title={t('title')} description={t('description')} />
      <AuditList
        choice={{
          period: auditPeriods.find((period) => period === query.get('period')) ?? '30',
          kind: ActKind.safeParse(query.get('kind')).data,
          person: query.get('person') ?? undefined,
        }}
        onChange={({ period, kind, person }) =>
          setQuery(
            { period, ...(kind !== undefined && { kind }), ...(person !== undefined && { person }) },
            { replace: true },
          )
        }
      />
    </PageFrame>
  );
}
