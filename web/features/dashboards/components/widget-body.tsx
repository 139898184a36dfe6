import { lazy, Suspense } from 'react';
import type { PublicDashboard, WidgetResult } from '#server/contract/dashboard.ts';
import { longestFigure, readCounter, toGrouped, toShortened } from '#web/features/dashboards/read-counter.ts';
import { toCell } from '#web/features/queries/to-cell.ts';
import { PlainTable } from '#web/features/runs/components/plain-table.tsx';
import { Markdown } from '#web/features/runs/markdown/markdown.tsx';
import { classNames } from '#web/lib/class-names.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { ScrollRegion } from '#web/ui/scroll-region.tsx';

const ViewChart = lazy(async () => ({
  default: (await import('#web/features/queries/components/view-chart.tsx')).ViewChart,
}));

const rowPx = 96;
/** Title, buttons, time and the room around them. */
const besidesPx = 160;
const leastPx = 120;

/** How high a chart may be, so that nothing of its widget is out of sight. */
const toHeight = ({ place }: ShownWidget) => Math.max(leastPx, place.h * rowPx - besidesPx);

/** A widget as everybody sees it: what names its query is left out. */
export type ShownWidget = PublicDashboard['widgets'][number];

/** What a widget shows of its last result. */
export function WidgetBody({ widget, result }: { widget: ShownWidget; result: WidgetResult | undefined }) {
  const { t } = useTranslation('dashboards');
  if (widget.kind === 'text') return <Markdown text={widget.text} />;
  if (result === undefined) return <p className="text-sm text-ink-faint">{t('widget.none')}</p>;
  if (result.columns.length === 0) return null;
  const title = widget.title || t(`kinds.${widget.kind}`);
  switch (widget.kind) {
    case 'counter':
      return <CounterBody widget={widget} result={result} />;
    case 'table':
      return (
        <PlainTable
          label={title}
          columns={result.columns.map(({ name }) => name)}
          rows={result.rows.map((row) => row.map(toCell))}
        />
      );
    case 'chart':
      return (
        <Suspense fallback={<div className="h-60 animate-breathe rounded-md bg-sunken" />}>
          <ViewChart title={title} view={widget.view} page={result} heightPx={toHeight(widget)} />
        </Suspense>
      );
  }
}

function CounterBody({ widget, result }: { widget: Extract<ShownWidget, { kind: 'counter' }>; result: WidgetResult }) {
  const { t } = useTranslation('dashboards');
  const format = useFormat();
  const { figure, before, change } = readCounter(widget, result);
  const [whole, short] = [toGrouped(figure), toShortened(figure, format)];
  const isLong = (short ?? whole).length > longestFigure;
  const body = (
    <div className={classNames('grid content-center', short === null ? 'gap-1' : 'gap-0.5')}>
      <p
        title={short === null ? undefined : whole}
        className={classNames(
          'font-display leading-tight tracking-tight tabular-nums wrap-anywhere',
          isLong ? 'text-lg' : short === null ? 'text-2xl' : 'text-xl',
        )}
      >
        {short ?? whole} {widget.unit !== '' && <span className="text-base text-ink-soft">{widget.unit}</span>}
      </p>
      {before !== null && (
        <p title={toGrouped(before)} className="text-sm text-ink-soft tabular-nums">
          {change !== null && (
            <span className={classNames('font-medium', change > 0 && 'text-success', change < 0 && 'text-danger')}>
              {change > 0 ? '▲' : change < 0 ? '▼' : '＝'} {format.share(Math.abs(change))}{' '}
            </span>
          )}
          {t('widget.before', { figure: toShortened(before, format) ?? toGrouped(before) })}
        </p>
      )}
      {short !== null && <p className="text-xs leading-tight text-ink-soft tabular-nums wrap-anywhere">{whole}</p>}
    </div>
  );
  // What may not fit is reachable by keyboard, too.
  if (short === null && !isLong) return body;
  return (
    <ScrollRegion label={widget.title || t('kinds.counter')} className="h-full">
      {body}
    </ScrollRegion>
  );
}
