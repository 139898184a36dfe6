import { toAnalysisTables } from '#server/contract/analysis-tables.ts';
import type { AnalysisReport } from '#server/contract/analysis.ts';
import { classNames } from '#web/lib/class-names.ts';
import { useLanguage } from '#web/lib/i18n/use-translation.ts';
import { ScrollRegion } from '#web/ui/scroll-region.tsx';

/** What stands at the right of its column, so that digits stand under digits. */
const figure = /^(?:–|[-−]?[\d.,]+(?:e[+-]?\d+)?(?: ?%)?)$/;

/** The figures of a report. A wide table scrolls by itself, not the page. */
export function ReportTables({ report }: { report: AnalysisReport }) {
  const language = useLanguage() === 'zh-CN' ? 'zh' : 'en';
  return toAnalysisTables(report, language).map(({ title, columns, rows }) => {
    const sides = columns.map((_, index) => (rows.every((row) => figure.test(row[index] ?? '')) ? 'text-right' : ''));
    return (
      <section key={title} aria-label={title} className="grid min-w-0 grid-cols-1 gap-2">
        <h2 className="text-base font-semibold">{title}</h2>
        <ScrollRegion label={title} className="max-h-120 rounded-md border border-line">
          <table className="w-full border-collapse text-sm tabular-nums">
            <thead className="sticky top-0 bg-sunken text-left text-xs text-ink-soft">
              <tr>
                {columns.map((column, index) => (
                  <th
                    key={`${index} ${column}`}
                    scope="col"
                    className={classNames('px-3 py-2 font-medium whitespace-nowrap', sides[index])}
                  >
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, place) => (
                <tr key={`${place} ${row[0]}`} className="border-t border-line">
                  {row.map((cell, index) => (
                    <td
                      key={`${index} ${columns[index]}`}
                      className={classNames('px-3 py-2 whitespace-nowrap', sides[index])}
                    >
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </section>
    );
  });
}
