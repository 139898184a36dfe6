/** A chain as the hub knows it. All `rpcUrls` must answer for the same chain; they are tried in order. */
export type ChainConfiguration = {
  id: number;
  slug: string;
  name: string;
  rpcUrls: string[];
  explorerUrl: string;
  nativeCurrency: { name: string; symbol: string; decimals: number };
};

const ether = { name: 'Ether', symbol: 'ETH', decimals: 18 };

const knownChains: readonly ChainConfiguration[] = [
  {
    id: 1,
    slug: 'ethereum',
    name: 'Ethereum',
    rpcUrls: ['https://ethereum-rpc.publicnode.com', 'https://eth.drpc.org'],
    explorerUrl: 'https://etherscan.io',
    nativeCurrency: ether,
  },
  {
    id: 8453,
    slug: 'base',
    name: 'Base',
    rpcUrls: ['https://mainnet.base.org', 'https://base-rpc.publicnode.com'],
    explorerUrl: 'https://basescan.org',
    nativeCurrency: ether,
  },
  {
    id: 42_161,
    slug: 'arbitrum',
    name: 'Arbitrum One',
    rpcUrls: ['https://arb1.arbitrum.io/rpc', 'https://arbitrum-one-rpc.publicnode.com'],
    explorerUrl: 'https://arbiscan.io',
    nativeCurrency: ether,
  },
  {
    id: 10,
    slug: 'optimism',
    name: 'OP Mainnet',
    rpcUrls: ['https://mainnet.optimism.io', 'https://optimism-rpc.publicnode.com'],
    explorerUrl: 'https://optimistic.etherscan.io',
    nativeCurrency: ether,
  },
  {
    id: 137,
    slug: 'polygon',
    name: 'Polygon PoS',
    rpcUrls: ['https://polygon-bor-rpc.publicnode.com', 'https://polygon.drpc.org'],
    explorerUrl: 'https://polygonscan.com',
    nativeCurrency: { name: 'POL', symbol: 'POL', decimals: 18 },
  },
];

/**
 * The chains the hub reads, each with a public RPC unless `rpcUrls` names others for its slug or id.
 *
 * @throws {Error} when `rpcUrls` names a chain that is not known
 */
export function chainList(rpcUrls: Record<string, string | string[]> = {}): ChainConfiguration[] {
  const unknown = Object.keys(rpcUrls).filter((key) => !knownChains.some((chain) => isNamed(chain, key)));
  if (unknown.length > 0) {
    throw new Error(
      `HUB_RPC_URLS names chains that are not known: ${unknown.join(', ')}. Known are ${knownChains.map(({ slug }) => slug).join(', ')}.`,
    );
  }
  return knownChains.map((chain) => {
    const own = Object.entries(rpcUrls).find(([key]) => isNamed(chain, key))?.[1];
    return own === undefined ? chain : { ...chain, rpcUrls: [own].flat() };
  });
}

/** Whether a person or a model means this chain: by slug, id or name, in any case. */
export function isNamed(chain: ChainConfiguration, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return [chain.slug, String(chain.id), chain.name.toLowerCase()].includes(wanted);
}
