import { Play, Upload } from 'lucide-react';
import type { ReactNode } from 'react';
import type { QueryTable } from '#server/contract/dataset.ts';
import { firstDevnetQuery } from '#web/features/indexes/first-devnet-query.ts';
import { quoteName } from '#web/features/queries/quote-name.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';

type QueryStartersProps = {
  tables: readonly QueryTable[];
  onQuery: (sql: string) => void;
  onUpload: () => void;
};

const mostTables = 3;
/** Needs no table, so that there is something to run on a fresh hub. */
const sample = `SELECT month, amount, amount - lag(amount) OVER (ORDER BY month) AS change
FROM (VALUES ('2026-01', 120), ('2026-02', 135), ('2026-03', 128), ('2026-04', 162),
             ('2026-05', 171), ('2026-06', 190)) AS sales(month, amount)
ORDER BY month`;

/** What stands where a result will be, until something is asked: queries that run by a press. */
export function QueryStarters({ tables, onQuery, onUpload }: QueryStartersProps) {
  const { t } = useTranslation('queries');
  const own = tables.filter(({ datasetId }) => datasetId !== null);
  return (
    <section aria-label={t('starters.title')} className="grid gap-3 rounded-lg border border-dashed border-line p-5">
      <div>
        <h2 className="font-display text-lg">{t('starters.title')}</h2>
        <p className="text-sm text-ink-soft">{t('starters.text')}</p>
      </div>
      <ul className="grid gap-2">
        {own.slice(0, mostTables).map(({ name }) => (
          <Starter
            key={name}
            icon={<Play />}
            label={t('starters.look', { name })}
            onPress={() => onQuery(`SELECT * FROM ${quoteName(name)} LIMIT 100`)}
          />
        ))}
        <Starter icon={<Play />} label={t('starters.sample')} onPress={() => onQuery(sample)} />
        {tables.some(({ name }) => name === 'devnet.erc20_transfers') && (
          <Starter icon={<Play />} label={t('starters.devnet')} onPress={() => onQuery(firstDevnetQuery)} />
        )}
        {own.length === 0 && <Starter icon={<Upload />} label={t('starters.bring')} onPress={onUpload} />}
      </ul>
    </section>
  );
}

function Starter({ icon, label, onPress }: { icon: ReactNode; label: string; onPress: () => void }) {
  return (
    <li className="grid">
      <button
        type="button"
        onClick={onPress}
        className="flex min-h-11 items-center gap-3 rounded-md border border-line bg-surface px-4 py-2 text-left text-sm shadow-low wrap-anywhere hover:border-accent hover:bg-accent-soft"
      >
        <span aria-hidden className="shrink-0 text-accent [&_svg]:size-4">
          {icon}
        </span>
        {label}
      </button>
    </li>
  );
}
