import { isNamedOnDevnet, recogniseDevnetTokens } from './devnet-names.ts';
import { findAll, type Found } from './found.ts';

const chains: Record<string, string> = {
  ethereum: 'ethereum',
  'eth mainnet': 'ethereum',
  mainnet: 'ethereum',
  以太坊: 'ethereum',
  主网: 'ethereum',
  base: 'base',
  arbitrum: 'arbitrum',
  'arbitrum one': 'arbitrum',
  optimism: 'optimism',
  'op mainnet': 'optimism',
  polygon: 'polygon',
  matic: 'polygon',
  bsc: 'bsc',
  'bnb chain': 'bsc',
  'binance smart chain': 'bsc',
  币安链: 'bsc',
  avalanche: 'avalanche',
  gnosis: 'gnosis',
  linea: 'linea',
  scroll: 'scroll',
  zksync: 'zksync',
  sepolia: 'sepolia',
  celo: 'celo',
  blast: 'blast',
  mantle: 'mantle',
  'base sepolia': 'base-sepolia',
  devnet: 'devnet',
  'dev net': 'devnet',
  开发网: 'devnet',
  开发链: 'devnet',
  测试链: 'devnet',
  anvil: 'anvil',
  hardhat: 'hardhat',
  localhost: 'localhost',
};

export const chainIds: Record<string, number> = {
  ethereum: 1,
  optimism: 10,
  bsc: 56,
  gnosis: 100,
  polygon: 137,
  zksync: 324,
  mantle: 5000,
  base: 8453,
  arbitrum: 42161,
  celo: 42220,
  avalanche: 43114,
  linea: 59144,
  blast: 81457,
  'base-sepolia': 84532,
  devnet: 20260101,
  scroll: 534352,
  sepolia: 11155111,
  anvil: 31337,
  hardhat: 31337,
};

const explorers: Record<string, string> = {
  'etherscan.io': 'ethereum',
  'sepolia.etherscan.io': 'sepolia',
  'optimistic.etherscan.io': 'optimism',
  'basescan.org': 'base',
  'arbiscan.io': 'arbitrum',
  'polygonscan.com': 'polygon',
  'bscscan.com': 'bsc',
  'snowtrace.io': 'avalanche',
  'gnosisscan.io': 'gnosis',
  'lineascan.build': 'linea',
  'scrollscan.com': 'scroll',
};

const chartKinds: [RegExp, string][] = [
  [/\b(?:bar|column)s?(?:\s+(?:chart|graph|plot))?\b|柱状图?|柱形图|条形图/gi, 'bar'],
  [/\bline(?:s|\s+(?:chart|graph|plot))?\b|折线图?|曲线图?|走势图?/gi, 'line'],
  [/\barea(?:\s+(?:chart|graph|plot))?\b|面积图/gi, 'area'],
  [/\b(?:pie|donut|doughnut)(?:\s+(?:chart|graph))?\b|饼图|饼状图|环形图/gi, 'pie'],
  [/\b(?:scatter(?:\s*plot|\s+chart)?|points?(?:\s+(?:chart|plot))|dots?)\b|散点图?/gi, 'point'],
];

/** Words that a schema may use for the same kind of chart. */
export const chartKindNames: Record<string, string[]> = {
  bar: ['bar', 'column'],
  line: ['line'],
  area: ['area'],
  pie: ['pie', 'arc', 'donut'],
  point: ['point', 'scatter', 'circle'],
};

const chainPattern = new RegExp(
  `(?<![\\p{L}-])(?:${Object.keys(chains)
    .filter((name) => /^[a-z]/.test(name))
    .sort((left, right) => right.length - left.length)
    .join('|')})(?![\\p{L}-])` +
    `|${Object.keys(chains)
      .filter((name) => !/^[a-z]/.test(name))
      .join('|')}`,
  'giu',
);

/** Chains by the names that people use, as slugs. */
export function recogniseChains(text: string): Found[] {
  return findAll(text, chainPattern, 'chain', ([name]) => chains[name.toLowerCase()] ?? null);
}

/** Symbols that stand on the devnet alone, so that naming one names the chain. */
export const devnetTokens = new Set(['DUSD', 'GRDN', 'LNTN']);
const tokenNames: Record<string, string> = {
  以太币: 'ETH',
  比特币: 'BTC',
  'devnet dollar': 'DUSD',
  'garden token': 'GRDN',
  'lantern token': 'LNTN',
};

const noSymbols = new Set(
  'NFT NFTS ENS SQL CSV JSON RPC USD EUR CNY GBP JPY UTC API PDF ABI ERC EIP EVM URL ID RSI MACD SMA EMA GAS ALL THE MY TOP MAX MIN SUM AVG FIFO'.split(
    ' ',
  ),
);
/** Where only a token can be meant, so that one that no list has is asked for, and not left out. */
const unlisted =
  /\b(?:balances?|price|holders?|supply|liquidity)\s+(?:of|for)\s+(?:the\s+)?(?:token\s+)?([A-Z][A-Z\d]{1,9})\b|\bhow (?:much|many)\s+([A-Z][A-Z\d]{1,9})\b|\b([A-Z][A-Z\d]{1,9})(?:\s+(?:token\s+)?(?:balance|price|holders|supply)\b| ?(?:的|代币的?)? ?(?:余额|价格|持有者|总供应量|流动性))|(?:多少|代币) ?([A-Z][A-Z\d]{1,9})(?![A-Za-z\d])/g;

function recogniseUnlisted(text: string): Found[] {
  return [...text.matchAll(unlisted)].flatMap((match) => {
    const symbol = match.slice(1).find((one) => one !== undefined);
    if (symbol === undefined || noSymbols.has(symbol) || /^(?:ERC|EIP|SWC|CVE)\d/.test(symbol)) return [];
    const start = match.index + match[0].indexOf(symbol);
    return [{ kind: 'token' as const, text: symbol, value: symbol, weak: true, start, end: start + symbol.length }];
  });
}

export function recogniseTokens(text: string): Found[] {
  const symbols = findAll(
    text,
    /\b(?:ETH|BTC|BNB|POL|AVAX|xDAI|USDC|USDT|DAI|WETH|WBTC|LINK|UNI|AAVE|ARB|OP|MKR|CRV|LDO|PEPE|SHIB|stETH|wstETH|cbETH|EURC|PYUSD)\b|以太币|比特币/g,
    'token',
    ([name]) => tokenNames[name] ?? name,
  );
  const ofDevnet = findAll(
    text,
    /(?<![A-Za-z\d])(?:DUSD|GRDN|LNTN|devnet dollar|garden token|lantern token)(?![A-RT-Za-rt-z\d])/gi,
    'token',
    ([name]) => tokenNames[name.toLowerCase()] ?? name.toUpperCase(),
  );
  const listed = [...symbols, ...ofDevnet, ...recogniseDevnetTokens(text)];
  const others = recogniseUnlisted(text).filter(({ start }) => !listed.some((one) => one.start === start));
  return [...listed, ...others];
}

const isOfDevnet = ({ kind, value }: Found): boolean =>
  typeof value === 'string' &&
  ((kind === 'token' && devnetTokens.has(value)) || (kind === 'ens-name' && value.endsWith('.test')));

/** The chain that a token or a name says, where none is named: those of the devnet are no other chain's. */
export function findImpliedChain(found: Found[]): Found | null {
  if (found.some(({ kind }) => kind === 'chain')) return null;
  const said = found.find((one) => isNamedOnDevnet(one) || isOfDevnet(one));
  return said === undefined ? null : { ...said, kind: 'chain', value: 'devnet', weak: true };
}

export function recogniseChartKinds(text: string): Found[] {
  return chartKinds.flatMap(([pattern, kind]) => findAll(text, pattern, 'chart-kind', () => kind));
}

/** The chain whose block explorer a link leads to, or null. */
export function findExplorerChain(url: string): string | null {
  return URL.canParse(url) ? (explorers[new URL(url).hostname.replace(/^www\./, '')] ?? null) : null;
}
