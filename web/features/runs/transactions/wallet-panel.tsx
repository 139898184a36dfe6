import { RefreshCw, Wallet as WalletIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { TransactionProposal } from '#server/contract/transaction-proposal.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { SendingNotice } from './sending-notice.tsx';
import { SentNotice } from './sent-notice.tsx';
import { useSending } from './use-sending.ts';
import { type Wallet, watchWallets } from './wallets.ts';

/** A chain moves on: what was tried before that says little of now. */
const freshForMs = 5 * 60_000;
const lookAgainMs = 15_000;

type WalletPanelProps = {
  artifact: string;
  proposal: TransactionProposal;
  onSimulate: () => void;
  isSimulating: boolean;
  problem: Error | null;
  /** Why it could not be tried again. */
  failure: string | null;
};

/** Hands the transaction to a wallet of this browser, while what was simulated is fresh and would succeed. */
export function WalletPanel({ artifact, proposal, onSimulate, isSimulating, problem, failure }: WalletPanelProps) {
  const { t } = useTranslation('transactions');
  const format = useFormat();
  const wallets = useWallets();
  const [sendsAgain, setSendsAgain] = useState(false);
  const isFresh = () => Date.now() - Date.parse(proposal.simulatedAt) <= freshForMs;
  const isStillFresh = useFreshness(isFresh, proposal.simulatedAt);
  const { sending, sent, send, stop } = useSending(artifact, isFresh);
  const isAsking = sending.state === 'asking';
  const canSend = isStillFresh && proposal.simulation.succeeds && (sent === null || sendsAgain) && !isAsking;
  const simulate = (
    <Button size="small" icon={<RefreshCw aria-hidden />} busy={isSimulating} onClick={onSimulate}>
      {t('again.simulate')}
    </Button>
  );
  return (
    <section aria-label={t('wallet.title')} className="grid gap-3 border-t border-line pt-4">
      {sent !== null && <SentNotice sent={sent} proposal={proposal} />}
      <SendingNotice sending={sending} proposal={proposal} onStop={stop} />
      {problem !== null && <ErrorPanel error={problem} />}
      {failure !== null && (
        <Notice tone="danger" title={t('again.failed')}>
          <p className="wrap-anywhere">{failure}</p>
        </Notice>
      )}
      {canSend && wallets !== null && (
        <div className="flex flex-wrap gap-2">
          {wallets.map((wallet) => (
            <Button
              key={wallet.id}
              variant="primary"
              icon={
                wallet.icon === null ? <WalletIcon aria-hidden /> : <img src={wallet.icon} alt="" className="size-5" />
              }
              onClick={() => {
                setSendsAgain(false);
                void send(wallet, proposal);
              }}
            >
              {wallets.length === 1 && wallet.name === ''
                ? t('wallet.send')
                : t('wallet.sendWith', { name: wallet.name || t('wallet.unnamed') })}
            </Button>
          ))}
          {wallets.length === 0 && <p className="text-sm text-ink-soft">{t('wallet.none')}</p>}
        </div>
      )}
      {!isAsking && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          {sent !== null && !sendsAgain ? (
            <Button
              size="small"
              variant="quiet"
              busy={isSimulating}
              onClick={() => {
                setSendsAgain(true);
                onSimulate();
              }}
            >
              {t('sent.again')}
            </Button>
          ) : (
            simulate
          )}
          <p className="min-w-0 text-sm text-ink-soft">
            {isStillFresh
              ? t('again.fresh', { ago: format.ago(proposal.simulatedAt) })
              : t('again.old', { ago: format.ago(proposal.simulatedAt) })}
          </p>
        </div>
      )}
      {canSend && wallets !== null && wallets.length > 0 && (
        <p className="text-xs text-ink-faint">{t('wallet.explanation')}</p>
      )}
    </section>
  );
}

function useWallets(): Wallet[] | null {
  const [wallets, setWallets] = useState<Wallet[] | null>(null);
  useEffect(() => watchWallets(setWallets), []);
  return wallets;
}

/** Whether a simulation may still be believed, looked at now and then. */
function useFreshness(isFresh: () => boolean, simulatedAt: string): boolean {
  const [, setLooks] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setLooks((looks) => looks + 1), lookAgainMs);
    return () => clearInterval(timer);
  }, [simulatedAt]);
  return isFresh();
}
