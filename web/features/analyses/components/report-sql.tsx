import { SquareTerminal } from 'lucide-react';
import { Link } from 'react-router';
import type { AnalysisReport, ColumnProfile, QueryElsewhere } from '#server/contract/analysis.ts';
import type { SqlEngineName } from '#server/contract/sql-engine.ts';
import type { SqlParameter } from '#server/contract/sql.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { CodeBlock } from '#web/ui/code-block.tsx';

/** Where a statement can be run, with what its parameters are bound to. */
export type ToWorkbench = (asked: { sql: string; parameters: SqlParameter[]; engine?: SqlEngineName }) => string;

/** The statements behind the figures; each gives the same in the workbench. */
export function ReportSql({ report, toWorkbench }: { report: AnalysisReport; toWorkbench: ToWorkbench }) {
  const { t } = useTranslation('analyses');
  if (report.kind !== 'profile') {
    const { sql, parameters, query } = report.series;
    if (sql === null) return null;
    const address = query === null ? toWorkbench({ sql, parameters }) : null;
    return (
      <div className="grid min-w-0 grid-cols-1 gap-2">
        {query !== null && <Elsewhere query={query} address={toWorkbench({ ...query, parameters })} />}
        <Statement sql={sql} label={t('sql.series')} address={address} />
      </div>
    );
  }
  const { query, parameters } = report;
  const toAddress = (sql: string) => (query === null ? toWorkbench({ sql, parameters }) : null);
  const pairs = report.correlations.map(({ one, other, figures }) => ({ of: `${one} × ${other}`, sql: figures.sql }));
  return (
    <section aria-label={t('sql.title')} className="grid min-w-0 grid-cols-1 gap-2">
      <h2 className="text-base font-semibold">{t('sql.title')}</h2>
      {query === null ? (
        <p className="text-sm text-ink-soft">{t('sql.hint')}</p>
      ) : (
        <Elsewhere query={query} address={toWorkbench({ ...query, parameters })} />
      )}
      <Statements
        toAddress={toAddress}
        name={t('sql.overview')}
        statements={[{ of: t('sql.overview'), sql: report.overview.sql }]}
      />
      {report.columns.map((column) => (
        <Statements
          key={column.name}
          toAddress={toAddress}
          name={column.name}
          statements={listStatements(column).map(({ of, sql }) => ({ of: t(`sql.of.${of}`), sql }))}
        />
      ))}
      {pairs.length > 0 && <Statements toAddress={toAddress} name={t('sql.correlations')} statements={pairs} />}
    </section>
  );
}

type StatementsProps = {
  name: string;
  statements: { of: string; sql: string }[];
  /** Null where the workbench cannot run it. */
  toAddress: (sql: string) => string | null;
};

/** Only this runs where the result came from; what reads the result is the hub's own SQL. */
function Elsewhere({ query, address }: { query: QueryElsewhere; address: string }) {
  const { t } = useTranslation('analyses');
  return (
    <>
      <p className="text-sm text-ink-soft">{t('sql.elsewhere')}</p>
      <Statement sql={query.sql} label={t('sql.query')} address={address} />
    </>
  );
}

function Statements({ name, statements, toAddress }: StatementsProps) {
  return (
    <details className="min-w-0 rounded-md border border-line bg-surface p-3 text-sm">
      <summary className="cursor-pointer font-medium wrap-anywhere">{name}</summary>
      <div className="mt-3 grid min-w-0 grid-cols-1 gap-3">
        {statements.map(({ of, sql }) => (
          <Statement key={of} sql={sql} label={of} address={toAddress(sql)} />
        ))}
      </div>
    </details>
  );
}

function Statement({ sql, label, address }: { sql: string; label: string; address: string | null }) {
  const { t } = useTranslation('analyses');
  const action =
    address === null ? undefined : (
      <Button asChild size="small" variant="quiet" icon={<SquareTerminal aria-hidden />}>
        <Link to={address} aria-label={t('sql.openOf', { name: label })}>
          <span className="max-sm:sr-only">{t('sql.open')}</span>
        </Link>
      </Button>
    );
  return <CodeBlock code={sql} label={label} wrap actions={action} />;
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
