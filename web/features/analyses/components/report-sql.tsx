import type { AnalysisReport, ColumnProfile } from '#server/contract/analysis.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { CodeBlock } from '#web/ui/code-block.tsx';

/** The statements behind the figures; each gives the same in the workbench. */
export function ReportSql({ report }: { report: AnalysisReport }) {
  const { t } = useTranslation('analyses');
  if (report.kind !== 'profile') {
    return report.series.sql === null ? null : <CodeBlock code={report.series.sql} label={t('sql.series')} wrap />;
  }
  const pairs = report.correlations.map(({ one, other, figures }) => ({ of: `${one} × ${other}`, sql: figures.sql }));
  return (
    <section aria-label={t('sql.title')} className="grid min-w-0 grid-cols-1 gap-2">
      <h2 className="text-base font-semibold">{t('sql.title')}</h2>
      <p className="text-sm text-ink-soft">{t('sql.hint')}</p>
      <Statements name={t('sql.overview')} statements={[{ of: t('sql.overview'), sql: report.overview.sql }]} />
      {report.columns.map((column) => (
        <Statements key={column.name} name={column.name} statements={listStatements(column)} />
      ))}
      {pairs.length > 0 && <Statements name={t('sql.correlations')} statements={pairs} />}
    </section>
  );
}

function Statements({ name, statements }: { name: string; statements: { of: string; sql: string }[] }) {
  return (
    <details className="min-w-0 rounded-md border border-line bg-surface p-3 text-sm">
      <summary className="cursor-pointer font-medium wrap-anywhere">{name}</summary>
      <div className="mt-3 grid min-w-0 grid-cols-1 gap-3">
        {statements.map(({ of, sql }) => (
          <CodeBlock key={of} code={sql} label={of} wrap />
        ))}
      </div>
    </details>
  );
}

function listStatements({ counts, figures, spread, total, frequent, histogram, outliers, gaps }: ColumnProfile) {
  const found = {
    counts,
    figures,
    spread,
    total,
    frequent,
    histogram,
    gaps,
    quartiles: outliers?.quartiles?.figures,
    outliers: outliers?.quartiles && { sql: outliers.quartiles.rowsSql },
    deviations: outliers?.deviations?.figures,
  };
  return Object.entries(found).flatMap(([of, statement]) => (statement ? [{ of, sql: statement.sql }] : []));
}
