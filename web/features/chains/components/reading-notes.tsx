import { useChainWords } from '#web/lib/use-chain-words.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Notice } from '#web/ui/notice.tsx';

const mostWarnings = 6;

/** What a careful reader would point out about what was read, and what is missing of it. */
export function ReadingNotes({ warnings, partial }: { warnings: readonly string[]; partial: string | null }) {
  const { t } = useTranslation('chains');
  const say = useChainWords();
  return (
    <>
      {warnings.length > 0 && (
        <Notice tone="warning" title={t('wallet.notes.warnings')}>
          <ul className="grid list-disc gap-1 pl-4 wrap-anywhere">
            {warnings.slice(0, mostWarnings).map((warning) => (
              <li key={warning} {...say(warning)} />
            ))}
          </ul>
          {warnings.length > mostWarnings && (
            <p className="mt-1">{t('wallet.notes.more', { count: warnings.length - mostWarnings })}</p>
          )}
        </Notice>
      )}
      {partial !== null && (
        <Notice title={t('wallet.notes.partial')}>
          <p className="wrap-anywhere" {...say(partial)} />
        </Notice>
      )}
    </>
  );
}
