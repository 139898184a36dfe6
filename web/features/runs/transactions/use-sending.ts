import { useEffect, useRef, useState } from 'react';
import type { TransactionProposal } from '#server/contract/transaction-proposal.ts';
import { keepSent, readSent, type Sent } from './kept-sending.ts';
import { type SendStep, sendWithWallet } from './send-with-wallet.ts';
import { WalletFailure } from './wallet-failure.ts';
import type { Wallet } from './wallets.ts';

export type Sending =
  | { state: 'idle' }
  | { state: 'asking'; step: SendStep; wallet: string }
  | { state: 'failed'; failure: WalletFailure; step: SendStep };

/** One transaction on its way into a wallet, and what came of it. */
export function useSending(artifact: string, isFresh: () => boolean) {
  const [sending, setSending] = useState<Sending>({ state: 'idle' });
  const [sent, setSent] = useState<Sent | null>(() => readSent(artifact));
  const controller = useRef<AbortController | null>(null);
  useEffect(() => () => controller.current?.abort(), []);
  const keep = (hash: string) => {
    const kept = { hash, at: new Date().toISOString() };
    keepSent(artifact, kept);
    setSent(kept);
    setSending({ state: 'idle' });
  };
  const send = async (wallet: Wallet, proposal: TransactionProposal) => {
    const own = new AbortController();
    controller.current = own;
    let step: SendStep = 'connecting';
    try {
      keep(
        await sendWithWallet({
          provider: wallet.provider,
          proposal,
          isFresh,
          onStep: (next) => {
            step = next;
            setSending({ state: 'asking', step, wallet: wallet.name });
          },
          onLate: keep,
          signal: own.signal,
        }),
      );
    } catch (thrown) {
      const failure = thrown instanceof WalletFailure ? thrown : new WalletFailure('refused');
      setSending({ state: 'failed', failure, step });
    }
  };
  return { sending, sent, send, stop: () => controller.current?.abort() };
}
