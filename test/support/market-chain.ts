import {
  encodeAbiParameters,
  encodeEventTopics,
  type Hex,
  numberToHex,
  parseAbi,
  parseAbiParameters,
  toEventSelector,
} from 'viem';
import { type ScriptedRpc, startScriptedRpc } from './scripted-rpc.ts';

const word = (text: string | number): Hex => `0x${text.toString(16).padStart(64, '0')}`;
export const sender = `0x${'ab'.repeat(20)}` as const;
export const token = `0x${'70'.repeat(20)}` as const;
const marketEvents = parseAbi([
  'event TransferSingle(address indexed operator, address indexed from, address indexed to, uint256 id, uint256 value)',
  'event TransferBatch(address indexed operator, address indexed from, address indexed to, uint256[] ids, uint256[] values)',
  'event Swap(address indexed sender, address indexed recipient, int256 amount0, int256 amount1, uint160 sqrtPriceX96, uint128 liquidity, int24 tick)',
  'event AnswerUpdated(int256 indexed current, uint256 indexed roundId, uint256 updatedAt)',
]);
const toAddress = (byte: string) => `0x${byte.repeat(20)}` as const;
export const pool = toAddress('c1');
export const feed = toAddress('c2');
export const editions = toAddress('c3');
export const tokenA = toAddress('d1');
export const tokenB = toAddress('d2');
const longTokens = ['e1', 'e2', 'e3'].map(toAddress);
const indexedPeople = { operator: sender, from: tokenA, to: tokenB } as const;
export const toFeedAnswer = (current: bigint) => ({
  address: feed,
  topics: encodeEventTopics({
    abi: marketEvents,
    eventName: 'AnswerUpdated',
    args: { current, roundId: 1n },
  }) as Hex[],
  data: word(0),
});

/** Logs beside the transfer of a block. */
const marketLogs: Record<number, object[]> = {
  991: [toFeedAnswer(250_012_345_678n), toFeedAnswer(-1n)],
  1_005: [
    toFeedAnswer(260_000_000_000n),
    {
      address: editions,
      topics: encodeEventTopics({ abi: marketEvents, eventName: 'TransferSingle', args: indexedPeople }),
      data: encodeAbiParameters(parseAbiParameters('uint256, uint256'), [2n ** 255n, 7n]),
    },
    {
      address: editions,
      topics: encodeEventTopics({ abi: marketEvents, eventName: 'TransferBatch', args: indexedPeople }),
      data: encodeAbiParameters(parseAbiParameters('uint256[], uint256[]'), [
        [5n, 6n],
        [1n, 2n ** 200n],
      ]),
    },
    {
      address: pool,
      topics: encodeEventTopics({
        abi: marketEvents,
        eventName: 'Swap',
        args: { sender, recipient: tokenB },
      }),
      // One A (10^18) is 2,500 B (10^6): the square of the root over 2^192 is 2.5 × 10^-9.
      data: encodeAbiParameters(parseAbiParameters('int256, int256, uint160, uint128, int24'), [
        -(10n ** 18n),
        2_500_000_000n,
        2n ** 96n / 20_000n,
        1n,
        -198_080,
      ]),
    },
  ],
  1_006: longTokens.map((address) => ({ address })),
};
const longName = 'x'.repeat(1_000_000);

/** A chain to be indexed: a coin moves in each block, and in some an exchange, a feed and editions log; tokens with long names too. */
export async function startMarketChain(): Promise<ScriptedRpc> {
  const long = { name: longName, symbol: longName, decimals: 77 };
  const contracts = {
    [pool]: {
      answers: {
        'function token0() view returns (address)': tokenA,
        'function token1() view returns (address)': tokenB,
      },
    },
    [feed]: { decimals: 8, answers: { 'function description() view returns (string)': 'ETH / USD' } },
    [tokenA]: { symbol: 'A', name: 'Token A', decimals: 18 },
    [tokenB]: { symbol: 'B', name: 'Token B', decimals: 6 },
    ...Object.fromEntries(longTokens.map((address) => [address, long])),
  };
  const rpc = await startScriptedRpc({ chainId: 31_337, head: 1_012n, finalised: 1_000n, contracts });
  const { toFullBlock, toReceipt, toTrace } = openBlocks(rpc.state);
  rpc.state.blocks = (number) => toFullBlock(Number(number));
  rpc.state.others.eth_getBlockReceipts = (number) => [toReceipt(Number(number))];
  rpc.state.others.trace_block = (number) => [toTrace(Number(number))];
  rpc.state.others.eth_blockNumber = () => numberToHex(rpc.state.head);
  rpc.state.retryAfter = '1';
  return rpc;
}

/** Its blocks, of the branch that it has now. */
function openBlocks(state: ScriptedRpc['state']) {
  const hashOf = (number: number) =>
    `0x${number > state.finalised ? state.branch : 'f1'}${number.toString(16).padStart(62, '0')}`;
  const txOf = (number: number) => word(`${state.branch}${number.toString(16)}`);

  /** A block with one transaction, which moves as many coins as the block's number. */
  const toFullBlock = (number: number) => ({
    number: numberToHex(number),
    hash: hashOf(number),
    parentHash: hashOf(number - 1),
    timestamp: numberToHex(1_790_000_000 + number * 600),
    transactions: [
      {
        hash: txOf(number),
        transactionIndex: '0x0',
        from: sender,
        to: token,
        value: '0x0',
        nonce: '0x1',
        gas: '0x5208',
        input: '0x',
      },
    ],
  });

  const toReceipt = (number: number) => {
    const place = { transactionHash: txOf(number), blockHash: hashOf(number) };
    const topics = [toEventSelector('Transfer(address,address,uint256)'), word('1'), word('2')];
    const log = {
      ...place,
      address: token,
      topics,
      data: word(number),
      blockNumber: numberToHex(number),
      transactionIndex: '0x0',
      logIndex: '0x0',
    };
    const more = (marketLogs[number] ?? []).map((one, index) => ({
      ...log,
      ...one,
      logIndex: numberToHex(index + 1),
    }));
    return { ...place, gasUsed: '0x5208', status: '0x1', contractAddress: null, logs: [log, ...more] };
  };

  const toTrace = (number: number) => ({
    action: { callType: 'call', from: sender, to: token, value: '0x5', gas: '0x5208', input: '0x' },
    result: { gasUsed: '0x0', output: '0x' },
    blockHash: hashOf(number),
    subtraces: 0,
    traceAddress: [],
    transactionHash: txOf(number),
    transactionPosition: 0,
    type: 'call',
  });
  return { toFullBlock, toReceipt, toTrace };
}
