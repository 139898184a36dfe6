import type { Simulation } from '#server/contract/chain-readings.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useChainWords } from '#web/lib/use-chain-words.ts';
import { Notice } from '#web/ui/notice.tsx';

/** Whether it would succeed, and what a careful person would look at first. */
export function ProposalWarnings({
  simulation: { succeeds, reason, partial },
  warnings,
}: {
  simulation: Pick<Simulation, 'succeeds' | 'reason' | 'partial'>;
  warnings: readonly string[];
}) {
  const { t } = useTranslation('transactions');
  const say = useChainWords();
  // The notice above says this one.
  const others = warnings.filter((warning) => succeeds || !warning.startsWith('It would fail now:'));
  return (
    <>
      {succeeds ? (
        <Notice tone="success" title={t('simulation.succeeds')} />
      ) : (
        <Notice tone="danger" title={t('simulation.fails')}>
          <p className="wrap-anywhere" {...say(reason ?? 'no reason was given')} />
          <p>{t('simulation.doNotSign')}</p>
        </Notice>
      )}
      {others.length > 0 && (
        <Notice tone="warning" title={t('warnings')}>
          <ul className="grid list-disc gap-1 pl-4 wrap-anywhere">
            {others.map((warning) => (
              <li key={warning} {...say(warning)} />
            ))}
          </ul>
        </Notice>
      )}
      {partial !== null && (
        <Notice title={t('simulation.partial')}>
          <p className="wrap-anywhere" {...say(partial)} />
        </Notice>
      )}
    </>
  );
}
