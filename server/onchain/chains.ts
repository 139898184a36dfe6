/** One way to a chain. Its URL may hold a key: it is told to nobody. */
export type EndpointConfiguration = {
  id: string;
  url: string;
  /** Who set it: the hub itself, the environment, or an administrator in the page; `hub`: the hub runs it. */
  origin: 'public' | 'environment' | 'stored' | 'hub';
};

/** A chain as the hub knows it. All its endpoints must answer for it; the first that is well is asked. */
export type ChainConfiguration = {
  id: number;
  slug: string;
  name: string;
  endpoints: EndpointConfiguration[];
  explorerUrl: string;
  nativeCurrency: { name: string; symbol: string; decimals: number };
  /** How long one block lasts, about. */
  blockTimeMs: number;
  /** Whether Multicall3 stands at its usual address. */
  hasMulticall: boolean;
  /** Whether nothing on it is real money. */
  isTestnet: boolean;
};

type KnownChain = Omit<ChainConfiguration, 'endpoints' | 'hasMulticall' | 'isTestnet'> & { publicUrls: string[] };

const ether = { name: 'Ether', symbol: 'ETH', decimals: 18 };

/**
 * Public endpoints, free and without a key: those of the chains' own foundations (as ethereum-lists/chains and
 * viem/chains name them), of PublicNode (publicnode.com) and of dRPC (drpc.org). All have Multicall3 (mds1/multicall3).
 */
const knownChains: readonly KnownChain[] = [
  {
    id: 1,
    slug: 'ethereum',
    name: 'Ethereum',
    publicUrls: ['https://ethereum-rpc.publicnode.com', 'https://eth.drpc.org', 'https://ethereum.reth.rs/rpc'],
    explorerUrl: 'https://etherscan.io',
    nativeCurrency: ether,
    blockTimeMs: 12_000,
  },
  {
    id: 8453,
    slug: 'base',
    name: 'Base',
    publicUrls: ['https://mainnet.base.org', 'https://base-rpc.publicnode.com', 'https://base.drpc.org'],
    explorerUrl: 'https://basescan.org',
    nativeCurrency: ether,
    blockTimeMs: 2_000,
  },
  {
    id: 42_161,
    slug: 'arbitrum',
    name: 'Arbitrum One',
    publicUrls: [
      'https://arb1.arbitrum.io/rpc',
      'https://arbitrum-one-rpc.publicnode.com',
      'https://arbitrum.drpc.org',
    ],
    explorerUrl: 'https://arbiscan.io',
    nativeCurrency: ether,
    blockTimeMs: 250,
  },
  {
    id: 10,
    slug: 'optimism',
    name: 'OP Mainnet',
    publicUrls: ['https://mainnet.optimism.io', 'https://optimism-rpc.publicnode.com', 'https://optimism.drpc.org'],
    explorerUrl: 'https://optimistic.etherscan.io',
    nativeCurrency: ether,
    blockTimeMs: 2_000,
  },
  {
    id: 137,
    slug: 'polygon',
    name: 'Polygon PoS',
    publicUrls: ['https://polygon-bor-rpc.publicnode.com', 'https://polygon.drpc.org'],
    explorerUrl: 'https://polygonscan.com',
    nativeCurrency: { name: 'POL', symbol: 'POL', decimals: 18 },
    blockTimeMs: 2_000,
  },
  {
    id: 56,
    slug: 'bsc',
    name: 'BNB Chain',
    publicUrls: ['https://bsc-dataseed.bnbchain.org', 'https://bsc-rpc.publicnode.com', 'https://bsc.drpc.org'],
    explorerUrl: 'https://bscscan.com',
    nativeCurrency: { name: 'BNB', symbol: 'BNB', decimals: 18 },
    blockTimeMs: 750,
  },
  {
    id: 43_114,
    slug: 'avalanche',
    name: 'Avalanche',
    publicUrls: [
      'https://api.avax.network/ext/bc/C/rpc',
      'https://avalanche-c-chain-rpc.publicnode.com',
      'https://avalanche.drpc.org',
    ],
    explorerUrl: 'https://snowtrace.io',
    nativeCurrency: { name: 'Avalanche', symbol: 'AVAX', decimals: 18 },
    blockTimeMs: 1_700,
  },
  {
    id: 100,
    slug: 'gnosis',
    name: 'Gnosis',
    publicUrls: ['https://rpc.gnosischain.com', 'https://gnosis-rpc.publicnode.com', 'https://gnosis.drpc.org'],
    explorerUrl: 'https://gnosisscan.io',
    nativeCurrency: { name: 'xDAI', symbol: 'xDAI', decimals: 18 },
    blockTimeMs: 5_000,
  },
];

/**
 * The chains the hub reads by itself, each with public endpoints unless `rpcUrls` names others for its slug or id.
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
  return knownChains.map(({ publicUrls, ...chain }) => {
    const own = Object.entries(rpcUrls).find(([key]) => isNamed(chain, key))?.[1];
    const origin = own === undefined ? 'public' : 'environment';
    const urls = own === undefined ? publicUrls : [own].flat();
    return {
      ...chain,
      endpoints: urls.map((url, index) => ({ id: `${origin}-${index + 1}`, url, origin })),
      hasMulticall: true,
      isTestnet: false,
    };
  });
}

/** Whether a person or a model means this chain: by slug, id or name, in any case. */
export function isNamed(chain: Pick<ChainConfiguration, 'id' | 'slug' | 'name'>, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return [chain.slug, String(chain.id), chain.name.toLowerCase()].includes(wanted);
}
