import type { Devnet } from '#server/contract/devnet.ts';
import type { IndexedContract, IndexPart } from '#server/contract/chain-index.ts';
import type { ChainSource } from '#server/onchain/chain-index/chain-source.ts';
import type { IndexTable } from '#server/onchain/chain-index/index-tables.ts';
import type { IndexStore } from '#server/platform/chain-index/index-store.ts';

export type IndexPorts = {
  /** Reads chains; every failure says in words for people what is wrong with their RPCs. */
  source: ChainSource;
  /** Keeps segments. */
  store: Omit<IndexStore, 'close'>;
  /** The tables that an index of a chain with these parts and contracts shows. @throws {HubError} for an ABI that cannot be read */
  listTables: (index: { chainId: number; parts: IndexPart[]; contracts: IndexedContract[] }) => Promise<IndexTable[]>;
  /** The chain that the hub runs itself. It is indexed by itself, and never started only to look whether it has news. */
  devnet: { chainId: number; schema: string; readState: () => Promise<Devnet['state']> };
  /** Names this process among those that share the database. */
  instanceId: string;
  now: () => Date;
  logError: (error: unknown, message: string) => void;
};
