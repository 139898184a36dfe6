import type { Abi, Address, Hex, PublicClient, Transaction, TransactionReceipt } from 'viem';
import { getAddress, TransactionNotFoundError, TransactionReceiptNotFoundError } from 'viem';
import type { TransferRow } from '#server/contract/chain-readings.ts';
import { HubError } from '#server/hub-error.ts';
import { toChainBlock, warnOfOldHead } from './chain-block.ts';
import type { ChainContext, ReadChain } from './chain-context.ts';
import { toInputError } from './chain-errors.ts';
import type { ChainConfiguration } from './chains.ts';
import { countFee } from './count-fee.ts';
import { decodeCall, decodeEvent, type DecodedEvent } from './decode-data.ts';
import { toExactAmount } from './exact-amount.ts';
import { findWarnings } from './find-warnings.ts';
import { type CoinTransfer, toCoinRow, traceCoinTransfers } from './list-coin-transfers.ts';
import { listTransfers } from './list-transfers.ts';
import { showArguments } from './show-arguments.ts';
import { sumFlows } from './sum-flows.ts';
import { readTokenDetails, type TokenDetails } from './token-details.ts';

const mostEvents = 200;
const mostFlows = 60;
const mostTokens = 24;
const mostAbis = 6;

/**
 * Says what a transaction did: who called what, which tokens moved, what it cost, and what is suspicious about it.
 *
 * Calls and events are decoded by well-known interfaces and verified sources; others are named as unknown, not guessed. What
 * contracts sent of the chain's own coin is there where an RPC traces.
 *
 * @throws {HubError} `not_found`, when the chain has no such transaction
 */
export const explainTransaction: ReadChain<'transaction'> = async (context, { hash }) => {
  const { client, chain } = context;
  const wanted = parseHash(hash);
  const { transaction, receipt } = await readTransaction(client, chain, wanted);
  const block = receipt === null ? null : toChainBlock(chain, await client.getBlock({ blockHash: receipt.blockHash }));
  const logs = receipt?.logs ?? [];
  const receiver = transaction.to === null ? null : getAddress(transaction.to);
  const [abis, head, traced] = await Promise.all([
    findAbis(context, transaction.input === '0x' ? null : receiver, logs.slice(0, mostEvents)),
    // An RPC that is behind calls pending what was mined long ago.
    receipt === null ? client.getBlock({ blockTag: 'latest' }) : null,
    transaction.input === '0x' || receiver === null || receipt?.status !== 'success'
      ? null
      : readTraces(context, wanted),
  ]);
  const events = logs
    .slice(0, mostEvents)
    .flatMap(
      (log) => decodeEvent({ ...log, address: getAddress(log.address) }, abis.get(getAddress(log.address))) ?? [],
    );
  const call = decodeCall(transaction.input, receiver === null ? null : abis.get(receiver));
  const tokens = await readTokens(
    client,
    events,
    receiver !== null && call !== null && isTokenCall(call.name) ? receiver : null,
  );
  const native = chain.nativeCurrency;
  const sender = getAddress(transaction.from);
  const created = receipt?.contractAddress ? getAddress(receipt.contractAddress) : null;
  const own: TransferRow[] =
    transaction.value > 0n && receipt?.status !== 'reverted'
      ? [
          {
            token: 'native',
            tokenSymbol: native.symbol,
            from: sender,
            to: receiver ?? created ?? '',
            amount: toExactAmount(transaction.value, native),
          },
        ]
      : [];
  const coins = traced?.map((one) => toCoinRow(chain, one)) ?? own;
  const transfers = [...coins, ...listTransfers(events, tokens)];
  const flows = sumFlows(transfers);
  return {
    hash: wanted,
    status: receipt === null ? 'pending' : receipt.status,
    block,
    from: sender,
    to: receiver,
    createdContract: created,
    value: toExactAmount(transaction.value, native),
    fee: receipt === null ? null : toExactAmount(countFee(receipt), native),
    call: call && {
      name: call.name,
      arguments: showArguments(call.arguments, receiver, receiver === null ? undefined : tokens.get(receiver)),
    },
    transfers,
    flows: flows.slice(0, mostFlows),
    events: events.map((event) => ({
      contract: event.contract,
      name: event.name,
      arguments: showArguments(event.arguments, event.contract, tokens.get(event.contract)),
    })),
    warnings: [
      ...(head === null ? [] : warnOfOldHead(context, head.timestamp)),
      ...(receipt?.status === 'reverted' ? ['The transaction failed: nothing moved but the fee.'] : []),
      ...findWarnings({ chainId: chain.id, sender, receiver, events, transfers, tokens: [...tokens.values()] }),
      ...(flows.length > mostFlows ? [`Only the first ${mostFlows} of ${flows.length} value flows are shown.`] : []),
      ...(logs.length > mostEvents ? [`Only the first ${mostEvents} of ${logs.length} events were read.`] : []),
      ...(events.length < Math.min(logs.length, mostEvents)
        ? [`${Math.min(logs.length, mostEvents) - events.length} event(s) of unknown kinds are not shown.`]
        : []),
    ],
    explorerUrl: `${chain.explorerUrl}/tx/${wanted}`,
  };
};

/** What verified sources say of the contract that is called, and of those whose events are of no known kind. */
async function findAbis(
  context: ChainContext,
  called: Address | null,
  logs: TransactionReceipt['logs'],
): Promise<Map<Address, Abi>> {
  const strange = logs
    .map((log) => ({ ...log, address: getAddress(log.address) }))
    .filter((log) => decodeEvent(log) === null);
  const contracts = [...new Set([...(called === null ? [] : [called]), ...strange.map(({ address }) => address)])];
  const found = await Promise.all(
    contracts.slice(0, mostAbis).map(async (contract) => [contract, await context.findVerifiedAbi(contract)] as const),
  );
  return new Map(found.flatMap(([contract, abi]) => (abi === null ? [] : [[contract, abi] as const])));
}

async function readTraces({ client, signal }: ChainContext, hash: Hex): Promise<CoinTransfer[] | null> {
  try {
    return await traceCoinTransfers(client, hash);
  } catch {
    signal.throwIfAborted();
    return null;
  }
}

function parseHash(text: string): Hex {
  const trimmed = text.trim().toLowerCase();
  if (/^0x[0-9a-f]{64}$/.test(trimmed)) return trimmed as Hex;
  throw toInputError('hash', {
    en: `"${text.trim().slice(0, 80)}" is not a transaction hash: it needs 0x and 64 hexadecimal digits.`,
    zh: `“${text.trim().slice(0, 80)}”不是交易哈希：需要 0x 加 64 位十六进制数字。`,
  });
}

async function readTransaction(
  client: PublicClient,
  chain: ChainConfiguration,
  hash: Hex,
): Promise<{ transaction: Transaction; receipt: TransactionReceipt | null }> {
  const [transaction, receipt] = await Promise.all([
    client.getTransaction({ hash }).catch((thrown: unknown) => {
      if (thrown instanceof TransactionNotFoundError) return null;
      throw thrown;
    }),
    client.getTransactionReceipt({ hash }).catch((thrown: unknown) => {
      if (thrown instanceof TransactionReceiptNotFoundError) return null;
      throw thrown;
    }),
  ]);
  if (transaction === null) {
    throw new HubError('not_found', {
      en: `${chain.name} has no transaction ${hash}. It may be on another chain, or not sent yet.`,
      zh: `${chain.name} 上没有交易 ${hash}。它可能在另一条链上，或尚未发送。`,
    });
  }
  return { transaction, receipt };
}

function isTokenCall(name: string): boolean {
  return [
    'transfer',
    'transferFrom',
    'approve',
    'increaseAllowance',
    'decreaseAllowance',
    'permit',
    'withdraw',
    'deposit',
  ].includes(name);
}

/** The tokens that move in events, and one that is called. */
export async function readTokens(
  client: PublicClient,
  events: DecodedEvent[],
  called: Address | null,
): Promise<Map<Address, TokenDetails>> {
  const moving = events
    .filter(({ name }) => /^(?:Transfer(?:Single|Batch)?|Approval(?:ForAll)?|Deposit|Withdrawal)$/.test(name))
    .map(({ contract }) => contract);
  const contracts = [...new Set([...moving, ...(called === null ? [] : [called])])].slice(0, mostTokens);
  const details = await Promise.all(contracts.map((contract) => readTokenDetails(client, contract)));
  // What is called as a token is, may be none.
  const tokens = details.filter(({ address, decimals }) => moving.includes(address) || decimals !== null);
  return new Map(tokens.map((token) => [token.address, token]));
}
