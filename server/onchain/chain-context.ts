import type { Abi, Address, PublicClient } from 'viem';
import type { ChainReadings, Price } from '#server/contract/chain-readings.ts';
import type { VerifiedSource } from './find-verified-source.ts';
import type { ChainConfiguration } from './chains.ts';

/** What one reading of a person has to work with: a chain, a client that ends with the request, and the other chains. */
export type ChainContext = {
  chain: ChainConfiguration;
  client: PublicClient;
  signal: AbortSignal;
  /** A block as the chain has it now, whatever was read of it before; null: there is none. */
  readBlockNow: (number: bigint) => Promise<{ number: bigint; hash: string; timestamp: bigint } | null>;
  /** An address as people write it, or an ENS name; the failure names `path`. */
  resolve: (text: string, path: string) => Promise<Address>;
  /** What a contract's verified source says of it; null where there is none, or no such service is set up. */
  findVerifiedAbi: (contract: Address) => Promise<Abi | null>;
  /** Who knows verified sources on the chain, and what they say; null where none does. */
  sources: { services: () => string[]; find: (contract: Address) => Promise<VerifiedSource | null> };
  /** What a price service says; null where it knows none, or none is set up. */
  findServicePrice: (token: Address) => Promise<Price | null>;
  chains: readonly ChainConfiguration[];
  now: () => Date;
  /** @throws {HubError} `validation_failed`, for a chain that is not set up */
  open: (chain: string) => Promise<ChainContext>;
};

/** How a reading is done. All of it is read at one block, unless it says otherwise. */
export type ReadChain<Name extends keyof ChainReadings> = (
  context: ChainContext,
  request: ChainReadings[Name]['request'],
) => Promise<ChainReadings[Name]['result']>;
