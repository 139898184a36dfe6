import { z } from 'zod';

/** Why a wallet did not send; each has a sentence of its own. */
export type WalletReason =
  | 'rejected'
  | 'busy'
  | 'other-account'
  | 'unknown-network'
  | 'wrong-network'
  | 'unsupported'
  | 'disconnected'
  | 'no-answer'
  | 'strange-answer'
  | 'old'
  | 'refused';

const longestWords = 300;

/** A wallet did not do what it was asked; `words` are its own, a stranger's. */
export class WalletFailure extends Error {
  readonly reason: WalletReason;
  readonly words: string | null;

  constructor(reason: WalletReason, words: string | null = null) {
    super(reason);
    this.name = 'WalletFailure';
    this.reason = reason;
    this.words = words;
  }
}

/** The number of a wallet's error, also where it is wrapped in another; null: it has none. */
export function readErrorCode(thrown: unknown): number | null {
  const read = ProviderError.safeParse(thrown);
  if (!read.success) return null;
  return read.data.data?.originalError?.code ?? read.data.code;
}

const ProviderError = z.object({
  code: z.number(),
  message: z.string().optional(),
  data: z
    .object({ originalError: z.object({ code: z.number() }).optional() })
    .optional()
    .catch(undefined),
});

/** By the numbers of EIP-1193 and EIP-1474. */
const reasons = new Map<number, WalletReason>([
  [4001, 'rejected'],
  [4100, 'rejected'],
  [4200, 'unsupported'],
  [-32601, 'unsupported'],
  [4900, 'disconnected'],
  [4901, 'disconnected'],
  [-32002, 'busy'],
]);

export function toWalletFailure(thrown: unknown): WalletFailure {
  if (thrown instanceof WalletFailure) return thrown;
  const code = readErrorCode(thrown);
  const message = ProviderError.safeParse(thrown).data?.message ?? (thrown instanceof Error ? thrown.message : '');
  return new WalletFailure(
    (code === null ? null : reasons.get(code)) ?? 'refused',
    message.trim().slice(0, longestWords) || null,
  );
}
