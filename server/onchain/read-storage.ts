import { type Hex, hexToBigInt, hexToString, numberToHex, padHex } from 'viem';
import { parseAddress } from './addresses.ts';
import { pinBlock } from './chain-block.ts';
import type { ReadChain } from './chain-context.ts';
import { toInputError } from './chain-errors.ts';
import { proxySlots, toSlotAddress } from './contract-powers.ts';
import { toTokenLabel } from './token-label.ts';

/** One slot of a contract's storage, as it is and as what it may mean. A slot is a number, or a name of EIP-1967. */
export const readStorage: ReadChain<'storage'> = async (context, { contract: wanted, slot, block: number }) => {
  const { client, chain } = context;
  const contract = parseAddress(wanted, 'contract');
  const place = toSlot(slot);
  const block = await pinBlock(context, number);
  const read = await client.request({
    method: 'eth_getStorageAt',
    params: [contract, place, numberToHex(block.number)],
  });
  const value = padHex(read === undefined || read === '0x' ? '0x0' : read, { size: 32 });
  return {
    contract,
    slot: place,
    value,
    asInteger: hexToBigInt(value).toString(),
    asAddress: toSlotAddress(value),
    asText: toText(value),
    warnings: block.warnings,
    block: block.at,
    explorerUrl: `${chain.explorerUrl}/address/${contract}`,
  };
};

function toSlot(text: string): Hex {
  const name = text.trim().toLowerCase();
  const known = Object.entries(proxySlots).find(([slot]) => slot === name)?.[1];
  if (known !== undefined) return known;
  if (/^(?:\d{1,77}|0x[\da-f]{1,64})$/.test(name) && BigInt(name) < 2n ** 256n)
    return numberToHex(BigInt(name), { size: 32 });
  throw toInputError('slot', {
    en: `"${text.slice(0, 80)}" is no slot: give its number (decimal or 0x), or implementation, admin or beacon of a proxy.`,
    zh: `“${text.slice(0, 80)}”不是存储槽：请给出编号（十进制或 0x），或代理合约的 implementation、admin、beacon。`,
  });
}

/** A short text lies in its slot from the left, with twice its length at the end. */
function toText(value: Hex): string | null {
  const length = Number.parseInt(value.slice(-2), 16);
  if (length === 0 || length % 2 !== 0 || length > 62 || !/^0+$/.test(value.slice(2 + length, -2) || '0')) return null;
  const text = hexToString(value.slice(0, 2 + length) as Hex);
  return /^[\x20-\x7e]+$/.test(text) ? toTokenLabel(text, 31) : null;
}
