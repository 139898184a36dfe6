import { setTimeout as sleep } from 'node:timers/promises';
import { HubError } from '#server/hub-error.ts';
import { advanceIndex } from './advance-index.ts';
import { indexFailed } from './index-errors.ts';
import type { IndexPorts } from './index-ports.ts';
import type { IndexRecord, IndexRepository } from './index-repository.ts';

const leaseMs = 20_000;
const renewEveryMs = 5_000;
/** Another process may have made an index, or let one go. */
const lookEveryMs = 5_000;
const shortestPauseMs = 1_000;
const firstRestMs = 1_000;
const longestRestMs = 60_000;
/** After so many faults one after another an index rests until somebody lets it go on: about a quarter of an hour. */
const mostFaults = 20;

type Needs = { repository: IndexRepository; ports: IndexPorts };

/**
 * Fetches for the indexes that run, each in one process of the hub at a time.
 *
 * What was committed stays whatever happens; a process that ends leaves its indexes to the others after some seconds.
 */
export function createIndexRunner({ repository, ports }: Needs) {
  const { now, logError, instanceId: holder } = ports;
  const running = new Map<string, { stop: AbortController; wake: () => void; ended: Promise<void> }>();
  let timer: NodeJS.Timeout | undefined;
  let isStopping = false;

  const claim = (id: string) => {
    const moment = now();
    return repository.claim({ id, holder, now: moment, until: new Date(moment.getTime() + leaseMs) });
  };

  const isResting = async ({ chainId }: IndexRecord) =>
    chainId === ports.devnet.chainId && (await ports.devnet.readState()) !== 'running';

  async function follow(id: string, pause: (ms: number) => Promise<void>, signal: AbortSignal) {
    const width = { blocks: 16 };
    let faults = 0;
    let blockTimeMs: number | null = null;
    while (!signal.aborted) {
      const index = await claim(id);
      if (index === null) return;
      try {
        blockTimeMs ??= (await ports.source.find(String(index.chainId))).blockTimeMs;
        const isAsleep = index.nextBlock > index.fromBlock && (await isResting(index));
        const came = isAsleep ? 'idle' : await advanceIndex({ ...ports, repository, holder }, index, width, signal);
        faults = 0;
        if (came === 'done' || came === 'full' || came === 'lost') return;
        if (came === 'idle') await pause(Math.max(shortestPauseMs, blockTimeMs));
      } catch (thrown) {
        if (signal.aborted) return;
        faults += 1;
        if (!(thrown instanceof HubError)) logError(thrown, 'an index could not go on');
        const failure = thrown instanceof HubError ? thrown : indexFailed();
        const rests = { fault: failure.words, blocksPerSecond: null, logsPerSecond: null };
        await repository.note(
          { id, holder },
          faults < mostFaults ? rests : { ...rests, state: 'failed', updatedAt: now() },
        );
        if (faults >= mostFaults) return;
        await pause(Math.min(longestRestMs, firstRestMs * 2 ** (faults - 1)));
      }
    }
  }

  function run(id: string) {
    if (isStopping || running.has(id)) return running.get(id)?.wake();
    const stop = new AbortController();
    let woken = new AbortController();
    const pause = async (ms: number) => {
      await sleep(ms, undefined, { signal: AbortSignal.any([stop.signal, woken.signal]), ref: false }).catch(
        () => undefined,
      );
      woken = new AbortController();
    };
    const renewing = setInterval(
      () =>
        void claim(id).then(
          (held) => held ?? stop.abort(),
          () => undefined,
        ),
      renewEveryMs,
    ).unref();
    const ended = (async () => {
      try {
        await follow(id, pause, stop.signal);
      } catch (thrown) {
        if (!stop.signal.aborted) logError(thrown, 'an index stopped; it is taken up again');
      } finally {
        clearInterval(renewing);
        running.delete(id);
        await repository.release({ id, holder }).catch(() => undefined);
      }
    })();
    running.set(id, { stop, wake: () => woken.abort(), ended });
  }

  async function look() {
    for (const { id, state } of await repository.list()) if (state === 'running' && !running.has(id)) run(id);
  }

  function plan(ms: number) {
    timer = setTimeout(() => {
      void look()
        .catch((thrown: unknown) => logError(thrown, 'the indexes could not be looked at'))
        .finally(() => {
          if (!isStopping) plan(lookEveryMs);
        });
    }, ms).unref();
  }

  return {
    /** Takes up what runs, now and whenever another process lets something go. */
    start: () => plan(0),
    /** Goes on with one at once. */
    run,
    /** Stops one here, and waits until it has. */
    halt: async (id: string) => {
      const found = running.get(id);
      found?.stop.abort();
      await found?.ended;
    },
    stop: async () => {
      isStopping = true;
      clearTimeout(timer);
      await Promise.all(
        [...running.values()].map(({ stop, ended }) => {
          stop.abort();
          return ended;
        }),
      );
    },
  };
}
export type IndexRunner = ReturnType<typeof createIndexRunner>;
