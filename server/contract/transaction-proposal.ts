import { z } from 'zod';
import { ExactAmount } from './chain-figures.ts';
import { Simulation } from './chain-readings.ts';
import { Timestamp } from './identifier.ts';

/** What a proposed transaction does with a token, beside sending it. */
export const TransactionAction = z.enum(['send', 'approve', 'revoke']);
export type TransactionAction = z.infer<typeof TransactionAction>;

/** What is asked of a proposal beside the call itself. */
export type TransactionWish = {
  action?: TransactionAction | undefined;
  token?: string | undefined;
  /** In whole units, or `unlimited` for an approval. */
  amount?: string | undefined;
};

/** A transaction as a wallet takes it (EIP-1474), quantities in hexadecimal. */
export const UnsignedTransaction = z.object({
  chainId: z.number(),
  from: z.string(),
  to: z.string(),
  value: z.string(),
  data: z.string(),
  gas: z.string().nullable(),
});
export type UnsignedTransaction = z.infer<typeof UnsignedTransaction>;

/** The chain as a wallet is told of it (EIP-3085); URLs are the hub's public ones alone, for others may hold keys. */
export const WalletNetwork = z.object({
  slug: z.string(),
  name: z.string(),
  isTestnet: z.boolean().describe('Whether nothing on it is real money.'),
  currency: z.object({ name: z.string(), symbol: z.string(), decimals: z.number() }),
  explorerUrl: z.string(),
  rpcUrls: z.array(z.string()),
});
export type WalletNetwork = z.infer<typeof WalletNetwork>;

/** What a transaction is meant to do, by its own data. */
export const ProposedEffect = z.object({
  kind: z.enum(['send-coin', 'send-token', 'approve', 'approve-all', 'revoke', 'call']),
  amount: ExactAmount.nullable(),
  isUnlimited: z.boolean().describe('Whether an approval has no end.'),
  token: z.object({ address: z.string(), symbol: z.string(), isWellKnown: z.boolean() }).nullable(),
  counterparty: z.string().describe('Who receives, who may spend, or what is called.'),
});
export type ProposedEffect = z.infer<typeof ProposedEffect>;

/** A transaction for a person's own wallet: unsigned, decoded, and tried on the chain as it was. */
export const TransactionProposal = z.object({
  transaction: UnsignedTransaction.describe('Unsigned, for the wallet of the person, who alone can sign it.'),
  network: WalletNetwork,
  effect: ProposedEffect,
  walletLink: z.string().nullable().describe('EIP-681; null where a link cannot say it.'),
  fee: ExactAmount.nullable().describe('About what it would cost now.'),
  simulation: Simulation,
  simulatedAt: Timestamp,
  warnings: z.array(z.string()),
});
export type TransactionProposal = z.infer<typeof TransactionProposal>;
