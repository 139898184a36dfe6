import type { Analysis } from '#server/contract/analysis.ts';
import { chartAddress } from '#web/features/analyses/api/analysis-requests.ts';
import { useLanguage, useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useLocalized } from '#web/lib/use-localized.ts';

/** The charts of a report, drawn by the hub; a press saves one. */
export function ReportCharts({ analysis: { id, charts } }: { analysis: Analysis }) {
  const { t } = useTranslation('analyses');
  const localize = useLocalized();
  const language = useLanguage() === 'zh-CN' ? 'zh' : 'en';
  if (charts.length === 0) return null;
  const isMany = charts.length > 2;
  return (
    <section
      aria-label={t('view.charts')}
      className={`grid min-w-0 gap-6 ${isMany ? 'lg:grid-cols-2' : 'grid-cols-1'}`}
    >
      {charts.map((chart) => {
        const address = chartAddress(id, chart.id, language);
        return (
          <figure key={chart.id} className="m-0 grid min-w-0 content-start gap-2">
            <figcaption className="text-sm font-medium wrap-anywhere">{localize(chart.title)}</figcaption>
            <a href={address} download={`${chart.id}.svg`} title={t('view.saveChart')} className="min-h-40 max-w-full">
              <img
                src={address}
                alt={localize(chart.title)}
                loading="lazy"
                className="h-auto max-w-full rounded-md border border-line"
              />
            </a>
          </figure>
        );
      })}
    </section>
  );
}
