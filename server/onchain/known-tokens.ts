import type { Address } from 'viem';

/** Tokens that others pretend to be, by chain id. Official contracts as their issuers name them. */
const tokens: Record<number, Record<string, Address>> = {
  1: {
    USDC: '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48',
    USDT: '0xdAC17F958D2ee523a2206206994597C13D831ec7',
    DAI: '0x6B175474E89094C44Da98b954EedeAC495271d0F',
    WETH: '0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2',
    WBTC: '0x2260FAC5E5542a773Aa44fBCfeDf7C193bc2C599',
  },
  10: {
    USDC: '0x0b2C639c533813f4Aa9D7837CAf62653d097Ff85',
    USDT: '0x94b008aA00579c1307B0EF2c499aD98a8ce58e58',
    DAI: '0xDA10009cBd5D07dd0CeCc66161FC93D7c9000da1',
    WETH: '0x4200000000000000000000000000000000000006',
  },
  56: {
    USDC: '0x8AC76a51cc950d9822D68b83fE1Ad97B32Cd580d',
    USDT: '0x55d398326f99059fF775485246999027B3197955',
    WBNB: '0xbb4CdB9CBd36B01bD1cBaEBF2De08d9173bc095c',
  },
  100: {
    'USDC.E': '0x2a22f9c3b484c3629090FeED35F17Ff8F88f76F0',
    WETH: '0x6A023CCd1ff6F2045C3309768eAd9E68F978f6e1',
    WXDAI: '0xe91D153E0b41518A2Ce8Dd3D7944Fa863463a97d',
  },
  137: {
    USDC: '0x3c499c542cEF5E3811e1192ce70d8cC03d5c3359',
    USDT: '0xc2132D05D31c914a87C6611C10748AEb04B58e8F',
    DAI: '0x8f3Cf7ad23Cd3CaDbD9735AFf958023239c6A063',
    WETH: '0x7ceB23fD6bC0adD59E62ac25578270cFf1b9f619',
  },
  8453: {
    USDC: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
    WETH: '0x4200000000000000000000000000000000000006',
  },
  43114: {
    USDC: '0xB97EF9Ef8734C71904D8002F8b6Bc66Dd9c48a6E',
    USDT: '0x9702230A8Ea53601f5cD2dc00fDBc13d4dF4A8c7',
    WAVAX: '0xB31f66AA3C1e785363F0875A1B74E27b85FD66c7',
  },
  // The devnet's, whose addresses are the same on every hub.
  20260101: {
    DUSD: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
    GRDN: '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512',
    LNTN: '0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0',
  },
  42161: {
    USDC: '0xaf88d065e77c8cC2239327C5EDb3A432268e5831',
    USDT: '0xFd086bC7CD5C481DCC9C85ebE478A1C0b69FCbb9',
    DAI: '0xDA10009cBd5D07dd0CeCc66161FC93D7c9000da1',
    WETH: '0x82aF49447D8a07e3bd95BD0d56f35241523fBab1',
  },
};

/** The official contract of a well-known symbol on a chain. */
export function findKnownToken(chainId: number, symbol: string): Address | null {
  return tokens[chainId]?.[symbol.trim().toUpperCase()] ?? null;
}

export function listKnownSymbols(chainId: number): string[] {
  return Object.keys(tokens[chainId] ?? {});
}
