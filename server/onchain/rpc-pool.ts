import { setTimeout as sleep } from 'node:timers/promises';
import type { ChainConfiguration } from './chains.ts';
import { checkEndpoint, type EndpointHead, findLag } from './endpoint-check.ts';
import { type EndpointReport, noEndpointAnswered, toEndpointReport } from './endpoint-report.ts';
import type { RpcEndpoint, RpcLimits } from './rpc-endpoint.ts';
import { RpcFault, type RpcAnswer, type RpcCall } from './rpc-fault.ts';
import { createWidestRanges } from './widest-ranges.ts';

export type PooledEndpoint = {
  endpoint: RpcEndpoint;
  /** It answered for the right chain. */
  isVerified: boolean;
  head: EndpointHead | null;
  checkedAt: Date | null;
  checking: Promise<void> | null;
};

/** What came of asking an endpoint in one reading. */
type Attempt = { count: number; isWorthAnother: boolean };
type Attempts = Map<PooledEndpoint, Attempt>;
/** A call that nobody answered well yet, and its place among all. */
type Waiting = { call: RpcCall; index: number };

export type RpcPool = ReturnType<typeof createRpcPool>;

/**
 * The endpoints of one chain, asked in their order: the next takes over where one fails, rests, lags, has used up its rate
 * or cannot answer a call. None is believed before it said that it is of this chain.
 */
export function createRpcPool({
  chain,
  endpoints,
  limits,
  onFinalised,
  now,
}: {
  chain: ChainConfiguration;
  endpoints: readonly RpcEndpoint[];
  limits: RpcLimits;
  /** Told of the furthest block that cannot be undone any more. */
  onFinalised: (number: bigint) => void;
  now: () => Date;
}) {
  const pooled = endpoints.map((endpoint): PooledEndpoint => ({
    endpoint,
    isVerified: false,
    head: null,
    checkedAt: null,
    checking: null,
  }));
  const closed = new AbortController();
  const widestRanges = createWidestRanges({ now });

  const lagOf = ({ head }: PooledEndpoint) =>
    head === null
      ? null
      : findLag(
          head,
          pooled.flatMap((other) => (other.isVerified ? (other.head ?? []) : [])),
        );

  const isReady = (one: PooledEndpoint): boolean => one.isVerified && !one.endpoint.isResting() && lagOf(one) === null;

  const canCheck = ({ endpoint, checking }: PooledEndpoint): boolean => checking === null && !endpoint.isResting();

  const isDue = (one: PooledEndpoint): boolean =>
    canCheck(one) &&
    (!one.isVerified || one.checkedAt === null || now().getTime() - one.checkedAt.getTime() >= limits.checkEveryMs);

  async function check(one: PooledEndpoint): Promise<void> {
    try {
      const restMs = limits.checkEveryMs;
      one.head = await checkEndpoint(one.endpoint, { chainId: chain.id, restMs, signal: closed.signal, now });
      one.isVerified = true;
      if (one.head !== null && one.head.finalised !== null) onFinalised(one.head.finalised);
    } catch (thrown) {
      // The fault is kept by the endpoint; another failure is of a pool that was closed.
      if (thrown instanceof RpcFault && thrown.kind === 'wrong-chain') one.isVerified = false;
    } finally {
      one.checkedAt = now();
    }
  }

  /** All at once, since only heads of the same time tell who lags. */
  function startChecks(): Promise<void>[] {
    for (const one of pooled.filter(canCheck)) {
      one.checking = check(one).finally(() => {
        one.checking = null;
      });
    }
    return underWay();
  }

  const underWay = () => pooled.flatMap(({ checking }) => checking ?? []);

  /** Sees that an endpoint is known to be well; later checks do not hold anybody up. */
  async function prepare(signal: AbortSignal): Promise<void> {
    const checks = pooled.some(isDue) ? startChecks() : underWay();
    if (checks.length === 0 || pooled.some(isReady)) return;
    const enough = new AbortController();
    const until = AbortSignal.any([signal, enough.signal]);
    const firstGood = Promise.any(
      checks.map(async (checking) => {
        await checking;
        if (!pooled.some(isReady)) throw new Error('not ready');
      }),
    ).then(
      () => sleep(limits.headPatienceMs, undefined, { signal: until }),
      () => undefined,
    );
    try {
      await Promise.race([Promise.all(checks), firstGood, whenAborted(until)]);
    } finally {
      enough.abort();
      firstGood.catch(() => undefined);
    }
    signal.throwIfAborted();
  }

  /** Whether a node that keeps less, or is behind, says that there is nothing where there must be something. */
  function isAbsent({ method, params: [first] }: RpcCall, answer: RpcAnswer): boolean {
    if (!('result' in answer) || answer.result !== null) return false;
    if (method === 'eth_getBlockReceipts') return true;
    if (method !== 'eth_getBlockByNumber' || !/^0x[\da-f]{1,16}$/i.test(String(first))) return false;
    return pooled.some(({ head }) => head !== null && head.number >= BigInt(String(first)));
  }

  /** The endpoint to ask now; one that failed is asked once more when all the others were. */
  async function chooseNext(attempts: Attempts, signal: AbortSignal): Promise<PooledEndpoint | null> {
    const usable = pooled.filter((one) => one.isVerified && lagOf(one) === null);
    const fresh = usable.filter((one) => !attempts.has(one));
    const again = usable.filter((one) => {
      const attempt = attempts.get(one);
      return attempt !== undefined && attempt.count < 2 && attempt.isWorthAnother;
    });
    for (const [group, leastMs] of [
      [fresh, 0],
      [again, limits.firstRestMs],
    ] as const) {
      const [best] = group
        .map((one) => ({ one, waitMs: Math.max(leastMs, one.endpoint.waitMs()) }))
        .sort((left, right) => left.waitMs - right.waitMs);
      if (best === undefined || best.waitMs > limits.longestWaitMs) continue;
      if (best.waitMs > 0) await sleep(best.waitMs, undefined, { signal });
      return best.one;
    }
    return null;
  }

  return {
    /**
     * Sends calls together; the answers are in their order.
     *
     * @throws {HubError} `unavailable`, when no endpoint answered: it says what was wrong with each
     */
    send: async (calls: readonly RpcCall[], signal: AbortSignal): Promise<RpcAnswer[]> => {
      await prepare(signal);
      const answers = new Map<number, RpcAnswer>();
      const attempts: Attempts = new Map();
      let left = calls.map((call, index): Waiting => ({ call, index }));
      while (left.length > 0) {
        const next = await chooseNext(attempts, signal);
        if (next === null) break;
        const attempt: Attempt = { count: (attempts.get(next)?.count ?? 0) + 1, isWorthAnother: false };
        attempts.set(next, attempt);
        const note = ({ call, index }: Waiting, answer: RpcAnswer): boolean => {
          const known = answers.get(index);
          if (known === undefined || tellsMore(answer, known)) answers.set(index, answer);
          if (isAbsent(call, answer)) attempt.isWorthAnother = true;
          else if (!('error' in answer) || answer.error.isFinal) return false;
          // One address stands for many nodes, of which some are a block behind.
          else attempt.isWorthAnother ||= answer.error.isUnknownBlock;
          return true;
        };
        const refused = left.flatMap((one) => {
          const error = widestRanges.findRefusal(next.endpoint.id, one.call);
          return error === null ? [] : [{ one, error }];
        });
        for (const { one, error } of refused) note(one, { error });
        const asked = left.filter((one) => !refused.some((other) => other.one === one));
        if (asked.length === 0) continue;
        const { answers: got, fault } = await next.endpoint.ask(
          asked.map(({ call }) => call),
          signal,
        );
        const isOpen = (one: Waiting) => {
          const answer = got[asked.indexOf(one)];
          if (answer === undefined || answer === null) return true;
          widestRanges.note(next.endpoint.id, one.call, answer);
          return note(one, answer);
        };
        left = left.filter(isOpen);
        if (fault !== null) attempt.isWorthAnother = fault.kind !== 'time-out';
      }
      return calls.map((_, index) => {
        const answer = answers.get(index);
        if (answer === undefined)
          throw noEndpointAnswered(
            chain,
            pooled.map((one) => toEndpointReport(one, lagOf(one))),
          );
        return answer;
      });
    },

    /** Says how each endpoint is; `fresh` asks them first, but for those that rest. */
    report: async ({ fresh, signal }: { fresh: boolean; signal: AbortSignal }): Promise<EndpointReport[]> => {
      if (fresh) await Promise.race([Promise.all(startChecks()), whenAborted(signal)]);
      return pooled.map((one) => toEndpointReport(one, lagOf(one)));
    },

    /** Ends the checks that are under way. */
    close: (): void => closed.abort(),
  };
}

/** Of what several endpoints answered to a call: anything but nothing, else the refusal that lets the caller ask for most. */
function tellsMore(answer: RpcAnswer, known: RpcAnswer): boolean {
  if ('result' in answer) return answer.result !== null || 'error' in known;
  if ('result' in known) return false;
  if (answer.error.isFinal || !known.error.isTooWide) return true;
  const widthOf = ({ error }: typeof known) => error.allowedWidth ?? Infinity;
  return answer.error.isTooWide && widthOf(answer) > widthOf(known);
}

const whenAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
