import type { DevnetAccount } from '#server/contract/devnet.ts';

type Kind = DevnetAccount['kind'];

const named: readonly (readonly [label: string, kind: Kind])[] = [
  ['Devnet deployer', 'service'],
  ['Dollar treasury', 'service'],
  ['Market maker', 'service'],
  ['Exchange hot wallet', 'service'],
  ['Price reporter', 'service'],
  ['Payroll', 'service'],
  ['Payment facilitator', 'service'],
  ['Weather shop', 'service'],
  ['Whale', 'trader'],
  ['Arbitrage bot', 'trader'],
  ['Slow trader', 'trader'],
  ['Day trader', 'trader'],
  ['Airdrop farmer', 'trader'],
  ['Ada', 'person'],
  ['Ben', 'person'],
  ['Chen', 'person'],
  ['Dora', 'person'],
  ['Emeka', 'person'],
  ['Fatima', 'person'],
  ['Gita', 'person'],
  ['Hugo', 'person'],
  ['Ines', 'person'],
  ['Jun', 'person'],
  ['Kofi', 'person'],
  ['Lena', 'person'],
  ['Mei', 'person'],
  ['Noor', 'person'],
  ['Olga', 'person'],
  ['Pavel', 'person'],
  ['Quinn', 'person'],
  ['Rosa', 'person'],
  ['Sana', 'person'],
  ['Tomas', 'person'],
  ['Uma', 'person'],
  ['Vera', 'person'],
  ['Wei', 'person'],
  ['Address poisoner', 'hostile'],
  ['Fake token issuer', 'hostile'],
  ['Wallet drainer', 'hostile'],
  ['Spare account', 'person'],
];

/** The accounts that Anvil holds the keys of, in the order in which it derives them. */
export const devnetAccounts = named.map(([label, kind]) => ({ label, kind }));

/** Where an account stands in that order. @throws {Error} for a label that no account has */
export function accountIndex(label: string): number {
  const index = named.findIndex(([name]) => name === label);
  if (index === -1) throw new Error(`No devnet account is called ${label}.`);
  return index;
}
