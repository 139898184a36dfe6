import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { UsageQuery, type UsageRow } from '#server/contract/usage-report.ts';
import { usageReportQuery } from '#web/features/usage/api/usage-report-query.ts';
import { type Period, periods } from '#web/features/usage/usage-period.ts';
import { toPeriodStart } from '#web/lib/to-period-start.ts';
import { toUrl } from '#web/lib/api-client.ts';
import { useShownName } from '#web/lib/use-shown-name.ts';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { SegmentedChoice } from '#web/ui/segmented-choice.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { MyBudget } from './my-budget.tsx';
import { UsageChart } from './usage-chart.tsx';
import { UsageTable } from './usage-table.tsx';
import { UsageTotals } from './usage-totals.tsx';

export type UsageChoice = {
  period: Period;
  groupBy: UsageQuery['groupBy'];
  person: UsageQuery['person'];
  /** Only this one, for administrators. */
  personId?: string | undefined;
};

/** The groups of the hub's own making, beside agents, keys and people. */
const ownGroups: Partial<Record<UsageQuery['groupBy'], string[]>> = {
  agent: ['tools', 'deleted'],
  key: ['page', 'others', 'deleted-keys'],
  person: ['removed'],
};

type Whose = UsageQuery['person'] | 'one';

const groups = UsageQuery.shape.groupBy.unwrap().options;

type UsageViewProps = { choice: UsageChoice; onChange: (choice: UsageChoice) => void; canAdminister: boolean };

/** What was used and what it cost, by day, agent, model, key, source or person. */
export function UsageView({ choice, onChange, canAdminister }: UsageViewProps) {
  const { t } = useTranslation('usage');
  const { period, groupBy, person, personId } = choice;
  const query: UsageQuery = {
    from: toPeriodStart(Number(period)),
    groupBy,
    person,
    ...(personId !== undefined && { personId }),
  };
  const { data: report, error, refetch, isPlaceholderData } = useQuery(usageReportQuery(query));
  const toName = useShownName();
  const data = report && { ...report, rows: report.rows.map((row) => ({ ...row, label: toLabel(row) })) };
  /** What the hub names itself is said in the page's language. */
  function toLabel({ group, label, translations }: UsageRow): string {
    const isOwn = groupBy === 'source' || ownGroups[groupBy]?.includes(group) === true;
    return isOwn ? t(`source.${group}`, { defaultValue: label }) : toName({ name: label, translations });
  }
  const isAllowed = (group: UsageQuery['groupBy'], whose: Whose) =>
    group === 'person' ? whose === 'all' : group !== 'key' || whose !== 'my-agents';
  const whose: Whose = personId === undefined ? person : 'one';
  const whoses = (['me', 'my-agents', 'all', 'one'] as const).filter(
    (value) => value === whose || value === 'me' || value === 'my-agents' || (canAdminister && value === 'all'),
  );
  const changeWhose = (next: Whose) =>
    next !== 'one' && onChange({ period, person: next, groupBy: isAllowed(groupBy, next) ? groupBy : 'day' });

  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          <Button asChild icon={<Download aria-hidden />}>
            <a href={toUrl('/api/usage.csv', query)} download>
              {t('csv')}
            </a>
          </Button>
        }
      />
      <MyBudget />
      <div className="mb-6 flex flex-wrap items-end gap-4">
        <SelectField
          className="w-40"
          label={t('groupBy')}
          value={groupBy}
          options={groups
            .filter((group) => isAllowed(group, whose))
            .map((group) => ({ value: group, label: t(`group.${group}`) }))}
          onChange={(event) => onChange({ ...choice, groupBy: event.target.value as UsageChoice['groupBy'] })}
        />
        <SegmentedChoice
          label={t('period')}
          value={period}
          onChange={(next) => onChange({ ...choice, period: next })}
          options={periods.map((value) => ({ value, label: t('days', { count: Number(value) }) }))}
        />
        <SegmentedChoice
          label={t('whose')}
          value={whose}
          onChange={changeWhose}
          options={whoses.map((value) => ({ value, label: t(`person.${value}`) }))}
        />
      </div>
      {whose === 'my-agents' && <p className="mb-6 text-sm text-ink-soft">{t('agentsText')}</p>}
      {groupBy === 'model' && <p className="mb-6 text-sm text-ink-soft">{t('modelsText')}</p>}
      {error && <ErrorPanel error={error} onRetry={refetch} />}
      {!data && !error && <SkeletonList />}
      {data && (
        <div className={isPlaceholderData ? 'grid gap-6 opacity-60' : 'grid gap-6'} aria-busy={isPlaceholderData}>
          <UsageTotals total={data.total} />
          {data.rows.length > 0 && <UsageChart report={data} groupBy={groupBy} />}
          <Card>
            {data.rows.length === 0 ? (
              <EmptyState title={t('empty.title')}>{t('empty.text')}</EmptyState>
            ) : (
              <UsageTable
                report={data}
                groupBy={groupBy}
                onPerson={(chosen) => onChange({ period, person: 'me', personId: chosen, groupBy: 'day' })}
              />
            )}
          </Card>
        </div>
      )}
    </>
  );
}
