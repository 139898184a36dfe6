import type { Address } from 'viem';

/** A Chainlink feed: which contract, and how often it is renewed at least. */
export type PriceFeed = { address: Address; heartbeatSeconds: number };

const hour = 3_600;
const day = 86_400;

/** Feeds in US dollars by chain id and symbol (docs.chain.link); what each says it is of is read with its price. */
const feeds: Record<number, Record<string, PriceFeed>> = {
  1: {
    ETH: { address: '0x5f4eC3Df9cbd43714FE2740f5E3616155c5b8419', heartbeatSeconds: hour },
    BTC: { address: '0xF4030086522a5bEEa4988F8cA5B36dbC97BeE88c', heartbeatSeconds: hour },
    USDC: { address: '0x8fFfFfd4AfB6115b954Bd326cbe7B4BA576818f6', heartbeatSeconds: day },
    USDT: { address: '0x3E7d1eAB13ad0104d2750B8863b489D65364e32D', heartbeatSeconds: day },
    DAI: { address: '0xAed0c38402a5d19df6E4c03F4E2DceD6e29c1ee9', heartbeatSeconds: hour },
    LINK: { address: '0x2c1d072e956AFFC0D435Cb7AC38EF18d24d9127c', heartbeatSeconds: hour },
    UNI: { address: '0x553303d460EE0afB37EdFf9bE42922D8FF63220e', heartbeatSeconds: hour },
    AAVE: { address: '0x547a514d5e3769680Ce22B2361c10Ea13619e8a9', heartbeatSeconds: hour },
  },
  10: { ETH: { address: '0x13e3Ee699D1909E989722E753853AE30b17e08c5', heartbeatSeconds: hour } },
  56: { BNB: { address: '0x0567F2323251f0Aab15c8dFb1967E4e8A7D42aeE', heartbeatSeconds: hour } },
  100: { XDAI: { address: '0x678df3415fc31947dA4324eC63212874be5a82f8', heartbeatSeconds: day } },
  137: {
    POL: { address: '0xAB594600376Ec9fD91F8e885dADF0CE036862dE0', heartbeatSeconds: hour },
    ETH: { address: '0xF9680D99D6C9589e2a93a78A04A279e509205945', heartbeatSeconds: hour },
  },
  8453: { ETH: { address: '0x71041dddad3595F9CEd3DcCFBe3D1F4b0a16Bb70', heartbeatSeconds: hour } },
  42161: {
    ETH: { address: '0x639Fe6ab55C921f74e7fac1ee960C0B6293ba612', heartbeatSeconds: day },
    BTC: { address: '0x6ce185860a4963106506C203335A2910413708e9', heartbeatSeconds: day },
    USDC: { address: '0x50834F3163758fcC1Df9973b6e91f0F0F0434aD3', heartbeatSeconds: day },
  },
  43114: { AVAX: { address: '0x0A77230d17318075983913bC2145DB16C7366156', heartbeatSeconds: day } },
  // The devnet's, whose addresses are the same on every hub.
  20260101: {
    GRDN: { address: '0x5FC8d32690cc91D4c39d9d3abcBD16989F875707', heartbeatSeconds: day },
    LNTN: { address: '0x0165878A594ca255338adfa4d48449f69242Eb8F', heartbeatSeconds: day },
  },
};

/** Feeds that say whether the sequencer of a roll-up works: while it does not, its prices are old (docs.chain.link). */
export const sequencerFeeds: Record<number, Address> = {
  10: '0x371EAD81c9102C9BF4874A9075FFFf170F2Ee389',
  8453: '0xBCF85224fc0756B9Fa45aA7892530B47e10b6433',
  42161: '0xFdB631F5EE196F0ed6FAa767959853A9F217697D',
};

/** Wrapped coins are priced as what they wrap. */
const wrapped: Record<string, string> = {
  WETH: 'ETH',
  WBTC: 'BTC',
  CBBTC: 'BTC',
  WBNB: 'BNB',
  WPOL: 'POL',
  MATIC: 'POL',
  WAVAX: 'AVAX',
  WXDAI: 'XDAI',
};

/** The dollar feed for a symbol on a chain, and the symbol that it is of. */
export function findFeed(chainId: number, symbol: string): (PriceFeed & { of: string }) | null {
  const name = symbol.trim().toUpperCase();
  const of = wrapped[name] ?? name;
  const feed = feeds[chainId]?.[of];
  return feed === undefined ? null : { ...feed, of };
}

/** The dollar feeds of a chain. */
export function listFeeds(chainId: number): (PriceFeed & { of: string })[] {
  return Object.entries(feeds[chainId] ?? {}).map(([of, feed]) => ({ ...feed, of }));
}
