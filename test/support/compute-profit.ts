import { type Address, erc20Abi, formatUnits, parseAbiItem, type PublicClient } from 'viem';

export const transferEvent = parseAbiItem('event Transfer(address indexed from, address indexed to, uint256 value)');
const answerEvent = parseAbiItem(
  'event AnswerUpdated(int256 indexed current, uint256 indexed roundId, uint256 updatedAt)',
);

type Position = { owner: Address; token: Address; feed: Address; decimals: number; fromBlock: bigint; last: bigint };

/** Profit and loss of a token by the plainest means: each unit of each lot in lists, nothing shared with the hub. */
export async function computeProfit(client: PublicClient, { owner, token, feed, decimals, fromBlock, last }: Position) {
  const range = { fromBlock, toBlock: last };
  const [moved, answers, closing] = await Promise.all([
    client.getLogs({ address: token, event: transferEvent, ...range }),
    client.getLogs({ address: feed, event: answerEvent, fromBlock: 0n, toBlock: last }),
    client.readContract({ address: token, abi: erc20Abi, functionName: 'balanceOf', args: [owner] }),
  ]);
  const priceAt = (block: bigint) => answers.findLast((one) => one.blockNumber <= block)?.args.current ?? 0n;
  // Eight decimals of the feed to six of a dollar.
  const worth = (amount: bigint, block: bigint) => (amount * priceAt(block)) / 10n ** BigInt(decimals + 2);
  const steps = moved.flatMap(({ args: { from, to, value = 0n }, blockNumber }) =>
    (from === owner) === (to === owner) ? [] : [{ isIn: to === owner, value, block: blockNumber }],
  );
  const net = steps.reduce((sum, { isIn, value }) => sum + (isIn ? value : -value), 0n);
  const queue = [{ left: closing - net, cost: worth(closing - net, fromBlock) }];
  let fifo = 0n;
  let [held, heldCost, average] = [closing - net, worth(closing - net, fromBlock), 0n];
  for (const { isIn, value, block } of steps) {
    const paid = worth(value, block);
    if (isIn) {
      queue.push({ left: value, cost: paid });
      held += value;
      heldCost += paid;
      continue;
    }
    const part = (heldCost * value) / held;
    average += paid - part;
    heldCost -= part;
    held -= value;
    let [open, money] = [value, paid];
    for (const lot of queue) {
      if (open === 0n || lot.left === 0n) continue;
      const used = lot.left < open ? lot.left : open;
      const [cost, got] = [(lot.cost * used) / lot.left, (money * used) / open];
      fifo += got - cost;
      lot.left -= used;
      lot.cost -= cost;
      open -= used;
      money -= got;
    }
  }
  const fifoHeld = queue.reduce((sum, { left, cost }) => (left === 0n ? sum : sum + worth(left, last) - cost), 0n);
  return {
    fifo: { realised: formatUnits(fifo, 6), unrealised: formatUnits(fifoHeld, 6) },
    average: { realised: formatUnits(average, 6), unrealised: formatUnits(worth(closing, last) - heldCost, 6) },
  };
}
