import type { TransactionProposal } from '#server/contract/transaction-proposal.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { Notice } from '#web/ui/notice.tsx';
import type { Sending } from './use-sending.ts';

type SendingNoticeProps = { sending: Sending; proposal: TransactionProposal; onStop: () => void };

/** What the wallet is asked for just now, or why it did not send. */
export function SendingNotice({ sending, proposal: { network, transaction }, onStop }: SendingNoticeProps) {
  const { t } = useTranslation('transactions');
  if (sending.state === 'idle') return <div role="status" />;
  if (sending.state === 'asking') {
    const wallet = sending.wallet || t('wallet.unnamed');
    return (
      <div role="status">
        <Notice
          title={t(`step.${sending.step}`, { wallet, chain: network.name })}
          actions={
            <Button size="small" onClick={onStop}>
              {t('step.stop')}
            </Button>
          }
        >
          {t('step.explanation')}
        </Notice>
      </div>
    );
  }
  const { failure, step } = sending;
  const isKind = failure.reason === 'rejected';
  return (
    <div role="alert">
      <Notice tone={isKind ? 'neutral' : 'warning'} title={t(`failure.${failure.reason}`)}>
        {failure.reason === 'other-account' && (
          <p className="break-all">{t('failure.wanted', { address: transaction.from })}</p>
        )}
        {failure.reason === 'other-account' && failure.words !== null && (
          <p className="break-all">{t('failure.selected', { address: failure.words })}</p>
        )}
        {failure.reason === 'unknown-network' && (
          <p>{t('failure.addByHand', { chain: network.name, id: transaction.chainId })}</p>
        )}
        {failure.reason === 'no-answer' && step === 'confirming' && <p>{t('failure.mayStillSend')}</p>}
        {['refused', 'unsupported', 'disconnected'].includes(failure.reason) && failure.words !== null && (
          <p className="wrap-anywhere">{t('failure.words', { words: failure.words })}</p>
        )}
        {isKind && <p>{t('failure.nothingSent')}</p>}
      </Notice>
    </div>
  );
}
