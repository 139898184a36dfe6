import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { UsageQuery } from '#server/contract/usage-report.ts';
import { usageReportQuery } from '#web/features/usage/api/usage-report-query.ts';
import { type Period, periods, toPeriodStart } from '#web/features/usage/usage-period.ts';
import { Card } from '#web/ui/card.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { SegmentedChoice } from '#web/ui/segmented-choice.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { UsageTable } from './usage-table.tsx';
import { UsageTotals } from './usage-totals.tsx';

export type UsageChoice = { period: Period; groupBy: UsageQuery['groupBy']; person: UsageQuery['person'] };

const groups = UsageQuery.shape.groupBy.unwrap().options;

type UsageViewProps = { choice: UsageChoice; onChange: (choice: UsageChoice) => void; canAdminister: boolean };

/** What was used and what it cost, by day, agent, model, key or person. */
export function UsageView({ choice, onChange, canAdminister }: UsageViewProps) {
  const { t } = useTranslation('usage');
  const { period, groupBy, person } = choice;
  const { data, error, refetch, isPlaceholderData } = useQuery(
    usageReportQuery({ from: toPeriodStart(period), groupBy, person }),
  );
  const shownGroups = groups.filter((group) => group !== 'person' || (canAdminister && person === 'all'));

  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <div className="mb-6 flex flex-wrap items-end gap-4">
        <SelectField
          className="w-40"
          label={t('groupBy')}
          value={groupBy}
          options={shownGroups.map((group) => ({ value: group, label: t(`group.${group}`) }))}
          onChange={(event) => onChange({ ...choice, groupBy: event.target.value as UsageChoice['groupBy'] })}
        />
        <SegmentedChoice
          label={t('period')}
          value={period}
          onChange={(next) => onChange({ ...choice, period: next })}
          options={periods.map((value) => ({ value, label: t('days', { count: Number(value) }) }))}
        />
        {canAdminister && (
          <SegmentedChoice
            label={t('whose')}
            value={person}
            onChange={(next) =>
              onChange({ ...choice, person: next, groupBy: next === 'me' && groupBy === 'person' ? 'day' : groupBy })
            }
            options={(['me', 'all'] as const).map((value) => ({ value, label: t(`person.${value}`) }))}
          />
        )}
      </div>
      {error && <ErrorPanel error={error} onRetry={refetch} />}
      {!data && !error && <SkeletonList />}
      {data && (
        <div className={isPlaceholderData ? 'grid gap-6 opacity-60' : 'grid gap-6'} aria-busy={isPlaceholderData}>
          <UsageTotals total={data.total} />
          <Card>
            {data.rows.length === 0 ? (
              <EmptyState title={t('empty.title')}>{t('empty.text')}</EmptyState>
            ) : (
              <UsageTable report={data} groupBy={groupBy} />
            )}
          </Card>
        </div>
      )}
    </>
  );
}
