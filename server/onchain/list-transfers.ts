import type { Address } from 'viem';
import type { ExactAmount, TransferRow } from '#server/contract/chain-readings.ts';
import { type DecodedEvent, getArgument } from './decode-data.ts';
import { toExactAmount } from './exact-amount.ts';
import type { TokenDetails } from './token-details.ts';

/** The tokens that moved, from the events ERC-20, ERC-721 and ERC-1155 define; amounts exact. */
export function listTransfers(events: DecodedEvent[], tokens: Map<Address, TokenDetails>): TransferRow[] {
  return events.flatMap((event) => {
    const from = getArgument<Address>(event, 'from');
    const to = getArgument<Address>(event, 'to');
    if (from === undefined || to === undefined) return [];
    const details = tokens.get(event.contract);
    const symbol = details?.symbol ?? event.contract;
    const transfer = (amount: ExactAmount): TransferRow => ({
      token: event.contract,
      tokenSymbol: symbol,
      from,
      to,
      amount,
    });
    const piece = (id: bigint, count: bigint) =>
      transfer(toExactAmount(count, { decimals: 0, symbol: `${symbol} #${id}` }));
    switch (event.name) {
      case 'Transfer': {
        const tokenId = getArgument<bigint>(event, 'tokenId');
        if (tokenId !== undefined) return [piece(tokenId, 1n)];
        return [transfer(toTokenAmount(getArgument<bigint>(event, 'amount') ?? 0n, details, event.contract))];
      }
      case 'TransferSingle':
        return [piece(getArgument<bigint>(event, 'id') ?? 0n, getArgument<bigint>(event, 'amount') ?? 0n)];
      case 'TransferBatch': {
        const amounts = getArgument<readonly bigint[]>(event, 'amounts') ?? [];
        return (getArgument<readonly bigint[]>(event, 'ids') ?? []).map((id, index) => piece(id, amounts[index] ?? 0n));
      }
      default:
        return [];
    }
  });
}

/** Where the decimals are not known, the unit says that the figure is not in whole tokens. */
export function toTokenAmount(raw: bigint, details: TokenDetails | undefined, contract: Address): ExactAmount {
  const decimals = details?.decimals ?? null;
  const symbol = details?.symbol ?? contract;
  return decimals === null
    ? toExactAmount(raw, { decimals: 0, symbol: `smallest units of ${symbol} (decimals unknown)` })
    : toExactAmount(raw, { decimals, symbol });
}
