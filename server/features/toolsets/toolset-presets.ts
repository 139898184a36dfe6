import type { ToolsetPreset } from '#server/contract/toolset.ts';

const open = { kind: 'none', in: null, name: null } as const;
const bearer = { kind: 'bearer', in: null, name: null } as const;
const keyHeader = (name: string) => ({ kind: 'api-key', in: 'header', name }) as const;

/** Services with MCP servers that people of AI and Web3 use; the addresses are those that the services publish. */
export const toolsetPresets: ToolsetPreset[] = [
  {
    id: 'dune',
    name: 'Dune',
    kind: 'mcp',
    url: 'https://api.dune.com/mcp/v1',
    command: null,
    description: {
      en: 'Tables and queries over the data of many chains.',
      zh: '跨多条链的数据表与查询。',
    },
    credential: keyHeader('x-dune-api-key'),
    helpUrl: 'https://docs.dune.com',
  },
  {
    id: 'kaito',
    name: 'Kaito',
    kind: 'mcp',
    url: 'https://bff.kaito.ai/api/mcp',
    command: null,
    description: {
      en: 'What is said about tokens and narratives: search, mentions, mindshare, sentiment.',
      zh: '代币与叙事的讨论热度：搜索、提及、心智份额与情绪。',
    },
    credential: bearer,
    helpUrl: 'https://kaito.ai',
  },
  {
    id: 'the-graph',
    name: 'The Graph',
    kind: 'mcp',
    url: 'https://subgraphs.mcp.thegraph.com/sse',
    command: null,
    description: { en: 'Subgraphs: indexed data of protocols.', zh: '子图：协议的索引数据。' },
    credential: bearer,
    helpUrl: 'https://thegraph.com/studio/apikeys/',
  },
  {
    id: 'defillama',
    name: 'DefiLlama',
    kind: 'mcp',
    url: 'https://mcp.defillama.com/mcp',
    command: null,
    description: { en: 'Value locked, yields, fees and prices of protocols.', zh: '协议的锁仓量、收益、费用与价格。' },
    credential: bearer,
    helpUrl: 'https://defillama.com',
  },
  {
    id: 'etherscan',
    name: 'Etherscan',
    kind: 'mcp',
    url: 'https://mcp.etherscan.io/mcp',
    command: null,
    description: {
      en: 'Accounts, transactions, contracts and logs of sixty chains.',
      zh: '六十条链的账户、交易、合约与日志。',
    },
    credential: bearer,
    helpUrl: 'https://docs.etherscan.io/mcp',
  },
  {
    id: 'coingecko',
    name: 'CoinGecko',
    kind: 'mcp',
    url: 'https://mcp.api.coingecko.com/mcp',
    command: null,
    description: { en: 'Prices, markets and pools of tokens.', zh: '代币的价格、市场与资金池。' },
    credential: open,
    helpUrl: 'https://docs.coingecko.com',
  },
  {
    id: 'metagraphed',
    name: 'metagraphed',
    kind: 'mcp',
    url: 'https://api.metagraph.sh/mcp',
    command: null,
    description: { en: 'A registry of the subnets of Bittensor.', zh: 'Bittensor 子网的登记册。' },
    credential: open,
    helpUrl: null,
  },
  {
    id: 'agentverse-docs',
    name: 'Agentverse',
    kind: 'mcp',
    url: 'https://docs.agentverse.ai/_mcp/server',
    command: null,
    description: { en: 'The documentation of Fetch.ai’s Agentverse.', zh: 'Fetch.ai Agentverse 的文档。' },
    credential: open,
    helpUrl: null,
  },
];
