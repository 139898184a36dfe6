import { type Address, erc20Abi, numberToHex, parseAbi } from 'viem';
import type { ChainBlock } from '#server/contract/chain-figures.ts';
import type { Portfolio } from '#server/contract/portfolio.ts';
import type { HubError } from '#server/hub-error.ts';
import { parseAddress } from './addresses.ts';
import { multicall3Address } from './bundle-calls.ts';
import { pinBlock, toChainBlock, warnOfOldHead } from './chain-block.ts';
import type { ChainContext, ReadChain } from './chain-context.ts';
import { isChainFailure, isContractFailure, toChainError, toInputError } from './chain-errors.ts';
import { toExactAmount } from './exact-amount.ts';
import { warnOfToken } from './find-warnings.ts';
import { findKnownToken, listKnownTokens } from './known-tokens.ts';
import { sum } from './list-wallet-assets.ts';
import { toTokenLabel } from './token-label.ts';
import { toDollars } from './value-asset.ts';
import { valueHoldings } from './value-holdings.ts';

type Holding = Portfolio['holdings'][number];
type NotValued = NonNullable<Portfolio['notValued']>[number];
type ChainHoldings = { block: ChainBlock; holdings: Holding[]; warnings: string[]; checked: number };
type ChainValues = ChainHoldings & { notValued: NotValued[] };

const mostTokens = 200;
const arbitrum = 42_161;
const multicall = {
  address: multicall3Address,
  abi: parseAbi([
    'function getBlockNumber() view returns (uint256)',
    'function getEthBalance(address holder) view returns (uint256)',
  ]),
} as const;
/** On Arbitrum a contract sees the block number of Ethereum; this one of the chain's own tells its. */
const arbitrumSystem = {
  address: '0x0000000000000000000000000000000000000064',
  abi: parseAbi(['function arbBlockNumber() view returns (uint256)']),
} as const;

/**
 * What an address holds over chains: the coins, the well-known tokens and those that are named, `chain:0x…` or `0x…` on each.
 *
 * A chain is read in one call, at one block: the latest, or the one asked for, of one chain alone. One that cannot be read is
 * named, and the others are told. Values take further calls, and only what is priced on the chain at that block has one.
 *
 * @throws {HubError} of the chain, when none could be read
 */
export const readPortfolio: ReadChain<'portfolio'> = async (context, request) => {
  const address = await context.resolve(request.address, 'address');
  const wanted = request.chains === undefined ? context.chains.map(({ slug }) => slug) : request.chains;
  const contexts = await Promise.all(wanted.map((name) => context.open(name)));
  if (request.block !== undefined && contexts.length !== 1) throw blockOfManyChains();
  const named = toNamedTokens(request.tokens ?? [], contexts);
  // Play money and real money make no sum.
  const isOfPlay = contexts.every(({ chain }) => chain.isTestnet);
  const read = await Promise.all(
    contexts.map(async (one): Promise<ChainValues | { failure: HubError; chain: string }> => {
      try {
        const own = named.flatMap(({ chain, token }) => (chain === null || chain === one.chain.id ? [token] : []));
        const tokens = [...new Set([...listKnownTokens(one.chain.id), ...own])];
        const holdings = await readHoldings(one, { address, tokens, block: request.block });
        if (request.withValues !== true) return { ...holdings, notValued: [] };
        return await withValues(one, holdings, { isInTotal: isOfPlay || !one.chain.isTestnet });
      } catch (thrown) {
        one.signal.throwIfAborted();
        return { failure: toChainError(thrown, one.chain), chain: one.chain.name };
      }
    }),
  );
  const whole = read.filter((one) => 'holdings' in one);
  const failed = read.filter((one) => 'failure' in one);
  const [first] = failed;
  if (whole.length === 0 && first !== undefined) throw first.failure;
  const worthOf = ({ valueUsd }: Holding) => (valueUsd === undefined ? -1n : BigInt(valueUsd.raw));
  // Without values each is as worthless as the next, and the order stays.
  const holdings = whole
    .flatMap((one) => one.holdings)
    .sort((one, other) => (worthOf(one) < worthOf(other) ? 1 : worthOf(one) > worthOf(other) ? -1 : 0));
  const values = holdings.map(worthOf).filter((value) => value >= 0n);
  const fresh = holdings.filter(({ priceSource }) => priceSource?.isStale === false).map(worthOf);
  const notValued = whole.flatMap((one) => one.notValued);
  const total = values.length === 0 && notValued.length > 0 ? null : toDollars(sum(values));
  return {
    address,
    ...(request.withValues === true
      ? {
          totalUsd: total,
          ...(fresh.length === values.length ? {} : { freshUsd: toDollars(sum(fresh)) }),
          holdings,
          notValued,
        }
      : { holdings }),
    blocks: whole.map(({ block }) => block),
    checkedTokens: whole.reduce((sum, { checked }) => sum + checked, 0),
    failed: failed.map(({ chain, failure }) => ({ chain, reason: failure.message })),
    warnings: whole.flatMap((one) => one.warnings),
    partial:
      failed.length === 0
        ? null
        : `Not read: ${failed.map(({ chain }) => chain).join(', ')}. What the address holds there is missing; ask again for these chains.`,
  };
};

async function withValues(
  context: ChainContext,
  read: ChainHoldings,
  { isInTotal }: { isInTotal: boolean },
): Promise<ChainValues> {
  const playMoney = `Coins of ${context.chain.name} are no real money: name it alone.`;
  const valued = isInTotal
    ? await valueHoldings(context, read)
    : read.holdings.map((holding) => ({ holding, reason: playMoney, warnings: [] }));
  return {
    ...read,
    holdings: valued.map(({ holding }) => holding),
    warnings: [...read.warnings, ...valued.flatMap(({ warnings }) => warnings)],
    notValued: valued.flatMap(({ holding: { chain, token, amount }, reason }) =>
      reason === null ? [] : [{ chain, token, amount, reason }],
    ),
  };
}

const blockOfManyChains = () =>
  toInputError('block', {
    en: 'A block is of one chain. Name that chain alone, or leave the block out.',
    zh: '区块只属于一条链。请只指定该链，或不指定区块。',
  });

function toNamedTokens(tokens: string[], contexts: ChainContext[]): { chain: number | null; token: Address }[] {
  if (tokens.length > mostTokens) {
    throw toInputError('tokens', {
      en: `${tokens.length} tokens are more than ${mostTokens}. Ask for fewer at once.`,
      zh: `${tokens.length} 个代币超过了 ${mostTokens} 个的上限。请分次查询。`,
    });
  }
  return tokens.map((text, index) => {
    const at = text.lastIndexOf(':');
    const token = parseAddress(text.slice(at + 1), `tokens.${index}`);
    if (at === -1) return { chain: null, token };
    const name = text.slice(0, at).trim().toLowerCase();
    const found = contexts.find(({ chain }) => [chain.slug, String(chain.id)].includes(name));
    if (found !== undefined) return { chain: found.chain.id, token };
    const known = contexts.map(({ chain }) => chain.slug).join(', ');
    throw toInputError(`tokens.${index}`, {
      en: `"${name.slice(0, 40)}" is none of the chains that are read: ${known}.`,
      zh: `“${name.slice(0, 40)}”不在要读取的链之中：${known}。`,
    });
  });
}

/** Coin, block number, and of each token balance, decimals and symbol, all in one call of one block. */
async function readHoldings(
  context: ChainContext,
  { address, tokens, block: wanted }: { address: Address; tokens: Address[]; block: number | undefined },
): Promise<ChainHoldings> {
  const { chain, client } = context;
  const ofTokens = tokens.flatMap((token) => [
    { address: token, abi: erc20Abi, functionName: 'balanceOf', args: [address] },
    { address: token, abi: erc20Abi, functionName: 'decimals' },
    { address: token, abi: erc20Abi, functionName: 'symbol' },
  ]);
  const together = async (more: object[], at: { blockNumber?: bigint }) => {
    const results = await client.multicall({
      contracts: [...more, ...ofTokens] as Parameters<typeof client.multicall>[0]['contracts'],
      allowFailure: true,
      batchSize: 0,
      deployless: !chain.hasMulticall,
      ...at,
    });
    // viem tells a chain that cannot be read as a failure of each call.
    const isWhole = results.length > 0 && results.every(({ status }) => status === 'failure');
    const failed = results.find(
      ({ error }) => error !== undefined && (isChainFailure(error) || (isWhole && !isContractFailure(error))),
    );
    if (failed?.error !== undefined) throw failed.error;
    return results.map(({ result }) => result);
  };

  if (!chain.hasMulticall || wanted !== undefined) {
    const block = await pinBlock(context, wanted);
    const [coin, answers] = await Promise.all([
      client.request({ method: 'eth_getBalance', params: [address, numberToHex(block.number)] }),
      together([], { blockNumber: block.number }),
    ]);
    return toHoldings(context, {
      block: block.at,
      warnings: block.warnings,
      coin: BigInt(coin),
      tokens,
      answers,
      address,
    });
  }
  const height =
    chain.id === arbitrum
      ? { ...arbitrumSystem, functionName: 'arbBlockNumber' }
      : { ...multicall, functionName: 'getBlockNumber' };
  const [head, [number, coin, ...answers]] = await Promise.all([
    client.getBlock({ blockTag: 'latest' }),
    together([height, { ...multicall, functionName: 'getEthBalance', args: [address] }], {}),
  ]);
  if (typeof number !== 'bigint' || typeof coin !== 'bigint') throw new Error('Multicall3 did not answer.');
  // The head may have moved between the two; the figures are of the block that they name.
  const block = number === head.number ? head : await client.getBlock({ blockNumber: number });
  const warnings = warnOfOldHead(context, block.timestamp);
  return toHoldings(context, { block: toChainBlock(chain, block), warnings, coin, tokens, answers, address });
}

function toHoldings(
  { chain }: ChainContext,
  {
    block,
    warnings: already,
    coin,
    tokens,
    answers,
    address,
  }: {
    block: ChainBlock;
    warnings: string[];
    coin: bigint;
    tokens: Address[];
    answers: unknown[];
    address: Address;
  },
): ChainHoldings {
  const warnings = [...already];
  const held = tokens.flatMap((token, index): Holding[] => {
    const [raw, decimals, text] = answers.slice(index * 3, index * 3 + 3);
    if (typeof raw !== 'bigint' || raw === 0n) return [];
    const symbol = (typeof text === 'string' ? toTokenLabel(text, 24) : '') || '(no symbol)';
    const known = typeof decimals === 'number' ? decimals : null;
    warnings.push(...warnOfToken({ address: token, name: '', symbol, decimals: known }, chain.id));
    const unit =
      known === null
        ? { decimals: 0, symbol: `smallest units of ${symbol} (decimals unknown)` }
        : { decimals: known, symbol };
    return [
      {
        chain: block.chain,
        token,
        amount: toExactAmount(raw, unit),
        isWellKnown: findKnownToken(chain.id, symbol) === token,
        explorerUrl: `${chain.explorerUrl}/token/${token}?a=${address}`,
      },
    ];
  });
  const own: Holding[] =
    coin === 0n
      ? []
      : [
          {
            chain: block.chain,
            token: 'native',
            amount: toExactAmount(coin, chain.nativeCurrency),
            isWellKnown: true,
            explorerUrl: `${chain.explorerUrl}/address/${address}`,
          },
        ];
  return { block, holdings: [...own, ...held], warnings, checked: tokens.length + 1 };
}
