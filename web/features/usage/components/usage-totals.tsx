import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { UsageRow } from '#server/contract/usage-report.ts';
import { useFormat } from '#web/lib/format.ts';
import { UsageCost } from './usage-cost.tsx';

/** The sums of a report, large. */
export function UsageTotals({ total }: { total: UsageRow }) {
  const { t } = useTranslation('usage');
  const format = useFormat();
  const figures = [
    { name: t('column.runs'), value: format.number(total.runs) },
    { name: t('column.input'), value: format.compact(total.usage.inputTokens) },
    { name: t('column.output'), value: format.compact(total.usage.outputTokens) },
    { name: t('column.cost'), value: <UsageCost row={total} /> },
  ];
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line shadow-low lg:grid-cols-4">
      {figures.map(({ name, value }) => (
        <div key={name} className="min-w-0 bg-surface p-4 sm:p-5">
          <dt className="text-sm text-ink-faint">{name}</dt>
          <dd className="mt-1 font-display text-lg wrap-anywhere tabular-nums sm:text-xl">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
