import { type Address, type Hex, numberToHex, parseAbi } from 'viem';
import type { TokenFacts } from '#server/contract/chain-readings.ts';
import type { ChainContext } from './chain-context.ts';
import { isChainFailure } from './chain-errors.ts';
import { findMinimalProxy, proxySlots, toSlotAddress } from './contract-powers.ts';

type Proxy = NonNullable<TokenFacts['proxy']>;

const beaconAbi = parseAbi(['function implementation() view returns (address)']);

/** What a contract hands its calls to (EIP-1967, EIP-1167), with its own code; `proxy` is null where it has all of it. */
export async function findProxy(
  { client }: Pick<ChainContext, 'client'>,
  address: Address,
  blockNumber: bigint,
): Promise<{ code: Hex; proxy: Proxy | null }> {
  const at = numberToHex(blockNumber);
  const readSlot = (slot: Hex) => client.request({ method: 'eth_getStorageAt', params: [address, slot, at] });
  const [code, ...slots] = await Promise.all([
    client.request({ method: 'eth_getCode', params: [address, at] }),
    readSlot(proxySlots.implementation),
    readSlot(proxySlots.admin),
    readSlot(proxySlots.beacon),
  ]);
  const minimal = findMinimalProxy(code);
  if (minimal !== null) return { code, proxy: { kind: 'EIP-1167', implementation: minimal, admin: null } };
  const [implementation = null, admin = null, beacon = null] = slots.map(toSlotAddress);
  if (implementation !== null) return { code, proxy: { kind: 'EIP-1967', implementation, admin } };
  if (beacon === null) return { code, proxy: null };
  const behind = await client
    .readContract({ address: beacon, abi: beaconAbi, functionName: 'implementation', blockNumber })
    .catch((thrown: unknown) => {
      if (isChainFailure(thrown)) throw thrown;
      return beacon;
    });
  return { code, proxy: { kind: 'EIP-1967 beacon', implementation: behind, admin: beacon } };
}
