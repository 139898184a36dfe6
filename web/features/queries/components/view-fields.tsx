import { ChartAggregate, ChartKind, ChartSort, type ChartView } from '#server/contract/chart-view.ts';
import { isFigureType } from '#server/contract/column-types.ts';
import type { SqlColumn } from '#server/contract/sql.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { CheckboxField } from '#web/ui/checkbox-field.tsx';
import { SelectField } from '#web/ui/select-field.tsx';

type ViewFieldsProps = {
  view: ChartView;
  columns: readonly SqlColumn[];
  onChange: (view: ChartView) => void;
};

const mostFigures = 8;
const withoutSeries: readonly ChartKind[] = ['pie', 'histogram', 'counter'];

/** What a chart is made of: its kind, and which columns stand where. */
export function ViewFields({ view, columns, onChange }: ViewFieldsProps) {
  const { t } = useTranslation('queries');
  const { kind, x, y, series } = view;
  const change = (changes: Partial<ChartView>) => onChange({ ...view, ...changes });
  const names = columns.map(({ name }) => ({ value: name, label: name }));
  const figures = columns.filter(({ type }) => isFigureType(type)).map(({ name }) => ({ value: name, label: name }));
  const none = { value: '', label: t('chart.none') };
  const addable = figures.filter(({ value }) => !y.includes(value));
  const isPlain = kind === 'histogram' || kind === 'counter';
  return (
    <div className="grid grid-cols-1 gap-3">
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        <SelectField
          label={t('chart.kind')}
          value={kind}
          onChange={({ target }) => change({ kind: ChartKind.catch('bar').parse(target.value) })}
          options={ChartKind.options.map((value) => ({ value, label: t(`chart.kinds.${value}`) }))}
        />
        {kind !== 'counter' && (
          <SelectField
            label={t('chart.x')}
            value={x ?? ''}
            onChange={({ target }) => change({ x: target.value })}
            options={x === null ? [none, ...names] : names}
          />
        )}
        {kind !== 'histogram' && (
          <SelectField
            label={t(kind === 'heatmap' ? 'chart.shade' : 'chart.y')}
            value={y[0] ?? ''}
            onChange={({ target }) =>
              change({ y: [target.value, ...y.slice(1).filter((one) => one !== target.value)] })
            }
            options={
              y.length === 0 ? [none, ...(kind === 'counter' ? names : figures)] : kind === 'counter' ? names : figures
            }
          />
        )}
        {!withoutSeries.includes(kind) && y.length < 2 && (
          <SelectField
            label={t(kind === 'heatmap' ? 'chart.down' : 'chart.colour')}
            value={series ?? ''}
            onChange={({ target }) => change({ series: target.value === '' ? null : target.value })}
            options={[none, ...names]}
          />
        )}
        {!isPlain && (
          <>
            <SelectField
              label={t('chart.aggregate')}
              value={view.aggregate}
              onChange={({ target }) => change({ aggregate: ChartAggregate.catch('none').parse(target.value) })}
              options={ChartAggregate.options.map((value) => ({ value, label: t(`chart.aggregates.${value}`) }))}
            />
            <SelectField
              label={t('chart.sort')}
              value={view.sort}
              onChange={({ target }) => change({ sort: ChartSort.catch('none').parse(target.value) })}
              options={ChartSort.options.map((value) => ({ value, label: t(`chart.sorts.${value}`) }))}
            />
            {y.length > 0 && addable.length > 0 && y.length < mostFigures && !['pie', 'heatmap'].includes(kind) && (
              <SelectField
                label={t('chart.more')}
                value=""
                onChange={({ target }) => target.value !== '' && change({ y: [...y, target.value], series: null })}
                options={[none, ...addable]}
              />
            )}
          </>
        )}
      </div>
      {y.length > 1 && (
        <ul className="flex flex-wrap gap-2">
          {y.map((name) => (
            <li key={name}>
              <button
                type="button"
                className="min-h-9 rounded-full border border-line px-3 text-sm hover:bg-sunken"
                aria-label={t('chart.less', { name })}
                onClick={() => change({ y: y.filter((one) => one !== name) })}
              >
                {name} <span aria-hidden>×</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {!isPlain && kind !== 'pie' && (
        <CheckboxField
          label={t('chart.log')}
          checked={view.isLogarithmic}
          onChange={({ target }) => change({ isLogarithmic: target.checked })}
        />
      )}
    </div>
  );
}
