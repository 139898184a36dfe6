import { devnetChain } from './devnet/devnet-chain.ts';
import { devnetLabels } from './devnet/devnet-labels.ts';
import { listKnownTokensBySymbol } from './known-tokens.ts';
import { listFeeds } from './price-feeds.ts';
import { listFactories } from './read-pools.ts';

/** Addresses whose key nobody can have. */
const burnAddresses = new Set([
  '0x0000000000000000000000000000000000000000',
  '0x0000000000000000000000000000000000000001',
  '0x000000000000000000000000000000000000dead',
  '0xdead000000000000000042069420694206942069',
]);

/** Contracts that stand at the same address on every chain that has them. */
const everywhere: Record<string, string> = {
  '0xcA11bde05977b3631167028862bE2a173976CA11': 'Multicall3',
  '0x000000000022D473030F116dDEE9F6B43aC78BA3': 'Permit2',
  '0x0000000071727De22E5E9d8BAf0edAc6f37da032': 'ERC-4337 entry point',
  '0x5FF137D4b0FDCD49DcA30c7CF57E578a026d2789': 'ERC-4337 entry point',
  '0x1111111254EEB25477B68fb85Ed929f73A960582': '1inch router',
  '0x00000000000000ADc04C56Bf30aC9d3c0aAF14dC': 'Seaport',
};

/** Well-known contracts by chain, as their makers name them. */
const contracts: Record<number, Record<string, string>> = {
  1: {
    '0x7a250d5630B4cF539739dF2C5dAcb4c659F2488D': 'Uniswap V2 router',
    '0xE592427A0AEce92De3Edee1F18E0157C05861564': 'Uniswap V3 router',
    '0x68b3465833fb72A70ecDF485E0e4C7bD8665Fc45': 'Uniswap router',
    '0x00000000219ab540356cBB839Cbe05303d7705Fa': 'Beacon deposit contract',
    '0x87870Bca3F3fD6335C3F4ce8392D69350B4fA4E2': 'Aave V3 pool',
  },
  10: { '0x794a61358D6845594F94dc1DB02A252b5b4814aD': 'Aave V3 pool' },
  137: { '0x794a61358D6845594F94dc1DB02A252b5b4814aD': 'Aave V3 pool' },
  42161: { '0x794a61358D6845594F94dc1DB02A252b5b4814aD': 'Aave V3 pool' },
  43114: { '0x794a61358D6845594F94dc1DB02A252b5b4814aD': 'Aave V3 pool' },
  [devnetChain.id]: devnetLabels,
};

const gathered = new Map<number, Map<string, string>>();

/** What the hub itself knows an address as; never what a contract says of itself. */
export function findLabel(chainId: number, address: string): string | null {
  const labels = gathered.get(chainId) ?? gather(chainId);
  gathered.set(chainId, labels);
  return labels.get(address.toLowerCase()) ?? null;
}

export function isBurnAddress(address: string): boolean {
  return burnAddresses.has(address.toLowerCase());
}

function gather(chainId: number): Map<string, string> {
  const own = contracts[chainId] ?? {};
  const listed: [address: string, label: string][] = [
    ...[...burnAddresses].map((address): [string, string] => [address, 'Burn address']),
    ...Object.entries(everywhere),
    ...Object.entries(listKnownTokensBySymbol(chainId)).map(([symbol, at]): [string, string] => [
      at,
      `${symbol} token`,
    ]),
    ...listFeeds(chainId).map(({ of, address }): [string, string] => [address, `${of} / USD feed`]),
    ...listFactories(chainId).map(({ kind, address }): [string, string] => [address, `${kind} factory`]),
    ...Object.entries(own),
  ];
  return new Map(listed.map(([address, label]) => [address.toLowerCase(), label]));
}
