import {
  type Address,
  encodeFunctionData,
  erc20Abi,
  formatEther,
  formatUnits,
  namehash,
  parseAbi,
  parseAbiItem,
  parseUnits,
  type PublicClient,
} from 'viem';

const last = 369n;
const transferEvent = parseAbiItem('event Transfer(address indexed from, address indexed to, uint256 value)');
const swapEvent = parseAbiItem(
  'event Swap(address indexed sender, uint256 amount0In, uint256 amount1In, uint256 amount0Out, uint256 amount1Out, address indexed to)',
);
const tokens = { DUSD: ['Devnet Dollar', 6], GRDN: ['Garden', 18], LNTN: ['Lantern', 8] } as const;
type Token = keyof typeof tokens;

/** What viem alone reads of the devnet as it was seeded: `at` an account or a contract by its label. */
export function createDevnetFigures({ client, at }: { client: () => PublicClient; at: (label: string) => Address }) {
  const tokenAt = (token: Token) => at(tokens[token][0]);
  const show = (amount: bigint, token: Token) => `${formatUnits(amount, tokens[token][1])} ${token}`;

  async function balance(token: Token, holder: string): Promise<string> {
    const call = {
      address: tokenAt(token),
      abi: erc20Abi,
      functionName: 'balanceOf' as const,
      args: [at(holder)] as const,
    };
    return show(await client().readContract({ ...call, blockNumber: last }), token);
  }
  const coins = async (holder: string) =>
    `${formatEther(await client().getBalance({ address: at(holder), blockNumber: last }))} ETH`;
  async function supply(token: Token): Promise<string> {
    const call = { address: tokenAt(token), abi: erc20Abi, functionName: 'totalSupply' as const };
    return show(await client().readContract({ ...call, blockNumber: last }), token);
  }
  const transfers = (token: Token, fromBlock = 0n) =>
    client().getLogs({ address: tokenAt(token), event: transferEvent, fromBlock, toBlock: last, strict: true });

  /** The biggest holders with their exact balances, added up from every transfer that there was. */
  async function holders(token: Token, count: number, given = -1n): Promise<string[]> {
    const sums = new Map<string, bigint>();
    const add = (holder: string, amount: bigint) => sums.set(holder, (sums.get(holder) ?? 0n) + amount);
    for (const { args } of await transfers(token)) {
      // What is only received or sent is of holders; what is held has mints and burns in it.
      if (given === 0n && [args.from, args.to].some((side) => /^0x0{40}$/.test(side))) continue;
      add(args.from, given * args.value);
      add(args.to, args.value);
    }
    const ranked = [...sums].sort(([, one], [, other]) => (one < other ? 1 : one > other ? -1 : 0));
    return ranked.slice(0, count).flatMap(([holder, amount]) => [holder, show(amount, token)]);
  }

  /** What an address got and gave of a token since a block. */
  async function flow(token: Token, holder: string, fromBlock: bigint): Promise<string[]> {
    const logs = await transfers(token, fromBlock);
    const sum = (side: 'from' | 'to') =>
      logs.filter(({ args }) => args[side] === at(holder)).reduce((total, { args }) => total + args.value, 0n);
    return [show(sum('to'), token), show(sum('from'), token)];
  }

  let times: Promise<bigint[]> | undefined;
  /** The transfers of a token in some days, and those of them that went from holder to holder. */
  async function moved(token: Token, from: string, to: string) {
    const days = [from, to].map((day) => BigInt(Date.parse(`${day}T00:00:00Z`) / 1000));
    const [first = 0n, end = 0n] = days;
    times ??= Promise.all(
      Array.from({ length: Number(last) + 1 }, async (_, number) => {
        return (await client().getBlock({ blockNumber: BigInt(number) })).timestamp;
      }),
    );
    const known = await times;
    const within = (number: bigint) => {
      const timestamp = known[Number(number)] ?? 0n;
      return timestamp >= first && timestamp < end;
    };
    const logs = (await transfers(token)).filter(({ blockNumber }) => within(blockNumber));
    const between = logs.filter(({ args }) => ![args.from, args.to].some((side) => /^0x0{40}$/.test(side)));
    const total = between.reduce((sum, { args }) => sum + args.value, 0n);
    const largest = between.reduce((most, { args }) => (args.value > most ? args.value : most), 0n);
    return {
      count: logs.length,
      total: formatUnits(total, tokens[token][1]),
      largest: formatUnits(largest, tokens[token][1]),
    };
  }
  /** What was paid in dollars by the largest swap of both pools. */
  async function largestSwap(): Promise<string> {
    const logs = await Promise.all(
      ['Garden pair', 'Lantern pair'].map((pair) =>
        client().getLogs({ address: at(pair), event: swapEvent, fromBlock: 0n, toBlock: last, strict: true }),
      ),
    );
    // The dollar is the first token of both.
    const paid = logs.flat().map(({ args }) => args.amount0In + args.amount0Out);
    return formatUnits(
      paid.reduce((most, one) => (one > most ? one : most), 0n),
      6,
    );
  }
  async function swaps(pair: string, fromBlock: bigint, toBlock = last): Promise<number> {
    return (await client().getLogs({ address: at(pair), event: swapEvent, fromBlock, toBlock })).length;
  }
  const reserves = (pair: string) =>
    client().readContract({
      address: at(pair),
      abi: parseAbi(['function getReserves() view returns (uint112, uint112, uint32)']),
      functionName: 'getReserves',
      blockNumber: last,
    });
  async function lastAnswer(feed: string): Promise<bigint> {
    const abi = parseAbi(['function latestRoundData() view returns (uint80, int256, uint256, uint256, uint80)']);
    const call = { address: at(feed), abi, functionName: 'latestRoundData' as const, blockNumber: last };
    return (await client().readContract(call))[1];
  }
  const ownerOfTile = (tile: bigint) =>
    client().readContract({
      address: at('Devnet Tiles'),
      abi: parseAbi(['function ownerOf(uint256) view returns (address)']),
      functionName: 'ownerOf',
      args: [tile],
      blockNumber: last,
    });
  const slotOf = async (label: string, slot: `0x${string}`) => {
    const value = await client().getStorageAt({ address: at(label), slot, blockNumber: last });
    return [value ?? '', BigInt(value ?? 0)];
  };
  const priceOf = async (feed: string) => formatUnits(await lastAnswer(feed), 8);
  /** What an account holds in dollars: by the feeds, a dollar for a dollar, each rounded down to a millionth; and the sum. */
  async function worth(holder: string): Promise<string[]> {
    const feeds = { GRDN: 'Price of Garden', LNTN: 'Price of Lantern' } as const;
    const valueOf = async (token: keyof typeof feeds) => {
      const [held = '0'] = (await balance(token, holder)).split(' ');
      return (parseUnits(held, 18) * (await lastAnswer(feeds[token]))) / 10n ** 20n;
    };
    const [dollars = '0'] = (await balance('DUSD', holder)).split(' ');
    const values = [parseUnits(dollars, 6), await valueOf('GRDN'), await valueOf('LNTN')];
    const all = [...values, values.reduce((sum, value) => sum + value, 0n)];
    return all.map((value) => `${formatUnits(value, 6)} USD`);
  }
  const nameAbi = parseAbi(['function addr(bytes32) view returns (address)']);
  const named = (name: string) =>
    client().readContract({ address: at('Name resolver'), abi: nameAbi, functionName: 'addr', args: [namehash(name)] });
  /** Dollars for a garden token in their pool, to 18 places as pools are quoted. */
  async function poolPrice(): Promise<string> {
    const [dollars, gardens] = await reserves('Garden pair');
    return formatUnits((dollars * 10n ** 30n) / gardens, 18);
  }
  /** What sending dollars is: the call, and the gas that the node says it takes. */
  async function payment(from: string, to: string, amount: bigint) {
    const data = encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [at(to), amount] });
    return { data, gas: await client().estimateGas({ account: at(from), to: tokenAt('DUSD'), data }) };
  }
  /** A transfer of dollars of the last blocks, and the transaction that made it. */
  async function lastPayment() {
    const payment = (await transfers('DUSD', 365n)).find(({ args }) => args.value > 0n && args.to === at('Ada'));
    if (payment === undefined) throw new Error('Ada was paid nothing in the last days.');
    const receipt = await client().getTransactionReceipt({ hash: payment.transactionHash });
    return {
      hash: payment.transactionHash,
      ...payment.args,
      fee: `${formatEther(receipt.gasUsed * receipt.effectiveGasPrice)} ETH`,
    };
  }

  /** The newest transaction that has an account on either side. */
  async function newestOf(label: string) {
    for (let blockNumber = last; ; blockNumber -= 1n) {
      const { transactions } = await client().getBlock({ blockNumber, includeTransactions: true });
      const found = transactions.findLast(({ from, to }) => [from, to].some((one) => one === at(label).toLowerCase()));
      if (found === undefined) continue;
      const { gasUsed, effectiveGasPrice } = await client().getTransactionReceipt({ hash: found.hash });
      return [found.hash, String(blockNumber), `${formatEther(gasUsed * effectiveGasPrice)} ETH`];
    }
  }

  return {
    tokenAt,
    show,
    balance,
    coins,
    supply,
    transfers,
    holders,
    flow,
    swaps,
    moved,
    largestSwap,
    reserves,
    lastAnswer,
    ownerOfTile,
    slotOf,
    priceOf,
    worth,
    named,
    poolPrice,
    payment,
    lastPayment,
    newestOf,
  };
}
