import type { TransactionProposal } from '#server/contract/transaction-proposal.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useChainWords } from '#web/lib/use-chain-words.ts';
import { Notice } from '#web/ui/notice.tsx';

/** Whether it would succeed, and what a careful person would look at first. */
export function ProposalWarnings({ proposal }: { proposal: TransactionProposal }) {
  const { simulatedAt, warnings } = proposal;
  const { succeeds, reason, partial } = proposal.simulation;
  const format = useFormat();
  const { t } = useTranslation('transactions');
  const say = useChainWords();
  // The notice above says this one.
  const others = warnings.filter((warning) => succeeds || !warning.startsWith('It would fail now:'));
  return (
    <>
      {succeeds ? (
        <Notice tone="success" title={t('simulation.succeeds')}>
          {t('simulation.at', { time: format.dateTime(simulatedAt) })}
        </Notice>
      ) : (
        <Notice tone="danger" title={t('simulation.fails')}>
          <p className="wrap-anywhere" {...say(reason ?? 'no reason was given')} />
          <p>{t('simulation.doNotSign')}</p>
          <p>{t('simulation.at', { time: format.dateTime(simulatedAt) })}</p>
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
