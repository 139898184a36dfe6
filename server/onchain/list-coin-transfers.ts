import { type Address, getAddress, type Hex, hexToBigInt, isAddress, numberToHex, type RpcBlock } from 'viem';
import { z } from 'zod';
import type { TransferRow } from '#server/contract/chain-readings.ts';
import type { ChainContext } from './chain-context.ts';
import { findAllowedWidth, isTooWide } from './chain-errors.ts';
import type { ChainConfiguration } from './chains.ts';
import { toAnyRequest } from './rpc-client.ts';
import { toExactAmount } from './exact-amount.ts';
import { inSteps } from './in-steps.ts';

/** `step`: which of its transaction's movements it is. */
export type CoinTransfer = {
  from: string;
  to: string;
  value: bigint;
  block: bigint;
  transaction: string;
  step: number;
};

/** `means`: how they were found; `note`: what that leaves out. */
export type CoinReading = {
  transfers: CoinTransfer[];
  means: 'traced' | 'transactions' | 'not read';
  note: string | null;
  /** The transactions that the address itself sent; null: not known. */
  sent: string[] | null;
};

const mostBlocks = 100n;
/** Blocks with their transactions are large, and come in one answer. */
const blocksTogether = 8n;

const mostTraced = 100;
const tracedTogether = 50;
const mostPieces = 60n;

const Traces = z.array(
  z.object({
    type: z.string(),
    error: z.string().optional(),
    action: z.object({
      from: z.string(),
      to: z.string().optional(),
      value: z.string().optional(),
      callType: z.string().optional(),
    }),
    traceAddress: z.array(z.number()),
    blockNumber: z.number(),
    transactionHash: z.string(),
  }),
);

/**
 * Transfers of a chain's own coin, which leave no log: from traces where an RPC has them, else from the transactions of a
 * short range, which leaves out what contracts sent.
 */
export async function listCoinTransfers(
  context: ChainContext,
  { address, from, to, most = mostTraced }: { address: Address; from: bigint; to: bigint; most?: number },
): Promise<CoinReading> {
  const traced = await readTraces(context, { address, from, to, most });
  if (traced !== null) return { means: 'traced', ...traced };
  const coin = context.chain.nativeCurrency.symbol;
  if (to - from >= mostBlocks) {
    return {
      transfers: [],
      means: 'not read',
      sent: null,
      note: `Transfers of ${coin} itself were not read: no RPC of ${context.chain.name} traces, and the range has more than ${mostBlocks} blocks. Ask for fewer blocks, or an administrator adds an RPC with trace_filter under Chains.`,
    };
  }
  return {
    transfers: await readTransactions(context, { address, from, to }),
    means: 'transactions',
    sent: null,
    note: `Transfers of ${coin} that contracts made within transactions are not listed: no RPC of ${context.chain.name} traces.`,
  };
}

type Wanted = { address: Address; from: bigint; to: bigint };

async function readTraces(
  { client, signal, chain }: ChainContext,
  { address, from, to, most }: Wanted & { most: number },
): Promise<Pick<CoinReading, 'transfers' | 'note' | 'sent'> | null> {
  try {
    const found = await Promise.all(
      [{ fromAddress: [address] }, { toAddress: [address] }].map((side) =>
        filterTraces({ client, signal }, { side, from, to }),
      ),
    );
    const touching = found.flat().sort((one, other) => one.blockNumber - other.blockNumber);
    const hashes = [...new Set(touching.map((trace) => trace.transactionHash))];
    const read = hashes.slice(-most);
    const traces = await inSteps(
      read,
      { together: tracedTogether, signal },
      async (hash) => await traceCoinTransfers(client, hash),
    );
    const isOwn = ({ traceAddress, action }: (typeof touching)[number]) =>
      traceAddress.length === 0 && action.from.toLowerCase() === address.toLowerCase();
    return {
      transfers: traces.flat().filter((one) => one.from === address || one.to === address),
      sent: [...new Set(touching.filter(isOwn).map(({ transactionHash }) => transactionHash))],
      note:
        hashes.length === read.length
          ? null
          : `Transfers of ${chain.nativeCurrency.symbol} are of the newest ${read.length} of ${hashes.length} transactions. Ask for fewer blocks.`,
    };
  } catch {
    signal.throwIfAborted();
    return null;
  }
}

/** In pieces, where a node says how many blocks it gives at once. */
async function filterTraces(
  { client, signal }: Pick<ChainContext, 'client' | 'signal'>,
  { side, from, to }: { side: object; from: bigint; to: bigint },
): Promise<z.infer<typeof Traces>> {
  const request = toAnyRequest(client);
  const found: z.infer<typeof Traces> = [];
  let width = to - from + 1n;
  for (let [first, pieces] = [from, 0]; first <= to;) {
    signal.throwIfAborted();
    const last = first + width - 1n < to ? first + width - 1n : to;
    const range = { fromBlock: numberToHex(first), toBlock: numberToHex(last) };
    try {
      found.push(...Traces.parse(await request({ method: 'trace_filter', params: [{ ...range, ...side }] })));
      first = last + 1n;
      pieces += 1;
    } catch (thrown) {
      const allowed = isTooWide(thrown) ? findAllowedWidth(thrown) : null;
      if (allowed === null || allowed >= width || (to - first) / allowed > mostPieces - BigInt(pieces)) throw thrown;
      width = allowed;
    }
  }
  return found;
}

/**
 * How the chain's own coin moved in a transaction, contracts included; a call that failed undid all that it called.
 *
 * @throws where no RPC traces
 */
export async function traceCoinTransfers(client: ChainContext['client'], hash: string): Promise<CoinTransfer[]> {
  const request = toAnyRequest(client);
  const traces = Traces.parse(await request({ method: 'trace_transaction', params: [hash] }));
  const failed = traces.filter(({ error }) => error !== undefined).map(({ traceAddress }) => traceAddress);
  const isUndone = (place: number[]) => failed.some((above) => above.every((step, depth) => place[depth] === step));
  return traces.flatMap(({ type, action, traceAddress, blockNumber, transactionHash }, step) => {
    const { from, to = '', callType = 'call' } = action;
    const amount = toAmount(action.value);
    // A delegated call names the value of the one around it, and moves nothing.
    if (
      type !== 'call' ||
      callType !== 'call' ||
      amount === 0n ||
      isUndone(traceAddress) ||
      !isAddress(to, { strict: false })
    )
      return [];
    const parties = { from: getAddress(from), to: getAddress(to) };
    return [{ ...parties, value: amount, block: BigInt(blockNumber), transaction: transactionHash, step }];
  });
}

async function readTransactions({ client }: ChainContext, { address, from, to }: Wanted): Promise<CoinTransfer[]> {
  const blocks: RpcBlock[] = [];
  for (let first = from; first <= to; first += blocksTogether) {
    const count = Number(to - first < blocksTogether ? to - first + 1n : blocksTogether);
    const piece = await Promise.all(
      Array.from({ length: count }, (_, index) =>
        client.request({ method: 'eth_getBlockByNumber', params: [numberToHex(first + BigInt(index)), true] }),
      ),
    );
    blocks.push(...piece.flatMap((block) => block ?? []));
  }
  const own = address.toLowerCase();
  const candidates = blocks.flatMap((block) =>
    block.transactions.flatMap((transaction) => {
      if (typeof transaction === 'string' || toAmount(transaction.value) === 0n) return [];
      return [transaction.from, transaction.to].some((party) => party?.toLowerCase() === own) ? [transaction] : [];
    }),
  );
  const transfers = await Promise.all(
    candidates.map(async ({ hash, from: sender, to: receiver, value, blockNumber }): Promise<CoinTransfer[]> => {
      const receipt = await client.request({ method: 'eth_getTransactionReceipt', params: [hash] });
      if (receipt?.status === '0x0') return [];
      const end = receiver ?? receipt?.contractAddress ?? null;
      const block = hexToBigInt(blockNumber ?? '0x0');
      return end === null
        ? []
        : [
            {
              from: getAddress(sender),
              to: getAddress(end),
              value: toAmount(value),
              block,
              transaction: hash,
              step: 0,
            },
          ];
    }),
  );
  return transfers.flat();
}

function toAmount(value: string | undefined): bigint {
  return value === undefined || !/^0x[0-9a-f]+$/i.test(value) ? 0n : hexToBigInt(value as Hex);
}

/** A transfer of the chain's own coin as those of tokens are shown. */
export function toCoinRow({ nativeCurrency }: ChainConfiguration, { from, to, value }: CoinTransfer): TransferRow {
  return {
    token: 'native',
    tokenSymbol: nativeCurrency.symbol,
    from,
    to,
    amount: toExactAmount(value, nativeCurrency),
  };
}
