import type { ChainEndpoint } from '#server/contract/chain.ts';

/** An RPC with its URL; only inside the hub. */
export type OpenEndpoint = { id: string; url: string; origin: ChainEndpoint['origin'] };

/** A chain as the room that reads chains takes it. */
export type OpenChain = {
  id: number;
  slug: string;
  name: string;
  endpoints: OpenEndpoint[];
  explorerUrl: string;
  nativeCurrency: { name: string; symbol: string; decimals: number };
  blockTimeMs: number;
  hasMulticall: boolean;
  isTestnet: boolean;
};

export type ChainPorts = {
  /** The chains that the hub reads without anybody's doing. */
  known: readonly OpenChain[];
  /** Which chains are read from now on. */
  useChains: (chains: readonly OpenChain[]) => Promise<void>;
  /** How a chain's endpoints are; `fresh` asks them first. */
  reportEndpoints: (
    chainId: number,
    options: { fresh: boolean; signal: AbortSignal },
  ) => Promise<(Omit<ChainEndpoint, 'checkedAt'> & { checkedAt: Date | null })[]>;
  /**
   * Asks a URL which chain it is of.
   *
   * @throws {HubError} `validation_failed` or `egress_refused`, saying what is wrong with it
   */
  probe: (url: string, signal: AbortSignal) => Promise<{ chainId: number; hasMulticall: boolean }>;
  secrets: { seal: (text: string, context: string) => string; open: (envelope: string, context: string) => string };
  now: () => Date;
};
