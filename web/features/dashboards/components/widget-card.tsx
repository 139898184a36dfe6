import type { ReactNode } from 'react';
import type { WidgetResult } from '#server/contract/dashboard.ts';
import { toPlainWords } from '#web/features/runs/markdown/to-plain-words.ts';
import { classNames } from '#web/lib/class-names.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useLocalized } from '#web/lib/use-localized.ts';
import { Notice } from '#web/ui/notice.tsx';
import { ScrollRegion } from '#web/ui/scroll-region.tsx';
import { type ShownWidget, WidgetBody } from './widget-body.tsx';

type WidgetCardProps = { widget: ShownWidget; result: WidgetResult | undefined; actions?: ReactNode };

/** A widget with its title, what it shows, how old that is, and why it is not newer. */
export function WidgetCard({ widget, result, actions }: WidgetCardProps) {
  const { t } = useTranslation('dashboards');
  const format = useFormat();
  const localize = useLocalized();
  const name = widget.title || t(`kinds.${widget.kind}`);
  const reads = result?.reads.map(({ table, range }) => (range === null ? table : `${table} (${range})`)).join(', ');
  return (
    <article
      aria-label={name}
      className="flex h-full min-w-0 flex-col gap-2 rounded-lg border border-line bg-surface p-4"
    >
      {(widget.title !== '' || actions) && (
        <div className="flex items-center gap-2">
          {widget.title === '' ? (
            <span className="flex-1" />
          ) : (
            <h2 className="min-w-0 flex-1 font-medium wrap-anywhere">{widget.title}</h2>
          )}
          {actions}
        </div>
      )}
      {result !== undefined && result.fault !== null && (
        <Notice tone="warning" title={t('widget.failed')}>
          <p className="font-mono text-xs whitespace-pre-wrap wrap-anywhere">
            {result.faultWords === null ? result.fault : localize(result.faultWords)}
          </p>
        </Notice>
      )}
      {widget.kind === 'text' ? (
        <ScrollRegion label={widget.title || toPlainWords(widget.text).slice(0, 60)} className="min-h-0 min-w-0 flex-1">
          <WidgetBody widget={widget} result={result} />
        </ScrollRegion>
      ) : (
        <div
          className={classNames(
            'min-h-0 min-w-0 flex-1',
            widget.kind === 'counter' ? 'overflow-hidden' : 'overflow-y-auto',
          )}
        >
          <WidgetBody widget={widget} result={result} />
        </div>
      )}
      {result !== undefined && widget.kind !== 'text' && (
        <p className="truncate text-xs text-ink-faint" title={reads}>
          {t('widget.asOf', { time: format.dateTime(result.asOf) })}
          {widget.kind === 'table' &&
            result.total > result.rows.length &&
            ` · ${t('widget.rows', { shown: format.number(result.rows.length), total: format.number(result.total) })}`}
          {reads !== undefined && reads !== '' && ` · ${reads}`}
        </p>
      )}
    </article>
  );
}
