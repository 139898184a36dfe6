import type { IndexPart } from '#server/contract/chain-index.ts';
import { findRefusal, toChainError } from '#server/onchain/chain-errors.ts';
import type { ChainAccess } from '#server/onchain/chain-access.ts';
import type { ChainRegistry } from '#server/onchain/chain-registry.ts';
import type { ChainConfiguration } from '#server/onchain/chains.ts';
import { HubError } from '#server/hub-error.ts';
import { type ContractFacts, toWantedFacts } from './decode-logs.ts';
import { type ChainLacks, fetchBlocks, fetchBlocksOf, findTraceMethod } from './fetch-blocks.ts';
import type { TraceMethod } from './to-traces.ts';
import { checkHeader, type RawBlock, UnreadableBlock } from './raw-block.ts';
import type { AskContract, FactsOf } from './read-facts.ts';

export type ChainHead = { number: number; hash: string; final: number | null };
export type BlockMark = { number: number; hash: string; parentHash: string; seconds: number };

const mostFacts = 20_000;
const factsAtOnce = 40;

export type ChainSource = ReturnType<typeof createChainSource>;

/** Reads whole ranges of the chains for their indexes, past the memory that answers people. */
export function createChainSource({
  registry,
  refresh,
}: {
  registry: ChainRegistry;
  /** Sees that the registry has the chains as they are set up now. */
  refresh: () => Promise<void>;
}) {
  const lacks = new Map<string, ChainLacks>();
  const known = new Map<string, ContractFacts>();

  async function withAccess<Result>(
    chainId: number,
    signal: AbortSignal,
    read: (access: ChainAccess, chain: ChainConfiguration) => Promise<Result>,
  ): Promise<Result> {
    await refresh();
    const chain = registry.get(String(chainId));
    try {
      return await read(await registry.open(chain), chain);
    } catch (thrown) {
      signal.throwIfAborted();
      if (thrown instanceof UnreadableBlock) throw toUnreadable(thrown, chain);
      throw thrown instanceof HubError ? thrown : toChainError(thrown, chain);
    }
  }

  const readHeaders = async (access: ChainAccess, at: (number | string)[], signal: AbortSignal) => {
    const calls = at.map((one) => ({
      method: 'eth_getBlockByNumber',
      params: [typeof one === 'string' ? one : `0x${one.toString(16)}`, false],
    }));
    return await access.requestNow(calls, signal);
  };

  return {
    /** @throws {HubError} `validation_failed` for a chain that is not set up */
    find: async (chain: string): Promise<Pick<ChainConfiguration, 'id' | 'slug' | 'name' | 'blockTimeMs'>> => {
      await refresh();
      return registry.get(chain);
    },

    /** The chains that are set up, as this process last knew. */
    list: () => registry.list().map(({ id, slug, name }) => ({ id, slug, name })),

    /** The first block at or after a time; the next one to come, where none is. */
    findBlockAt: (chainId: number, time: Date, signal: AbortSignal): Promise<number> =>
      withAccess(chainId, signal, async (access) => {
        const secondsOf = async (at: number | string) => {
          const [answer] = await readHeaders(access, [at], signal);
          if (answer === undefined || 'error' in answer) throw answer?.error ?? new UnreadableBlock(`no block ${at}`);
          const number = typeof at === 'number' ? at : Number((answer.result as { number?: string } | null)?.number);
          return { number, seconds: Number(checkHeader(answer.result, number).timestamp) };
        };
        let [low, high] = [0, (await secondsOf('latest')).number + 1];
        while (low < high) {
          const middle = Math.floor((low + high) / 2);
          if ((await secondsOf(middle)).seconds * 1000 < time.getTime()) low = middle + 1;
          else high = middle;
        }
        return low;
      }),

    /** The newest block, and the last that cannot be undone where the chain tells. */
    readHead: (chainId: number, signal: AbortSignal): Promise<ChainHead> =>
      withAccess(chainId, signal, async (access) => {
        const [latest, final] = await readHeaders(access, ['latest', 'finalized'], signal);
        if (latest === undefined || 'error' in latest) throw latest?.error ?? new UnreadableBlock('no newest block');
        const number = Number((latest.result as { number?: string } | null)?.number);
        const { hash } = checkHeader(latest.result, number);
        const finalNumber =
          final !== undefined && 'result' in final ? (final.result as { number?: string } | null)?.number : undefined;
        return { number, hash, final: finalNumber === undefined ? null : Math.min(number, Number(finalNumber)) };
      }),

    /** Blocks by their numbers; null for one that the chain does not have. */
    readMarks: (chainId: number, numbers: number[], signal: AbortSignal): Promise<(BlockMark | null)[]> =>
      withAccess(chainId, signal, async (access) =>
        (await readHeaders(access, numbers, signal)).map((answer, index) => {
          if ('error' in answer && !answer.error.isUnknownBlock) throw answer.error;
          if ('error' in answer || answer.result === null) return null;
          const { hash, parentHash, timestamp } = checkHeader(answer.result, numbers[index] ?? 0);
          return { number: numbers[index] ?? 0, hash, parentHash, seconds: Number(timestamp) };
        }),
      ),

    /**
     * Whole blocks in their order, and the parts that no RPC of the chain gives. With `only`, the blocks in which these
     * contracts log and the last one, with their logs alone; `before` is then the hash of the block before the range.
     */
    fetch: (
      chainId: number,
      { only, ...range }: { from: number; to: number; parts: readonly IndexPart[]; only: readonly string[] | null },
      signal: AbortSignal,
    ): Promise<{ blocks: RawBlock[]; missingParts: IndexPart[]; from: number; before: string | null }> =>
      withAccess(chainId, signal, async (access, { endpoints }) => {
        const { from, to } = range;
        if (only !== null) {
          const found = await fetchBlocksOf(access.requestNow, { from, to, addresses: only }, signal);
          return { ...found, missingParts: [], from };
        }
        // Endpoints that are added or changed are asked anew.
        const asked = `${chainId} ${endpoints.map(({ url }) => url).join(' ')}`;
        const own = lacks.get(asked) ?? { blockReceipts: false, traces: new Set<TraceMethod>() };
        lacks.set(asked, own);
        const blocks = await fetchBlocks(access.requestNow, { ...range, lacks: own }, signal);
        const missingParts: IndexPart[] =
          range.parts.includes('traces') && findTraceMethod(own) === null ? ['traces'] : [];
        return { blocks, missingParts, from, before: null };
      }),

    /** What the tokens, pools and feeds of some blocks say of themselves; a pool's tokens too. */
    readFacts: (chainId: number, blocks: RawBlock[], signal: AbortSignal): Promise<Record<string, ContractFacts>> =>
      withAccess(chainId, signal, async (access) => {
        const { readFacts } = await import('./read-facts.ts');
        const { ask, askAlone } = askContracts(access, signal);
        const found: Record<string, ContractFacts> = {};
        const note = ({ address }: FactsOf, facts: ContractFacts) => {
          known.set(`${chainId} ${address}`, facts);
          found[address] = facts;
        };
        const readAll = async (group: FactsOf[]) => {
          for (let start = 0; start < group.length; start += factsAtOnce) {
            const failed: FactsOf[] = [];
            await Promise.all(
              group.slice(start, start + factsAtOnce).map(async (one) => {
                const facts = known.get(`${chainId} ${one.address}`) ?? (await readFacts(one, ask).catch(() => null));
                if (facts === null) failed.push(one);
                else note(one, facts);
              }),
            );
            signal.throwIfAborted();
            for (const one of failed) note(one, await readFacts(one, askAlone));
          }
        };
        await readAll(listWanted(blocks));
        const tokens = Object.values(found).flatMap(({ token0, token1 }) =>
          [token0, token1].filter((one) => one !== null),
        );
        await readAll(
          [...new Set(tokens)].filter((one) => !(one in found)).map((address) => ({ address, kind: 'token' })),
        );
        if (known.size > mostFacts) known.clear();
        return found;
      }),
  };
}

/** Asks contracts about themselves; null for a refusal, which says that there is no such thing. */
function askContracts(access: ChainAccess, signal: AbortSignal): { ask: AskContract; askAlone: AskContract } {
  const ask: AskContract = (call) =>
    access.request(call, signal).catch((thrown: unknown) => {
      if (findRefusal(thrown) === null) throw thrown;
      return null;
    });
  return {
    ask,
    askAlone: (call) =>
      ask(call).catch(async (thrown: unknown) => {
        signal.throwIfAborted();
        // Where the chain answers otherwise, it is this contract that does not: its name may be too long for any RPC.
        const [answer] = await access.requestNow([{ method: 'eth_blockNumber', params: [] }], signal);
        if (answer === undefined || 'error' in answer) throw thrown;
        return null;
      }),
  };
}

const toUnreadable = (thrown: UnreadableBlock, { name }: ChainConfiguration) =>
  new HubError(
    'unavailable',
    {
      en: `An RPC of ${name} gave blocks that do not fit together (${thrown.message}). They are fetched again.`,
      zh: `${name} 的一个 RPC 给出的区块前后不一致，将重新获取。`,
    },
    { cause: thrown },
  );

function listWanted(blocks: RawBlock[]): FactsOf[] {
  const wanted = new Map<string, FactsOf>();
  for (const log of blocks.flatMap(({ logs }) => logs)) {
    const one = toWantedFacts(log);
    if (one === null) continue;
    const address = one.address.toLowerCase();
    // A pool is a token too, but not the other way round.
    if (one.kind !== 'token' || !wanted.has(address)) wanted.set(address, { ...one, address });
  }
  return [...wanted.values()];
}
