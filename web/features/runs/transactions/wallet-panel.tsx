import { useMutation } from '@tanstack/react-query';
import { RefreshCw, Wallet as WalletIcon } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { TransactionProposal } from '#server/contract/transaction-proposal.ts';
import { simulateAgain } from '#web/features/runs/api/simulate-again.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useCancellable } from '#web/lib/use-cancellable.ts';
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
  onSimulated: (proposal: TransactionProposal) => void;
};

/** Hands the transaction to a wallet of this browser, while what was simulated is fresh and would succeed. */
export default function WalletPanel({ artifact, proposal, onSimulated }: WalletPanelProps) {
  const { t } = useTranslation('transactions');
  const format = useFormat();
  const wallets = useWallets();
  const [sendsAgain, setSendsAgain] = useState(false);
  const isFresh = () => Math.abs(Date.now() - Date.parse(proposal.simulatedAt)) <= freshForMs;
  const isStillFresh = useFreshness(isFresh, proposal.simulatedAt);
  const { sending, sent, send, stop } = useSending(artifact, isFresh);
  const { run } = useCancellable();
  const again = useMutation({
    mutationFn: () => run((signal) => simulateAgain(proposal, signal)),
    onSuccess: (came) => {
      // By this browser's clock, by which its age is told.
      if (came !== null && 'proposal' in came) onSimulated({ ...came.proposal, simulatedAt: new Date().toISOString() });
    },
  });
  const failure = again.data && 'failure' in again.data ? (again.data.failure ?? t('again.other')) : null;
  const isAsking = sending.state === 'asking';
  const panel = useRef<HTMLElement>(null);
  const hasPressed = useRef(false);
  useEffect(() => {
    // The button that was pressed is gone: whoever has no mouse goes on here.
    if (hasPressed.current && document.activeElement === document.body) panel.current?.focus({ preventScroll: true });
  }, [isAsking, sending.state, sent, sendsAgain]);
  const canSend = isStillFresh && proposal.simulation.succeeds && (sent === null || sendsAgain) && !isAsking;
  const simulate = (
    <Button size="small" icon={<RefreshCw aria-hidden />} busy={again.isPending} onClick={() => again.mutate()}>
      {t('again.simulate')}
    </Button>
  );
  return (
    <section
      ref={panel}
      tabIndex={-1}
      aria-label={t('wallet.title')}
      className="grid min-w-0 grid-cols-1 gap-3 border-t border-line pt-4 outline-none"
    >
      {sent !== null && <SentNotice sent={sent} proposal={proposal} />}
      <SendingNotice sending={sending} proposal={proposal} onStop={stop} />
      {again.isError && <ErrorPanel error={again.error} />}
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
              className="max-w-full wrap-anywhere whitespace-normal"
              icon={
                wallet.icon === null ? <WalletIcon aria-hidden /> : <img src={wallet.icon} alt="" className="size-5" />
              }
              onClick={() => {
                hasPressed.current = true;
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
              busy={again.isPending}
              onClick={() => {
                hasPressed.current = true;
                setSendsAgain(true);
                again.mutate();
              }}
            >
              {t('sent.again')}
            </Button>
          ) : (
            simulate
          )}
          {(sent === null || sendsAgain) && (
            <p className="min-w-0 text-sm text-ink-soft">
              {t(isStillFresh ? 'again.fresh' : 'again.old', { ago: format.ago(proposal.simulatedAt) })}
            </p>
          )}
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
