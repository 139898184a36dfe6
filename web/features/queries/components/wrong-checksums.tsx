import type { WrongChecksums as Wrong } from '#server/contract/dataset.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Notice } from '#web/ui/notice.tsx';

/** Which addresses of a table may be mistyped, column by column. */
export function WrongChecksums({ found, name }: { found: readonly Wrong[]; name: string }) {
  const { t } = useTranslation('queries');
  const format = useFormat();
  return (
    <Notice tone="warning" title={t('checksums.title', { name })}>
      <p>{t('checksums.text')}</p>
      <ul className="mt-2 grid gap-2">
        {found.map(({ column, count, first }) => (
          <li key={column} className="grid gap-1">
            <span>{t('checksums.column', { count, rows: format.number(count), column })}</span>
            {first.map(({ row, address }) => (
              <span key={row} className="break-all">
                {t('checksums.row', { row: format.number(row) })} <code translate="no">{address}</code>
              </span>
            ))}
            {count > first.length && <span>{t('checksums.more', { rows: format.number(count - first.length) })}</span>}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
