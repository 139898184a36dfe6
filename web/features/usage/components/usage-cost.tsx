import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { UsageRow } from '#server/contract/usage-report.ts';
import { useFormat } from '#web/lib/format.ts';

/** A cost, and beside it how many runs have a price that nobody knows; where that is all of them, it is never told as zero. */
export function UsageCost({ row }: { row: Pick<UsageRow, 'runs' | 'costUsd' | 'runsWithUnknownCost'> }) {
  const { t } = useTranslation('usage');
  const format = useFormat();
  if (row.runsWithUnknownCost === 0) return <span>{format.usd(row.costUsd)}</span>;
  const nothingKnown = row.runsWithUnknownCost >= row.runs && row.costUsd === 0;
  return (
    <span className="inline-grid">
      <span className={nothingKnown ? 'text-ink-faint italic' : undefined}>
        {nothingKnown ? t('common:unknown') : format.usd(row.costUsd)}
      </span>
      {!nothingKnown && (
        <span className="font-sans text-xs font-normal text-ink-faint">
          {t('unknownRuns', { count: row.runsWithUnknownCost })}
        </span>
      )}
    </span>
  );
}
