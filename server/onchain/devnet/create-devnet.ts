import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Devnet, DevnetStage } from '#server/contract/devnet.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError } from '#server/hub-error.ts';
import { type AnvilProcess, startAnvil } from './anvil-process.ts';
import { devnetChain } from './devnet-chain.ts';
import { devnetElsewhere, devnetFailed, devnetMissing, devnetNotRunning, devnetStopped } from './devnet-errors.ts';
import { type DevnetLease, dropLease, type LeaseContent, readLease, takeLease } from './devnet-lease.ts';
import { createDevnetRpc, type DevnetRpc } from './devnet-rpc.ts';
import { type DevnetWay, findSeedFiles, layState, makeSeed, type OpenDevnetWay, readSeed } from './devnet-seed.ts';
import { findSource } from './find-source.ts';

type Running = {
  url: string;
  way: DevnetWay;
  rpc: DevnetRpc;
  startedAt: Date;
  /** Null: another process of the hub runs it. */
  own: { anvil: AnvilProcess; lease: NonNullable<DevnetLease> } | null;
};
type Starting = { begun: Promise<Running>; stop: AbortController; stage: DevnetStage; progress: number | null };

/** Deaths in so short a time that starting it again by itself would only go on like that. */
const mostDeaths = 3;
const deathsMs = 60_000;
const lookEveryMs = 250;
const endLimitMs = 10_000;

const toWords = (error: HubError): LocalizedText => ({
  en: error.toProblem().detail,
  zh: error.toProblem(undefined, 'zh').detail,
});

/** Whether there was such a group of processes. */
function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal);
  } catch {
    return false;
  }
}

export type DevnetRunner = ReturnType<typeof createDevnet>;

/**
 * The chain that the hub runs itself, for trying things out: an Anvil with simulated days behind it.
 *
 * It starts when it is first needed, one for a data folder, however many processes of the hub use that; ends with the
 * process that started it; and is started again when it died. Its state is kept in `folder`.
 */
export function createDevnet({
  folder,
  program,
  openWay,
  onChange = () => undefined,
  now,
  logError,
}: {
  folder: string;
  /** Anvil; null where it is not installed. */
  program: string | null;
  openWay: OpenDevnetWay;
  /** Told when it is another chain than before, or at another place: what was read of it is no longer true. */
  onChange?: () => Promise<void> | void;
  now: () => Date;
  logError: (error: unknown, message: string) => void;
}) {
  let running: Running | null = null;
  let starting: Starting | null = null;
  let failure: HubError | null = null;
  let deaths: number[] = [];
  let isClosed = false;

  async function openRunning(port: number, own: Running['own'], signal: AbortSignal): Promise<Running> {
    const way = openWay(`127.0.0.1:${port}`);
    const url = `http://127.0.0.1:${port}`;
    const rpc = createDevnetRpc({ url, fetch: way.fetch });
    try {
      const chainId = await rpc.call<string>('eth_chainId', [], signal);
      if (Number(chainId) !== devnetChain.id) throw new Error(`Port ${port} is of chain ${chainId}.`);
    } catch (thrown) {
      await way.close();
      throw thrown;
    }
    return { url, way, rpc, startedAt: now(), own };
  }

  /** Whoever holds the lease runs it; one who has ended without saying so holds nothing. */
  async function takeOrJoin(signal: AbortSignal): Promise<NonNullable<DevnetLease> | Running> {
    for (;;) {
      signal.throwIfAborted();
      const lease = await takeLease(folder, randomUUID());
      if (lease !== null) return lease;
      const holder = await readLease(folder);
      if (holder === null) continue;
      if (holder.isStale) await dropLease(folder, holder);
      else if (holder.machine !== hostname()) throw devnetElsewhere(holder.machine);
      else if (holder.port !== null) {
        try {
          return await openRunning(holder.port, null, signal);
        } catch {
          signal.throwIfAborted();
          await dropLease(folder, holder);
        }
      } else await sleep(lookEveryMs, undefined, { signal });
    }
  }

  async function startOwn(anvilProgram: string, lease: NonNullable<DevnetLease>, task: Omit<Starting, 'begun'>) {
    const { signal } = task.stop;
    const files = findSeedFiles(folder);
    const onStage = (stage: DevnetStage, progress: number | null) => Object.assign(task, { stage, progress });
    await makeSeed({ folder, program: anvilProgram, openWay, onStage, signal });
    onStage('starting', null);
    const isFresh = !existsSync(files.state);
    if (isFresh) await layState(folder);
    const start = () => startAnvil({ program: anvilProgram, folder: files.place, stateFile: files.state, signal });
    const anvil = await start().catch(async (thrown: unknown) => {
      signal.throwIfAborted();
      if (isFresh) throw thrown;
      logError(thrown, 'the devnet could not begin with its state and begins after its simulated days');
      await layState(folder);
      return await start();
    });
    try {
      const started = await openRunning(anvil.port, { anvil, lease }, signal);
      // Blocks that are made from now on are of now.
      await started.rpc.call('evm_setTime', [Math.floor(now().getTime() / 1000)], signal);
      await lease.tell({ port: anvil.port, processGroup: anvil.processGroup });
      void anvil.ended.then(() => noteEnd(started, lease));
      return started;
    } catch (thrown) {
      await anvil.stop();
      throw thrown;
    }
  }

  async function begin(task: Omit<Starting, 'begun'>): Promise<Running> {
    if (program === null) throw devnetMissing();
    const taken = await takeOrJoin(task.stop.signal);
    if ('url' in taken) return taken;
    try {
      return await startOwn(program, taken, task);
    } catch (thrown) {
      await taken.release();
      throw thrown;
    }
  }

  async function noteEnd(ended: Running, lease: NonNullable<DevnetLease>): Promise<void> {
    const wasMeant = running !== ended || !(await lease.isHeld());
    await lease.release();
    await ended.way.close();
    if (running !== ended) return;
    running = null;
    if (!wasMeant) {
      const moment = now().getTime();
      deaths = [...deaths.filter((at) => moment - at < deathsMs), moment];
      if (deaths.length >= mostDeaths) failure = devnetFailed();
      logError(new Error('Anvil ended by itself.'), 'the devnet ended; it starts again when it is needed');
    }
    await onChange();
  }

  /** Another process may have stopped the one that it runs. */
  async function isThere({ own, rpc }: Running): Promise<boolean> {
    if (own !== null) return !own.anvil.hasEnded();
    return await rpc.call('eth_chainId', [], AbortSignal.timeout(2_000)).then(
      () => true,
      () => false,
    );
  }

  function start(): Promise<Running> {
    if (isClosed) return Promise.reject(devnetNotRunning());
    if (starting !== null) return starting.begun;
    failure = null;
    const task: Omit<Starting, 'begun'> = { stop: new AbortController(), stage: 'starting', progress: null };
    const begun = begin(task)
      .then(async (started) => {
        running = started;
        await onChange();
        return started;
      })
      .catch((thrown: unknown) => {
        if (task.stop.signal.aborted) throw devnetStopped();
        failure = thrown instanceof HubError ? thrown : devnetFailed(thrown);
        // What says itself what to do is shown where it was started.
        if (failure.cause !== undefined) logError(thrown, 'the devnet did not start');
        throw failure;
      })
      .finally(() => {
        starting = null;
      });
    begun.catch(() => undefined);
    starting = Object.assign(task, { begun });
    return begun;
  }

  /** Ends what another process of this machine runs. Without its lease, that process knows that it was meant. */
  async function endOthers(holder: LeaseContent): Promise<void> {
    const { processGroup, machine } = holder;
    if (machine !== hostname()) throw devnetElsewhere(machine);
    await dropLease(folder, holder);
    if (processGroup === null || !signalGroup(processGroup, 'SIGTERM')) return;
    for (let waitedMs = 0; signalGroup(processGroup, 0); waitedMs += lookEveryMs) {
      if (waitedMs > endLimitMs) signalGroup(processGroup, 'SIGKILL');
      await sleep(lookEveryMs);
    }
  }

  async function stop(): Promise<void> {
    starting?.stop.abort();
    await starting?.begun.catch(() => undefined);
    failure = null;
    if (running === null) return;
    const { own, way } = running;
    running = null;
    await own?.anvil.stop();
    await own?.lease.release();
    await way.close();
    await onChange();
  }

  return {
    /** Sees that it runs; starts it where nobody did. Those who ask together wait for the same start. */
    ready: async (): Promise<void> => {
      if (running !== null && (await isThere(running))) return;
      if (failure !== null && deaths.length >= mostDeaths) throw failure;
      running = null;
      await start();
    },

    /** Starts it and does not wait. */
    start: (): void => {
      deaths = [];
      if (running === null) void start().catch(() => undefined);
    },

    /** Ends it, whichever process runs it, with its state kept. */
    stop: async (): Promise<void> => {
      await stop();
      const holder = await readLease(folder);
      if (holder !== null && !holder.isStale) await endOthers(holder);
    },

    /** Forgets everything after the simulated days; it must have been stopped. */
    forgetState: async (): Promise<void> => {
      await rm(findSeedFiles(folder).state, { force: true });
    },

    /** What its endpoint is asked. It starts nothing: how an endpoint is must be asked of one that does not run too. */
    fetch: async (init?: RequestInit): Promise<Response> => {
      if (running === null) throw devnetNotRunning();
      return await running.way.fetch(running.url, init);
    },

    findSource: (address: string, signal: AbortSignal) => findSource(folder, address, signal),

    status: async (): Promise<Devnet> => {
      const seed = await readSeed(folder);
      const holder = running === null && starting === null ? await readLease(folder) : null;
      const isElsewhere = holder !== null && !holder.isStale;
      const state = (): Devnet['state'] => {
        if (program === null) return 'missing';
        if (running !== null) return 'running';
        if (starting !== null) return 'starting';
        if (isElsewhere) return holder.port === null ? 'starting' : 'running';
        return failure === null ? 'stopped' : 'failed';
      };
      return {
        chainId: devnetChain.id,
        state: state(),
        stage: starting?.stage ?? null,
        progress: starting?.progress ?? null,
        detail: program === null ? toWords(devnetMissing()) : failure && toWords(failure),
        url: running?.url ?? null,
        startedAt: running?.startedAt.toISOString() ?? null,
        seeded: seed === null ? null : { blockNumber: seed.blockNumber, blockHash: seed.blockHash },
        accounts: seed?.accounts ?? [],
        contracts: seed?.contracts ?? [],
      };
    },

    close: async (): Promise<void> => {
      isClosed = true;
      await stop();
    },
  };
}
