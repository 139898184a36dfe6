/** What a report is asked of; it stands in the page's address. */
export type WalletQuestion = { address: string; chain: string; days: number; own: string[] };

export const dayChoices = [7, 30, 90, 365];
const usualDays = 30;

/** Null: no wallet was named yet. */
export function readQuestion(search: URLSearchParams): WalletQuestion | null {
  const address = search.get('address')?.trim() ?? '';
  const chain = search.get('chain') ?? '';
  if (address === '' || chain === '') return null;
  const days = Number(search.get('days'));
  return {
    address,
    chain,
    days: dayChoices.includes(days) ? days : usualDays,
    own: toAddresses(search.get('own') ?? ''),
  };
}

export function toSearch({ address, chain, days, own }: WalletQuestion): Record<string, string> {
  return { address, chain, days: String(days), ...(own.length === 0 ? {} : { own: own.join(',') }) };
}

/** Addresses as people list them. */
export function toAddresses(text: string): string[] {
  return text.split(/[\s,;，；]+/).filter((part) => part !== '');
}
