import type { ChainConfiguration } from '#server/onchain/chains.ts';

/** Where the pool asks for the devnet; whoever starts Anvil turns it into the port that it listens on. */
export const devnetUrl = 'http://devnet/';

/** The chain that the hub runs itself. Its number is nobody else's, so that no wallet takes it for another local chain. */
export const devnetChain: ChainConfiguration = {
  id: 20_260_101,
  slug: 'devnet',
  name: 'Devnet',
  endpoints: [{ id: 'hub-1', url: devnetUrl, origin: 'hub' }],
  explorerUrl: 'https://devnet.invalid',
  nativeCurrency: { name: 'Devnet Ether', symbol: 'ETH', decimals: 18 },
  blockTimeMs: 2_000,
  hasMulticall: true,
  isTestnet: true,
};

/** The phrase that every developer knows: nobody may take these accounts for a place to keep anything. */
export const devnetMnemonic = 'test test test test test test test test test test test junk';

/** When the simulated days begin: 1 August 2026, midnight UTC. */
export const genesisSeconds = 1_785_542_400;
export const simulatedDays = 90;
