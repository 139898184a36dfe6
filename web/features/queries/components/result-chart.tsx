import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Execution, ResultPage } from '#server/contract/execution.ts';
import { rowsQuery } from '#web/features/queries/api/execution-requests.ts';
import { type ChartChoice, chartKinds, suggestChart, toChart } from '#web/features/queries/to-chart.ts';
import { isFigureType } from '#web/features/queries/to-cell.ts';
import { readSvgSize } from '#web/features/runs/drawing/size-svg.ts';
import { useChart } from '#web/features/runs/components/use-chart.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useObjectUrl } from '#web/lib/use-object-url.ts';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { SelectField } from '#web/ui/select-field.tsx';

const mostDrawn = 5000;

/** A result as a chart that a person puts together; begins with what suits its columns. */
export function ResultChart({ execution }: { execution: Execution }) {
  const { t } = useTranslation('queries');
  const { id, columns, rows } = execution;
  const [choice, setChoice] = useState(() => suggestChart(columns));
  const { data, error, refetch } = useQuery(rowsQuery(id, { offset: 0, limit: mostDrawn, sorting: null }));
  if (choice === null) return <Notice>{t('chart.noFigures')}</Notice>;
  if (error) return <ErrorPanel error={error} onRetry={refetch} />;

  const names = columns.map(({ name }) => ({ value: name, label: name }));
  const figures = columns.filter(({ type }) => isFigureType(type)).map(({ name }) => ({ value: name, label: name }));
  const change = (changes: Partial<ChartChoice>) => setChoice({ ...choice, ...changes });
  return (
    <div className="grid min-w-0 grid-cols-1 gap-4">
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        <SelectField
          label={t('chart.kind')}
          value={choice.kind}
          onChange={({ target }) => change({ kind: chartKinds.find((kind) => kind === target.value) ?? 'bar' })}
          options={chartKinds.map((kind) => ({ value: kind, label: t(`chart.kinds.${kind}`) }))}
        />
        <SelectField
          label={t('chart.x')}
          value={choice.x}
          onChange={({ target }) => change({ x: target.value })}
          options={names}
        />
        <SelectField
          label={t('chart.y')}
          value={choice.y}
          onChange={({ target }) => change({ y: target.value })}
          options={figures}
        />
        <SelectField
          label={t('chart.colour')}
          value={choice.colour}
          onChange={({ target }) => change({ colour: target.value })}
          options={[{ value: '', label: t('chart.none') }, ...names]}
        />
      </div>
      {rows > mostDrawn && <Notice>{t('chart.cut', { count: mostDrawn })}</Notice>}
      {data === undefined ? <Waiting /> : <Drawn choice={choice} page={data} />}
    </div>
  );
}

const Waiting = () => <div className="h-60 animate-breathe rounded-md bg-sunken" />;

function Drawn({ choice, page }: { choice: ChartChoice; page: ResultPage }) {
  const { t } = useTranslation('queries');
  const [place, setPlace] = useState<HTMLDivElement | null>(null);
  const title = t('chart.title', { x: choice.x, y: choice.y });
  const chart = useMemo(() => ({ title, specification: toChart(choice, page) }), [title, choice, page]);
  const { isDrawing, svg } = useChart(chart, place);
  const address = useObjectUrl(svg, 'image/svg+xml');
  return (
    <div ref={setPlace} className="grid min-w-0 grid-cols-1">
      {svg !== null && address !== null ? (
        <a href={address} download="chart.svg" title={t('chart.save')} className="mx-auto max-w-full">
          <img src={address} alt={title} className="h-auto max-w-full rounded-md" {...readSvgSize(svg)} />
        </a>
      ) : isDrawing || svg !== null ? (
        <Waiting />
      ) : (
        <Notice tone="warning">{t('chart.failed')}</Notice>
      )}
    </div>
  );
}
