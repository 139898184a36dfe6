import { useMemo, useState } from 'react';
import { toAnalysisCharts, type AnalysisChart } from '#server/contract/analysis-charts.ts';
import type { Analysis } from '#server/contract/analysis.ts';
import { chartAddress } from '#web/features/analyses/api/analysis-requests.ts';
import { useChart } from '#web/features/runs/components/use-chart.ts';
import { readSvgSize } from '#web/features/runs/drawing/size-svg.ts';
import { useLanguage, useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useLocalized } from '#web/lib/use-localized.ts';
import { useObjectUrl } from '#web/lib/use-object-url.ts';

/** The charts of a report in the theme's colours and as wide as their place; a press saves one as the hub draws it. */
export function ReportCharts({ analysis: { id, report } }: { analysis: Analysis }) {
  const { t } = useTranslation('analyses');
  const language = useLanguage() === 'zh-CN' ? 'zh' : 'en';
  const charts = useMemo(() => toAnalysisCharts(report, language), [report, language]);
  if (charts.length === 0) return null;
  const isMany = charts.length > 2;
  return (
    <section
      aria-label={t('view.charts')}
      className={`grid min-w-0 gap-6 ${isMany ? 'lg:grid-cols-2' : 'grid-cols-1'}`}
    >
      {charts.map((chart) => (
        <ReportChart key={chart.id} chart={chart} address={chartAddress(id, chart.id, language)} />
      ))}
    </section>
  );
}

function ReportChart({ chart: { id, title, specification }, address }: { chart: AnalysisChart; address: string }) {
  const { t } = useTranslation('analyses');
  const name = useLocalized()(title);
  const [place, setPlace] = useState<HTMLElement | null>(null);
  const { isDrawing, svg } = useChart({ title: name, specification }, place);
  const drawn = useObjectUrl(svg, 'image/svg+xml');
  const isReady = svg !== null && drawn !== null;
  return (
    <figure className="m-0 grid min-w-0 grid-cols-1 content-start gap-2">
      <figcaption className="text-sm font-medium wrap-anywhere">{name}</figcaption>
      <a
        ref={setPlace}
        href={address}
        download={`${id}.svg`}
        title={t('view.saveChart')}
        className="block min-h-40 overflow-hidden rounded-md border border-line bg-surface"
      >
        {isReady || !isDrawing ? (
          // What cannot be drawn here is shown as the hub draws it.
          <img
            src={drawn ?? address}
            alt={name}
            className="mx-auto h-auto max-w-full"
            {...(svg !== null && readSvgSize(svg))}
          />
        ) : (
          <div className="h-60 animate-breathe bg-sunken" />
        )}
      </a>
    </figure>
  );
}
