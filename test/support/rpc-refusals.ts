type Error = { code: number; message: string; data?: unknown };

/** Whose words, HTTP status, code, words, and the width that may be asked for then. */
export const refusedRanges: [string, number, number, string, number | null][] = [
  [
    'Alchemy, by size',
    200,
    -32_602,
    'Log response size exceeded. You can make eth_getLogs requests with up to a 2K block range and no limit on the response size, or you can request any block range with a cap of 10K logs in the response. Based on your parameters and the response size limit, this block range should work: [0x0, 0xd043b8]',
    0xd043b9,
  ],
  [
    'Alchemy, without a plan',
    400,
    -32_600,
    'You can make eth_getLogs requests with up to a 500 block range. Based on your parameters, this block range should work: [0x123c9b2, 0x123cba5]',
    500,
  ],
  [
    'Alchemy, free',
    400,
    -32_600,
    'Under the Free tier plan, you can make eth_getLogs requests with up to a 10 block range. Based on your parameters, this block range should work: [0x18708eb, 0x18708f4]. Upgrade to PAYG for expanded block range.',
    10,
  ],
  [
    'Infura, by results',
    200,
    -32_005,
    'query returned more than 10000 results. Try with this block range [0xBDE5F8, 0x102DBCC].',
    0x102dbcc - 0xbde5f8 + 1,
  ],
  ['Infura, by width', 200, -32_602, 'range 1000000 exceeds limit of 10000', 10_000],
  ['QuickNode', 413, -32_614, 'eth_getLogs is limited to a 10,000 range', 10_000],
  ['QuickNode, free', 413, -32_614, 'eth_getLogs is limited to a 5 range', 5],
  ['Ankr', 200, -32_000, 'maximum [from, to] blocks distance: 10000', 10_000],
  ['Ankr, older', 200, -32_600, 'block range is too wide', null],
  ['PublicNode', 200, -32_701, 'exceed maximum block range: 50000', 50_000],
  ['dRPC', 400, 35, 'ranges over 10000 blocks are not supported on free plan', 10_000],
  ['dRPC, other chains', 200, -32_602, 'query exceeds max block range 100000', 100_000],
  ['1RPC', 200, -32_602, 'eth_getLogs is limited to 0 - 50 blocks range', 50],
  ['LlamaNodes, reth', 200, -32_602, 'query exceeds max results 20000, retry with the range 20981000-20981999', 1_000],
  ['Base', 500, -32_020, 'backend response too large', null],
  ['Nodies', 200, -32_602, 'Block range too large: maximum allowed is 50 blocks', 50],
  ['Arbitrum', 200, -32_602, 'logs matched by query exceeds limit of 10000', null],
  ['Arbitrum, by time', 200, -32_000, 'log query timed out', null],
  ['Moonbeam', 200, -32_603, 'block range is too wide (maximum 1024)', 1_024],
  ['Avalanche', 200, -32_000, 'requested too many blocks from 20000000 to 20005000, maximum is set to 2048', 2_048],
  [
    'Scroll, Morph',
    200,
    -32_000,
    'block range is larger than max block range, block range = 5120, max block range = 5000',
    5_000,
  ],
  [
    'Chainstack',
    200,
    -32_602,
    'Block range limit exceeded. See more details at https://docs.chainstack.com/docs/limits#evm-range-limits',
    null,
  ],
  ['Tenderly', 200, -32_005, 'more than 20000 results', null],
  ['BNB Chain', 200, -32_005, 'limit exceeded', null],
  ['jsonrpsee', 200, -32_008, 'Response is too big', null],
];

export type Reaction = 'goes on' | 'is told' | 'waits' | 'is asked no more';
/** Whose words, HTTP status, the error, what the pool does, and what people are told when there is no other endpoint. */
export const refusedCalls: [string, number, Error, Reaction, RegExp][] = [
  [
    'PublicNode, old state',
    403,
    {
      code: -32_602,
      message: 'Archive requests require a personal token. Get one at: https://www.allnodes.com/publicnode',
    },
    'goes on',
    /keeps the state of that block/,
  ],
  [
    'PublicNode, old history',
    200,
    {
      code: -32_701,
      message:
        'History has been pruned for this block. To remove restrictions, order a dedicated full node here: https://www.allnodes.com/pol/host',
    },
    'goes on',
    /keeps the state of that block/,
  ],
  ['PublicNode, blocked', 403, { code: -32_602, message: 'Request blocked' }, 'goes on', /did not do what was asked/],
  [
    'geth, state',
    200,
    { code: -32_000, message: 'missing trie node 4d2f (path ) state 0x4d2f is not available, not found' },
    'goes on',
    /keeps the state/,
  ],
  ['geth, history', 200, { code: 4_444, message: 'pruned history unavailable' }, 'goes on', /keeps the state/],
  [
    'geth, reexec',
    200,
    { code: -32_000, message: 'required historical state unavailable (reexec=128)' },
    'goes on',
    /keeps the state/,
  ],
  [
    'Erigon',
    200,
    { code: -32_000, message: 'old data not available due to pruning: requested block 6134861' },
    'goes on',
    /keeps the state/,
  ],
  [
    'reth',
    200,
    { code: -32_602, message: 'distance to target block exceeds maximum proof window' },
    'goes on',
    /keeps the state/,
  ],
  [
    'Infura, archive',
    200,
    { code: -32_002, message: 'project ID does not have access to archive state' },
    'goes on',
    /keeps the state/,
  ],
  [
    'Optimism',
    200,
    { code: -32_000, message: 'no historical RPC is available for this historical (pre-bedrock) execution request' },
    'goes on',
    /keeps the state/,
  ],
  ['geth, head', 200, { code: -32_000, message: 'header not found' }, 'goes on', /knows that block yet/],
  [
    'reth, head',
    200,
    { code: -32_602, message: 'block range extends beyond current head block' },
    'goes on',
    /knows that block yet/,
  ],
  [
    'Avalanche, head',
    200,
    { code: -32_000, message: 'requested to block 23734227 after last accepted block 23734226' },
    'goes on',
    /knows that block yet/,
  ],
  [
    'Nethermind, head',
    200,
    {
      code: -32_001,
      message: 'One of the blocks specified in filter (fromBlock, toBlock or blockHash) cannot be found.',
    },
    'goes on',
    /knows that block yet/,
  ],
  ['proxyd, head', 400, { code: -32_019, message: 'block is out of range' }, 'goes on', /knows that block yet/],
  [
    'dRPC, timeout',
    408,
    { code: 30, message: 'Request timeout on the free tier, please upgrade your tier to the paid one' },
    'goes on',
    /did not do what was asked/,
  ],
  [
    'no such method',
    200,
    { code: -32_601, message: 'the method eth_getBalance does not exist/is not available' },
    'goes on',
    /can do what was asked/,
  ],
  ['a revert', 200, { code: 3, message: 'execution reverted: out of range' }, 'is told', /did not do what was asked/],
  [
    'wrong parameters',
    200,
    { code: -32_602, message: 'invalid argument 0: json: cannot unmarshal hex string without 0x prefix' },
    'is told',
    /did not do what was asked/,
  ],
  [
    'Ankr, limit',
    200,
    { code: -32_090, message: 'Too many requests, reason: call rate limit exhausted, retry in 10s' },
    'waits',
    /asks for fewer calls \(again in 10 s\)/,
  ],
  [
    'Ankr, long',
    200,
    { code: -32_090, message: 'Too many requests, reason: call rate limit exhausted, retry in 1m30s' },
    'waits',
    /again in 90 s/,
  ],
  [
    'Infura, limit',
    200,
    {
      code: -32_005,
      message: 'project ID request rate exceeded',
      data: { rate: { allowed_rps: 1, backoff_seconds: 30, current_rps: 1.6 } },
    },
    'waits',
    /again in 30 s/,
  ],
  [
    'Infura, day',
    200,
    { code: -32_005, message: 'daily request count exceeded, request rate limited' },
    'waits',
    /asks for fewer calls/,
  ],
  [
    'Alchemy, limit',
    200,
    {
      code: 429,
      message:
        'Your app has exceeded its compute units per second capacity. If you have retries enabled, you can safely ignore this message.',
    },
    'waits',
    /asks for fewer calls/,
  ],
  [
    'Alchemy, month',
    429,
    {
      code: 429,
      message:
        'Monthly capacity limit exceeded. Visit https://dashboard.alchemy.com/settings/billing to upgrade your scaling policy.',
    },
    'waits',
    /asks for fewer calls \(HTTP 429\)/,
  ],
  [
    'QuickNode, limit',
    200,
    {
      code: -32_007,
      message: '50/second request limit reached - reduce calls per second or upgrade your account at quicknode.com',
    },
    'waits',
    /asks for fewer calls/,
  ],
  ['Base, limit', 429, { code: -32_016, message: 'over rate limit' }, 'waits', /asks for fewer calls \(HTTP 429\)/],
  ['Blast', 200, { code: -32_097, message: 'Rate limit exceeded' }, 'waits', /asks for fewer calls/],
  [
    'OnFinality',
    200,
    {
      code: -32_029,
      message: 'Too Many Requests, Please apply an OnFinality API key or contact us to receive a higher rate limit',
    },
    'waits',
    /asks for fewer calls/,
  ],
  [
    'Base, unwell',
    503,
    { code: -32_011, message: 'no backend is currently healthy to serve traffic' },
    'waits',
    /fails \(HTTP 503\)/,
  ],
  [
    'Ankr, no key',
    200,
    {
      code: -32_000,
      message:
        'Unauthorized: You must authenticate your request with an API key. Create an account on https://www.ankr.com/rpc/ and generate your personal API key for free.',
    },
    'is asked no more',
    /refuses the hub: it wants a key/,
  ],
  [
    'Alchemy, no key',
    401,
    { code: -32_600, message: 'Must be authenticated!' },
    'is asked no more',
    /refuses the hub \(HTTP 401\)/,
  ],
  [
    'Infura, no key',
    403,
    { code: -32_002, message: 'rejected due to project ID settings' },
    'is asked no more',
    /refuses the hub \(HTTP 403\)/,
  ],
];

const error31 = {
  code: 31,
  message:
    'Batch of more than 3 requests are not allowed on free plan, to use this feature register paid account at drpc.org',
};
/** Whose way, HTTP status, what is sent, how many calls it takes, and the batches that twelve calls then make. */
export const refusedBatches: [string, number, (count: number) => string, number, number[]][] = [
  ['dRPC, as one error', 500, () => JSON.stringify({ id: null, jsonrpc: '2.0', error: error31 }), 3, [12, 3, 3, 3, 3]],
  [
    'dRPC, as an error for each',
    500,
    (count) => JSON.stringify(Array.from({ length: count }, (_, id) => ({ jsonrpc: '2.0', id, error: error31 }))),
    3,
    [12, 3, 3, 3, 3],
  ],
  [
    'Base',
    200,
    () =>
      JSON.stringify({ jsonrpc: '2.0', error: { code: -32_014, message: 'maximum 10 calls in 1 batch' }, id: null }),
    10,
    [12, 10, 2],
  ],
  ['OP Mainnet', 413, () => '', 10, [12, 6, 6]],
  [
    'Erigon',
    200,
    () =>
      JSON.stringify({
        jsonrpc: '2.0',
        id: null,
        error: { code: -32_000, message: 'batch limit 5 exceeded: 12 requests given' },
      }),
    5,
    [12, 5, 5, 2],
  ],
  ['one that takes no lists', 400, () => 'Bad Request', 1, [12, 6, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]],
  [
    'one that answers the first alone',
    200,
    () => JSON.stringify({ jsonrpc: '2.0', id: 0, result: '0x9' }),
    6,
    [12, 6, 6],
  ],
];
