import type { Address } from 'viem';
import type { ProposedEffect } from '#server/contract/transaction-proposal.ts';
import type { ChainContext } from './chain-context.ts';
import { decodeCall, getArgument } from './decode-data.ts';
import { toExactAmount } from './exact-amount.ts';
import { unlimitedFrom } from './find-warnings.ts';
import { findKnownToken } from './known-tokens.ts';
import { toTokenAmount } from './list-transfers.ts';
import type { PreparedCall } from './prepare-call.ts';
import { readTokenDetails, type TokenDetails } from './token-details.ts';

/** What a transaction is meant to do, by its own data and not by what was asked for. */
export async function findEffect(
  { client, chain }: Pick<ChainContext, 'client' | 'chain'>,
  call: PreparedCall,
  block: bigint,
): Promise<ProposedEffect> {
  const called: ProposedEffect = {
    kind: 'call',
    amount: null,
    isUnlimited: false,
    token: null,
    counterparty: call.to,
  };
  if (call.data === '0x')
    return { ...called, kind: 'send-coin', amount: toExactAmount(call.value, chain.nativeCurrency) };
  const decoded = decodeCall(call.data);
  if (decoded === null || !effects.has(decoded.name)) return called;
  const details = await readTokenDetails(client, call.to, block);
  const token = toNamedToken(details, chain.id);
  if (decoded.name === 'setApprovalForAll') {
    const counterparty = getArgument<Address>(decoded, 'operator') ?? call.to;
    const isGiven = getArgument<boolean>(decoded, 'approved') === true;
    return { ...called, kind: isGiven ? 'approve-all' : 'revoke', isUnlimited: isGiven, token, counterparty };
  }
  const raw = getArgument<bigint>(decoded, 'amount');
  // The same call of a collection hands over one piece of it.
  if (raw === undefined || details.decimals === null) return called;
  const amount = toTokenAmount(raw, details, call.to);
  if (decoded.name === 'transfer')
    return {
      ...called,
      kind: 'send-token',
      amount,
      token,
      counterparty: getArgument<Address>(decoded, 'to') ?? call.to,
    };
  const counterparty = getArgument<Address>(decoded, 'spender') ?? call.to;
  const isUnlimited = raw >= unlimitedFrom;
  const kind = raw === 0n && decoded.name === 'approve' ? 'revoke' : 'approve';
  return { ...called, kind, amount: isUnlimited ? null : amount, isUnlimited, token, counterparty };
}

const effects = new Set(['transfer', 'approve', 'increaseAllowance', 'setApprovalForAll']);

const toNamedToken = ({ address, symbol }: TokenDetails, chainId: number) => ({
  address,
  symbol,
  isWellKnown: findKnownToken(chainId, symbol) === address,
});
