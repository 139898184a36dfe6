import type { LocalizedText } from './localized-text.ts';
import type { TransactionProposal } from './transaction-proposal.ts';

/** What a proposed transaction does, as a sentence without its end; addresses are whole. */
export function describeEffect(
  { effect, simulation: { call, value } }: Pick<TransactionProposal, 'effect' | 'simulation'>,
  language: keyof LocalizedText,
): string {
  return (language === 'zh' ? inChinese : inEnglish)[effect.kind]({
    amount: effect.amount === null ? '' : `${effect.amount.formatted} ${effect.amount.symbol}`,
    symbol: effect.token?.symbol ?? '',
    address: effect.counterparty,
    name: call?.name ?? '',
    value: value.raw === '0' ? '' : `${value.formatted} ${value.symbol}`,
    isUnlimited: effect.isUnlimited,
  });
}

type Said = { amount: string; symbol: string; address: string; name: string; value: string; isUnlimited: boolean };
type Sentences = Record<TransactionProposal['effect']['kind'], (said: Said) => string>;

const inEnglish: Sentences = {
  'send-coin': ({ amount, address }) => `Send ${amount} to ${address}`,
  'send-token': ({ amount, address }) => `Send ${amount} to ${address}`,
  approve: ({ amount, symbol, address, isUnlimited }) =>
    isUnlimited ? `Let ${address} spend all ${symbol}, without a limit` : `Let ${address} spend up to ${amount}`,
  'approve-all': ({ symbol, address }) => `Let ${address} move every ${symbol}`,
  revoke: ({ symbol, address }) => `Take from ${address} the right to spend ${symbol}`,
  call: ({ name, address, value }) => `Call ${name} of ${address}${value === '' ? '' : ` with ${value}`}`,
};

const inChinese: Sentences = {
  'send-coin': ({ amount, address }) => `向 ${address} 发送 ${amount}`,
  'send-token': ({ amount, address }) => `向 ${address} 发送 ${amount}`,
  approve: ({ amount, symbol, address, isUnlimited }) =>
    isUnlimited ? `允许 ${address} 无限额动用全部 ${symbol}` : `允许 ${address} 动用至多 ${amount}`,
  'approve-all': ({ symbol, address }) => `允许 ${address} 转走每一个 ${symbol}`,
  revoke: ({ symbol, address }) => `撤销 ${address} 动用 ${symbol} 的权利`,
  call: ({ name, address, value }) => `调用 ${address} 的 ${name}${value === '' ? '' : `，附带 ${value}`}`,
};
