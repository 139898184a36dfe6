import type { ChartBar, ShowValue } from '#web/features/usage/to-chart-bars.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';

/** Of what was read and what was written; all else has the first alone. */
export const partColours = ['bg-accent forced-color-adjust-none', 'bg-chain forced-color-adjust-none'];

/** Bars with their names and figures, the largest first. */
export function GroupChart({ bars, show }: { bars: ChartBar[]; show: ShowValue }) {
  const { t } = useTranslation('usage');
  const largest = Math.max(...bars.map(({ value }) => value)) || 1;
  const nameOf = ({ key, label }: ChartBar) => (key === 'others' ? t('chart.others') : label || t('none'));
  return (
    <ul className="grid grid-cols-1 gap-2.5 text-sm">
      {bars.map((bar) => (
        <li key={bar.key} className="grid grid-cols-1 gap-1">
          <span className="flex justify-between gap-4">
            <span className="min-w-0 truncate">{nameOf(bar)}</span>
            <span className="shrink-0 text-ink-soft tabular-nums">{show(bar.value)}</span>
          </span>
          <span aria-hidden className="flex h-3 overflow-hidden rounded-sm bg-sunken">
            {bar.parts.map((part, index) => (
              <span key={index} className={partColours[index]} style={{ width: `${(part / largest) * 100}%` }} />
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}
