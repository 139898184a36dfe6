import { type ChartBar, type ShowValue, toAxisTop } from '#web/features/usage/to-chart-bars.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';

const fills = ['fill-accent', 'fill-chain'];
const height = 100;

/** Columns, one a day; a pointer is told the day's figure, a screen reader the sum and the largest day. */
export function DayChart({ bars, show }: { bars: ChartBar[]; show: ShowValue }) {
  const { t } = useTranslation('usage');
  const format = useFormat();
  const largest = bars.reduce<ChartBar | null>(
    (best, bar) => (best === null || bar.value > best.value ? bar : best),
    null,
  );
  const top = toAxisTop(largest?.value ?? 0);
  const sum = bars.reduce((total, bar) => total + bar.value, 0);
  const label =
    largest === null || largest.value === 0
      ? t('chart.nothing')
      : t('chart.days', { sum: show(sum), day: format.calendarDay(largest.key), value: show(largest.value) });
  const ends = [bars[0], bars.at(-1)].filter((bar) => bar !== undefined);
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-xs text-ink-soft tabular-nums">
      <div aria-hidden className="flex flex-col justify-between text-right">
        {[top, top / 2, 0].map((value) => (
          <span key={value} className="leading-none">
            {show(value)}
          </span>
        ))}
      </div>
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${bars.length * 10} ${height}`}
        preserveAspectRatio="none"
        className="h-48 w-full overflow-visible"
      >
        {[0, 0.5, 1].map((share) => (
          <line
            key={share}
            x2={bars.length * 10}
            y1={share * height}
            y2={share * height}
            vectorEffect="non-scaling-stroke"
            className="stroke-line"
          />
        ))}
        {bars.map((bar, index) => (
          <DayColumn
            key={bar.key}
            bar={bar}
            x={index * 10}
            top={top}
            title={`${format.calendarDay(bar.key)}: ${show(bar.value)}`}
          />
        ))}
      </svg>
      <div aria-hidden className="col-start-2 flex justify-between">
        {ends.map(({ key }, index) => (
          <span key={index}>{format.calendarDay(key)}</span>
        ))}
      </div>
    </div>
  );
}

function DayColumn({ bar, x, top, title }: { bar: ChartBar; x: number; top: number; title: string }) {
  const heights = bar.parts.map((part) => (part / top) * height);
  return (
    <g>
      <title>{title}</title>
      <rect x={x} width={10} height={height} className="fill-transparent" />
      {heights.map((size, index) => {
        const below = heights.slice(0, index).reduce((total, part) => total + part, 0);
        return (
          <rect
            key={index}
            x={x + 1.5}
            width={7}
            y={height - below - size}
            height={size}
            className={fills[index] ?? ''}
          />
        );
      })}
    </g>
  );
}
