import { z } from 'zod';
import type { TransactionProposal, UnsignedTransaction } from '#server/contract/transaction-proposal.ts';
import { readErrorCode, toWalletFailure, WalletFailure } from './wallet-failure.ts';
import type { WalletProvider } from './wallets.ts';

/** What is asked of the wallet, and so of the person, right now. */
export type SendStep = 'connecting' | 'switching' | 'confirming';

type Sending = {
  provider: WalletProvider;
  proposal: Pick<TransactionProposal, 'transaction' | 'network'>;
  /** Whether what was simulated may still be believed. */
  isFresh: () => boolean;
  onStep: (step: SendStep) => void;
  /** Told of a hash that came after nobody waited for it any more. */
  onLate: (hash: string) => void;
  signal: AbortSignal;
};

const personLimitMs = 10 * 60_000;
const machineLimitMs = 20_000;
const chainIsUnknown = 4902;

const Accounts = z.array(z.string().regex(/^0x[0-9a-f]{40}$/i)).max(1000);
const Quantity = z.string().regex(/^0x[0-9a-f]{1,16}$/i);
const Hash = z.string().regex(/^0x[0-9a-f]{64}$/i);

/**
 * Has a wallet sign and send exactly the transaction that is shown; nothing is sent unless the person agrees there.
 *
 * @returns the hash that the wallet tells
 * @throws {WalletFailure}
 */
export async function sendWithWallet({
  provider,
  proposal,
  isFresh,
  onStep,
  onLate,
  signal,
}: Sending): Promise<string> {
  const { transaction, network } = proposal;
  const ask = async (method: string, params: unknown[], limitMs: number) =>
    await inTime(provider.request({ method, params }), { limitMs, signal });
  try {
    onStep('connecting');
    const accounts = read(Accounts, await ask('eth_requestAccounts', [], personLimitMs));
    if (!accounts.some((account) => account.toLowerCase() === transaction.from.toLowerCase()))
      throw new WalletFailure('other-account', accounts[0] ?? null);
    if (!(await isOnChain())) {
      onStep('switching');
      await switchChain();
      if (!(await isOnChain())) throw new WalletFailure('wrong-network');
    }
    if (!isFresh()) throw new WalletFailure('old');
    onStep('confirming');
    const sent = provider.request({ method: 'eth_sendTransaction', params: [toWalletTransaction(transaction)] });
    return read(
      Hash,
      await inTime(sent, { limitMs: personLimitMs, signal }).catch((thrown: unknown) => {
        // Who stopped waiting may still agree in the wallet.
        void sent.then(
          (late) => Hash.safeParse(late).success && onLate(Hash.parse(late)),
          () => undefined,
        );
        throw thrown;
      }),
    );
  } catch (thrown) {
    throw toWalletFailure(thrown);
  }

  async function isOnChain(): Promise<boolean> {
    return Number(read(Quantity, await ask('eth_chainId', [], machineLimitMs))) === transaction.chainId;
  }

  async function switchChain(): Promise<void> {
    const chainId = toQuantity(transaction.chainId);
    try {
      await ask('wallet_switchEthereumChain', [{ chainId }], personLimitMs);
    } catch (thrown) {
      if (readErrorCode(thrown) !== chainIsUnknown) throw thrown;
      const rpcUrls = network.rpcUrls.filter((url) => url.startsWith('https://'));
      if (rpcUrls.length === 0) throw new WalletFailure('unknown-network');
      const { name: chainName, currency: nativeCurrency } = network;
      const blockExplorerUrls = network.explorerUrl.startsWith('https://') ? [network.explorerUrl] : [];
      const added = { chainId, chainName, nativeCurrency, rpcUrls, blockExplorerUrls };
      await ask('wallet_addEthereumChain', [added], personLimitMs);
      if (!(await isOnChain())) await ask('wallet_switchEthereumChain', [{ chainId }], personLimitMs);
    }
  }
}

/** The parameter of `eth_sendTransaction` (EIP-1474); the wallet works out what is not in it: the nonce and the price of gas. */
export function toWalletTransaction({ chainId, from, to, value, data, gas }: UnsignedTransaction) {
  return { from, to, value, data, ...(gas === null ? {} : { gas }), chainId: toQuantity(chainId) };
}

const toQuantity = (value: number) => `0x${value.toString(16)}`;

function read<Value>(schema: z.ZodType<Value>, answer: unknown): Value {
  const found = schema.safeParse(answer);
  if (!found.success) throw new WalletFailure('strange-answer');
  return found.data;
}

function inTime<Value>(work: Promise<Value>, { limitMs, signal }: { limitMs: number; signal: AbortSignal }) {
  return new Promise<Value>((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      reject(new WalletFailure('no-answer'));
    };
    const timer = setTimeout(end, limitMs);
    if (signal.aborted) end();
    signal.addEventListener('abort', end);
    void work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
    });
  });
}
