import { lazy, Suspense } from 'react';
import type { PublicDashboard, WidgetResult } from '#server/contract/dashboard.ts';
import { readCounter, toGrouped } from '#web/features/dashboards/read-counter.ts';
import { toCell } from '#web/features/queries/to-cell.ts';
import { PlainTable } from '#web/features/runs/components/plain-table.tsx';
import { Markdown } from '#web/features/runs/markdown/markdown.tsx';
import { classNames } from '#web/lib/class-names.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';

const ViewChart = lazy(async () => ({
  default: (await import('#web/features/queries/components/view-chart.tsx')).ViewChart,
}));

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
          <ViewChart title={title} view={widget.view} page={result} />
        </Suspense>
      );
  }
}

function CounterBody({ widget, result }: { widget: Extract<ShownWidget, { kind: 'counter' }>; result: WidgetResult }) {
  const { t } = useTranslation('dashboards');
  const format = useFormat();
  const { figure, before, change } = readCounter(widget, result);
  return (
    <div className="grid content-center gap-1">
      <p className="font-display text-3xl tracking-tight tabular-nums wrap-anywhere">
        {toGrouped(figure)} {widget.unit !== '' && <span className="text-lg text-ink-soft">{widget.unit}</span>}
      </p>
      {before !== null && (
        <p className="text-sm text-ink-soft tabular-nums">
          {change !== null && (
            <span className={classNames('font-medium', change > 0 && 'text-success', change < 0 && 'text-danger')}>
              {change > 0 ? '▲' : change < 0 ? '▼' : '＝'} {format.share(Math.abs(change))}{' '}
            </span>
          )}
          {t('widget.before', { figure: toGrouped(before) })}
        </p>
      )}
    </div>
  );
}
