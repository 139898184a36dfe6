import { type Address, formatUnits, getAddress, parseAbi, type RpcLog } from 'viem';
import type { ChainContext } from './chain-context.ts';
import { isChainFailure } from './chain-errors.ts';
import { type DecodedEvent, decodeEvent } from './decode-data.ts';
import { inSteps } from './in-steps.ts';
import { readTokenDetails, type TokenDetails } from './token-details.ts';

const pairAbi = parseAbi(['function token0() view returns (address)', 'function token1() view returns (address)']);
const mostContracts = 40;
const together = 10;
const ofOwnToken = new Set(['Transfer', 'Approval', 'Deposit', 'Withdrawal']);
const ofPair = new Set(['Swap', 'Sync', 'Mint', 'Burn']);
/** Which token of a pair an argument counts: `amount0In`, `amount1`, `reserve0`. */
const ofSide = /^(?:amount|reserve)([01])(?:In|Out)?$/;

type Tokens = { own: TokenDetails | null; pair: [TokenDetails, TokenDetails] | null };

/**
 * Amounts of well-known events in whole tokens, a record for each log by the place of the argument: of an ERC-20 its own, of an exchange's pool those of its two
 * tokens. What is no amount, or of a token that does not tell its decimals, is left out.
 */
export async function listLogAmounts(context: ChainContext, logs: RpcLog[]): Promise<Map<RpcLog, Map<number, string>>> {
  const events = logs.flatMap((log) => {
    const event = decodeEvent({ ...log, address: getAddress(log.address) });
    return event === null || !(ofOwnToken.has(event.name) || ofPair.has(event.name)) ? [] : [{ log, event }];
  });
  const contracts = [...new Set(events.map(({ event }) => event.contract))].slice(0, mostContracts);
  const known = new Map(
    await inSteps(contracts, { together, signal: context.signal }, async (contract) => {
      const isPair = events.some(({ event }) => event.contract === contract && ofPair.has(event.name));
      return [contract, await readEventTokens(context, contract, isPair)] as const;
    }),
  );
  return new Map(events.map(({ log, event }) => [log, toAmounts(event, known.get(event.contract))]));
}

async function readEventTokens({ client }: ChainContext, contract: Address, isPair: boolean): Promise<Tokens> {
  if (!isPair) return { own: await readTokenDetails(client, contract), pair: null };
  try {
    const [first, second] = await Promise.all([
      client.readContract({ address: contract, abi: pairAbi, functionName: 'token0' }),
      client.readContract({ address: contract, abi: pairAbi, functionName: 'token1' }),
    ]);
    return {
      own: await readTokenDetails(client, contract),
      pair: await Promise.all([readTokenDetails(client, first), readTokenDetails(client, second)]),
    };
  } catch (thrown) {
    if (isChainFailure(thrown)) throw thrown;
    return { own: null, pair: null };
  }
}

function toAmounts({ name, arguments: given }: DecodedEvent, tokens: Tokens | undefined): Map<number, string> {
  return new Map(
    given.flatMap(({ name: argument, value }, index) => {
      const side = ofSide.exec(argument)?.[1];
      const details = ofPair.has(name)
        ? side === undefined
          ? null
          : tokens?.pair?.[side === '0' ? 0 : 1]
        : argument === 'amount'
          ? tokens?.own
          : null;
      if (typeof value !== 'bigint' || details === null || details === undefined || details.decimals === null)
        return [];
      const { decimals, symbol } = details;
      return [[index, `${formatUnits(value, decimals)} ${symbol}`] as const];
    }),
  );
}
