import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ChartView } from '#server/contract/chart-view.ts';
import { CounterWidget, type DashboardWidget } from '#server/contract/dashboard.ts';
import { SavedQuery } from '#server/contract/saved-query.ts';
import type { SqlColumn } from '#server/contract/sql.ts';
import { suggestView } from '#server/contract/to-view-chart.ts';
import { lastColumnsQuery } from '#web/features/dashboards/api/last-columns-query.ts';
import { ViewFields } from '#web/features/queries/components/view-fields.tsx';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { usePageList } from '#web/lib/use-page-list.ts';
import { Button } from '#web/ui/button.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { SegmentedChoice } from '#web/ui/segmented-choice.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextArea } from '#web/ui/text-area.tsx';
import { TextField } from '#web/ui/text-field.tsx';

type WidgetFormProps = {
  /** Null makes a new one. */
  widget: DashboardWidget | null;
  widgets: readonly DashboardWidget[];
  onDone: (widget: DashboardWidget) => void;
};
const kinds = ['chart', 'table', 'counter', 'text'] as const;
const sizes = { chart: { w: 6, h: 4 }, table: { w: 6, h: 4 }, counter: { w: 3, h: 2 }, text: { w: 6, h: 2 } };
const compares = CounterWidget.shape.compare.unwrap().options;

/** What a widget shows, of which saved query. */
export function WidgetForm({ widget, widgets, onDone }: WidgetFormProps) {
  const { t } = useTranslation('dashboards');
  const [kind, setKind] = useState<DashboardWidget['kind']>(widget?.kind ?? 'chart');
  const [title, setTitle] = useState(widget?.title ?? '');
  const [text, setText] = useState(widget?.kind === 'text' ? widget.text : '');
  const [query, setQuery] = useState(widget !== null && widget.kind !== 'text' ? widget.query : '');
  const [view, setView] = useState<ChartView | null>(widget?.kind === 'chart' ? widget.view : null);
  const [column, setColumn] = useState(widget?.kind === 'counter' ? widget.column : '');
  const [compare, setCompare] = useState(widget?.kind === 'counter' ? widget.compare : 'refresh');
  const [unit, setUnit] = useState(widget?.kind === 'counter' ? widget.unit : '');
  const queries = usePageList({
    key: ['saved-queries', 'mine'],
    path: '/api/queries',
    item: SavedQuery,
    query: { of: 'mine' },
  });
  const known = queries.items?.find(({ id }) => id === query);
  const { data: columns } = useQuery({ ...lastColumnsQuery(query), enabled: query !== '' });
  const usedView = view ?? (columns === undefined || columns === null ? null : suggestView(columns));
  const usedColumn = column || (columns?.find(({ name }) => name !== '')?.name ?? '');

  const toWidget = (): DashboardWidget | null => {
    const end = Math.max(0, ...widgets.map(({ place }) => place.y + place.h));
    const base = {
      id: widget?.id ?? crypto.randomUUID(),
      title: title.trim() || (kind === 'text' ? '' : (known?.name ?? '')),
      place: widget?.place ?? { x: 0, y: end, ...sizes[kind] },
    };
    if (kind === 'text') return text.trim() === '' ? null : { ...base, kind, text };
    if (query === '') return null;
    if (kind === 'table') return { ...base, kind, query, columns: [] };
    if (kind === 'counter')
      return usedColumn === '' ? null : { ...base, kind, query, column: usedColumn, compare, unit };
    return usedView === null ? null : { ...base, kind, query, view: usedView };
  };
  const made = toWidget();
  return (
    <form
      className="grid grid-cols-1 gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (made !== null) onDone(made);
      }}
    >
      <SegmentedChoice
        label={t('form.kind')}
        value={kind}
        onChange={setKind}
        options={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
      />
      <TextField
        label={t('form.title')}
        value={title}
        maxLength={120}
        onChange={({ target }) => setTitle(target.value)}
      />
      {kind === 'text' ? (
        <TextArea
          label={t('form.text')}
          hint={t('form.textHint')}
          rows={6}
          value={text}
          maxLength={10_000}
          onChange={({ target }) => setText(target.value)}
        />
      ) : (
        <SelectField
          label={t('form.query')}
          hint={
            queries.items?.length === 0
              ? t('form.noQueries')
              : known?.engine === 'dune'
                ? t('form.duneQuery')
                : undefined
          }
          value={query}
          onChange={({ target }) => {
            setQuery(target.value);
            setView(null);
            setColumn('');
          }}
          options={[
            { value: '', label: t('form.choose') },
            ...(query !== '' && known === undefined ? [{ value: query, label: widget?.title ?? query }] : []),
            ...(queries.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
      {kind !== 'text' && query !== '' && (
        <Columns columns={columns}>
          {(found) => (
            <>
              {kind === 'chart' && usedView !== null && (
                <ViewFields view={usedView} columns={found} onChange={setView} />
              )}
              {kind === 'counter' && (
                <div className="grid gap-3 sm:grid-cols-3">
                  <SelectField
                    label={t('form.column')}
                    value={usedColumn}
                    onChange={({ target }) => setColumn(target.value)}
                    options={found.map(({ name }) => ({ value: name, label: name }))}
                  />
                  <SelectField
                    label={t('form.compare')}
                    value={compare}
                    onChange={({ target }) => setCompare(compares.find((one) => one === target.value) ?? 'none')}
                    options={compares.map((value) => ({ value, label: t(`form.compares.${value}`) }))}
                  />
                  <TextField
                    label={t('form.unit')}
                    value={unit}
                    maxLength={20}
                    onChange={({ target }) => setUnit(target.value)}
                  />
                </div>
              )}
            </>
          )}
        </Columns>
      )}
      <Button type="submit" variant="primary" disabled={made === null} className="justify-self-end">
        {t('form.done')}
      </Button>
    </form>
  );
}

function Columns({
  columns,
  children,
}: {
  columns: readonly SqlColumn[] | null | undefined;
  children: (columns: readonly SqlColumn[]) => React.ReactNode;
}) {
  const { t } = useTranslation('dashboards');
  if (columns === undefined) return <div className="h-16 animate-breathe rounded-md bg-sunken" />;
  return columns === null ? <Notice>{t('form.neverRun')}</Notice> : children(columns);
}
