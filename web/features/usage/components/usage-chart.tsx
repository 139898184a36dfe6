import { useState } from 'react';
import type { UsageQuery, UsageReport } from '#server/contract/usage-report.ts';
import { type Measure, measures, type ShowValue, toDayBars, toGroupBars } from '#web/features/usage/to-chart-bars.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Card } from '#web/ui/card.tsx';
import { SegmentedChoice } from '#web/ui/segmented-choice.tsx';
import { DayChart } from './day-chart.tsx';
import { GroupChart, partColours } from './group-chart.tsx';

/** A report as a picture: its days as columns, other groups as bars. The table under it has the same figures. */
export function UsageChart({ report, groupBy }: { report: UsageReport; groupBy: UsageQuery['groupBy'] }) {
  const { t } = useTranslation('usage');
  const format = useFormat();
  const [measure, setMeasure] = useState<Measure>(hasTokens(report) ? 'tokens' : 'runs');
  const show: ShowValue = measure === 'cost' ? format.usd : format.compact;
  return (
    <Card>
      <figure className="grid min-w-0 grid-cols-1 gap-4">
        <figcaption className="flex flex-wrap items-center justify-between gap-3">
          <span className="font-medium">{t(`measure.${measure}`)}</span>
          <SegmentedChoice
            label={t('chart.measure')}
            value={measure}
            onChange={setMeasure}
            options={measures.map((value) => ({ value, label: t(`measure.${value}`) }))}
          />
        </figcaption>
        {groupBy === 'day' ? (
          <DayChart bars={toDayBars(report, measure)} show={show} />
        ) : (
          <GroupChart bars={toGroupBars(report, measure)} show={show} />
        )}
        {measure === 'tokens' && (
          <ul className="flex flex-wrap gap-4 text-xs text-ink-soft">
            {(['input', 'output'] as const).map((part, index) => (
              <li key={part} className="flex items-center gap-2">
                <span aria-hidden className={`size-3 rounded-sm ${partColours[index]}`} />
                {t(`column.${part}`)}
              </li>
            ))}
          </ul>
        )}
      </figure>
    </Card>
  );
}

/** The offline planner spends none, and its runs are all that there is to draw. */
const hasTokens = ({ total: { usage } }: UsageReport) => usage.inputTokens + usage.outputTokens > 0;
