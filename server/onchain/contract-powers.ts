import {
  type Address,
  getAddress,
  type Hex,
  keccak256,
  numberToHex,
  slice,
  stringToHex,
  toFunctionSelector,
} from 'viem';

/** Functions by which somebody may take, stop or dilute what holders have. */
const powers = [
  'mint(address,uint256)',
  'mint(uint256)',
  'burnFrom(address,uint256)',
  'pause()',
  'blacklist(address)',
  'addBlackList(address)',
  'freeze(address)',
  'setFee(uint256)',
  'setTaxFeePercent(uint256)',
  'setMaxTxAmount(uint256)',
  'excludeFromFee(address)',
  'enableTrading()',
  'setBots(address[])',
  'upgradeTo(address)',
  'upgradeToAndCall(address,bytes)',
];
const selectors = powers.map((signature) => ({ signature, selector: toFunctionSelector(signature).slice(2) }));

const toProxySlot = (part: string): Hex =>
  numberToHex(BigInt(keccak256(stringToHex(`eip1967.proxy.${part}`))) - 1n, { size: 32 });

/** Where a proxy keeps what it runs, who may change that, and a beacon that knows it (EIP-1967). */
export const proxySlots = {
  implementation: toProxySlot('implementation'),
  admin: toProxySlot('admin'),
  beacon: toProxySlot('beacon'),
};

/** Which of those functions a contract's code knows: it compares a call's first four bytes with them (PUSH4). */
export function findPowers(code: Hex): string[] {
  return selectors.flatMap(({ signature, selector }) => (code.includes(`63${selector}`) ? [signature] : []));
}

/** What a minimal proxy (EIP-1167) hands its calls to; null: the code is none. */
export function findMinimalProxy(code: Hex): Address | null {
  const found = /^0x363d3d373d3d3d363d73([0-9a-f]{40})5af43d82803e903d91602b57fd5bf3/.exec(code.toLowerCase());
  return found?.[1] === undefined ? null : getAddress(`0x${found[1]}`);
}

/** The address in a storage slot or a topic; null where there is none. */
export function toSlotAddress(word: Hex | undefined): Address | null {
  if (word === undefined || word.length !== 66 || !/^0x0{24}/.test(word) || /^0x0+$/.test(word)) return null;
  return getAddress(slice(word, 12));
}
