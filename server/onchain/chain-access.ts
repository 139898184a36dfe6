import { createAnswerCache } from './answer-cache.ts';
import { createCallQueue } from './call-queue.ts';
import type { ChainConfiguration, EndpointConfiguration } from './chains.ts';
import type { EndpointReport } from './endpoint-report.ts';
import { type CountCall, createRpcEndpoint, type RpcFetch, type RpcLimits } from './rpc-endpoint.ts';
import { type RpcAnswer, type RpcCall, RpcError } from './rpc-fault.ts';
import { createRpcPool } from './rpc-pool.ts';

/** Told of every read: what had its answer in memory, shared a call under way, or needed one. */
export type CountRead = (read: { chain: string; from: 'cache' | 'shared' | 'rpc' }) => void;

export type ChainAccess = {
  /**
   * @throws {RpcError} when the chain refused the call
   * @throws {HubError} `unavailable`, when no endpoint answered
   */
  request: (call: RpcCall, signal: AbortSignal) => Promise<unknown>;
  /**
   * What the chain says now, in the order of the calls: nothing that is kept is believed, and nothing is kept but which hashes
   * the blocks have, by which what is kept turns out to be of a branch that was left.
   *
   * @throws {HubError} `unavailable`, when no endpoint answered
   */
  requestNow: (calls: readonly RpcCall[], signal: AbortSignal) => Promise<RpcAnswer[]>;
  /** How the endpoints are; `fresh` asks them first, but for those that rest. */
  report: (options: { fresh: boolean; signal: AbortSignal }) => Promise<EndpointReport[]>;
  close: () => void;
};

type Shared = { answer: Promise<unknown>; waiters: number; stop: AbortController };

/**
 * Reads one chain: from memory what is still true there, else from the pool of its endpoints; equal reads at the same time
 * share one call. A caller who leaves ends the call only when nobody else waits for it.
 */
export function createChainAccess({
  chain,
  fetch,
  limits,
  limitsOf = () => limits,
  countCall,
  countRead,
  now,
}: {
  chain: ChainConfiguration;
  fetch: RpcFetch;
  limits: RpcLimits;
  /** Those of one endpoint, where they are others. */
  limitsOf?: (endpoint: EndpointConfiguration) => RpcLimits;
  countCall: CountCall;
  countRead: CountRead;
  now: () => Date;
}): ChainAccess {
  const cache = createAnswerCache({ headMs: Math.min(3_000, chain.blockTimeMs / 2), now });
  const pool = createRpcPool({
    chain,
    endpoints: chain.endpoints.map((configuration) =>
      createRpcEndpoint({ configuration, fetch, limits: limitsOf(configuration), countCall, now }),
    ),
    limits,
    onFinalised: cache.noteFinalised,
    now,
  });
  const enqueue = createCallQueue({ send: pool.send, hasMulticall: chain.hasMulticall });
  const underWay = new Map<string, Shared>();

  async function ask(call: RpcCall, isKept: boolean, signal: AbortSignal): Promise<unknown> {
    const askedAt = cache.reorganisations();
    const answer = await enqueue(call, signal);
    if ('error' in answer) throw answer.error;
    if (isKept) cache.store(call, answer.result, askedAt);
    else cache.see(call, answer.result);
    return answer.result;
  }

  function share(call: RpcCall, isKept: boolean): Shared {
    const name = `${call.method} ${JSON.stringify(call.params)}`;
    const found = underWay.get(name);
    countRead({ chain: chain.slug, from: found === undefined ? 'rpc' : 'shared' });
    if (found !== undefined) return found;
    const stop = new AbortController();
    const forget = () => {
      if (underWay.get(name) === shared) underWay.delete(name);
    };
    const shared: Shared = { answer: ask(call, isKept, stop.signal), waiters: 0, stop };
    underWay.set(name, shared);
    shared.answer.then(forget, forget);
    stop.signal.addEventListener('abort', forget);
    return shared;
  }

  async function join(call: RpcCall, isKept: boolean, signal: AbortSignal): Promise<unknown> {
    const shared = share(call, isKept);
    shared.waiters += 1;
    try {
      return await Promise.race([shared.answer, whenLeft(signal)]);
    } finally {
      shared.waiters -= 1;
      if (shared.waiters === 0) shared.stop.abort();
    }
  }

  return {
    request: async (call, signal) => {
      signal.throwIfAborted();
      const kept = cache.find(call);
      if (kept === null) return await join(call, true, signal);
      countRead({ chain: chain.slug, from: 'cache' });
      return kept.result;
    },
    requestNow: async (calls, signal) => {
      signal.throwIfAborted();
      return await Promise.all(calls.map((call) => join(call, false, signal).then(toAnswer, toRefusal)));
    },
    report: pool.report,
    close: pool.close,
  };
}

const toAnswer = (result: unknown): RpcAnswer => ({ result });

function toRefusal(thrown: unknown): RpcAnswer {
  if (thrown instanceof RpcError) return { error: thrown };
  throw thrown;
}

const leavings = new WeakMap<AbortSignal, Promise<never>>();

/** Rejects when the signal is aborted; one listener for all that is read under it. */
function whenLeft(signal: AbortSignal): Promise<never> {
  const known = leavings.get(signal);
  if (known !== undefined) return known;
  const left = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  left.catch(() => undefined);
  leavings.set(signal, left);
  return left;
}
