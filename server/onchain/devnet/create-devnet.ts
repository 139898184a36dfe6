import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Devnet, DevnetPayment, DevnetPaymentInput, DevnetStage } from '#server/contract/devnet.ts';

import { HubError } from '#server/hub-error.ts';
import { startAnvil } from './anvil-process.ts';
import { devnetChain } from './devnet-chain.ts';
import { devnetFailed, devnetMissing, devnetNotRunning, devnetStillStarting, devnetStopped } from './devnet-errors.ts';
import { type DevnetLease, readLease } from './devnet-lease.ts';
import { findSeedFiles, layState, makeSeed, type OpenDevnetWay, readSeed } from './devnet-seed.ts';
import { createDevnetSharing, isThere, type Running } from './devnet-sharing.ts';
import type { CompileSolidity } from './compile-contracts.ts';
import { findSource } from './find-source.ts';
import { makePayment } from './make-payment.ts';

type Starting = { begun: Promise<Running>; stop: AbortController; stage: DevnetStage; progress: number | null };

/** Deaths in so short a time that starting it again by itself would only go on like that. */
const mostDeaths = 3;
const deathsMs = 60_000;

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
  compile,
  openWay,
  onChange = () => undefined,
  now,
  logError,
}: {
  folder: string;
  /** Anvil; null where it is not installed. */
  program: string | null;
  /** The Solidity compiler; null where it is not installed. */
  compile: CompileSolidity | null;
  openWay: OpenDevnetWay;
  /** Told when it is another chain than before, or at another place: what was read of it is no longer true. */
  onChange?: () => Promise<void> | void;
  now: () => Date;
  logError: (error: unknown, message: string) => void;
}) {
  const sharing = createDevnetSharing({ folder, openWay, now });
  let running: Running | null = null;
  let starting: Starting | null = null;
  let failure: HubError | null = null;
  let deaths: number[] = [];
  /** Settled when the end of the last one was taken note of. */
  let ending: Promise<void> = Promise.resolve();
  let isClosed = false;

  async function startOwn(anvilProgram: string, lease: DevnetLease, task: Omit<Starting, 'begun'>) {
    const { signal } = task.stop;
    const files = findSeedFiles(folder);
    const onStage = (stage: DevnetStage, progress: number | null) => Object.assign(task, { stage, progress });
    await makeSeed({ folder, program: anvilProgram, compile, openWay, onStage, signal });
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
      const started = await sharing.open(anvil.port, { anvil, lease }, signal);
      // Blocks that are made from now on are of now.
      await started.rpc.call('evm_setTime', [Math.floor(now().getTime() / 1000)], signal);
      await lease.tell({ port: anvil.port, processGroup: anvil.processGroup });
      ending = anvil.ended.then(() => noteEnd(started, lease));
      return started;
    } catch (thrown) {
      await anvil.stop();
      throw thrown;
    }
  }

  async function begin(task: Omit<Starting, 'begun'>): Promise<Running> {
    if (program === null) throw devnetMissing();
    const taken = await sharing.takeOrJoin(task.stop.signal);
    if ('url' in taken) return taken;
    try {
      return await startOwn(program, taken, task);
    } catch (thrown) {
      await taken.release();
      throw thrown;
    }
  }

  async function noteEnd(ended: Running, lease: DevnetLease): Promise<void> {
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

  /** Another process may have stopped the one that it runs. */
  async function isRunning(): Promise<boolean> {
    const found = running;
    if (found === null) return false;
    if (await isThere(found)) return true;
    if (found.own === null) {
      if (running === found) running = null;
      await found.way.close();
    } else await ending;
    return false;
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
    /**
     * Sees that it runs; starts it where nobody did. Those who ask together wait for the same start, at most `longestMs`:
     * it goes on without them.
     *
     * @throws {HubError} `unavailable`
     */
    ready: async ({ longestMs }: { longestMs?: number } = {}): Promise<void> => {
      if (await isRunning()) return;
      if (failure !== null && deaths.length >= mostDeaths) throw failure;
      const begun = start();
      const waited = new AbortController();
      const late = longestMs === undefined ? begun : sleep(longestMs, null, { signal: waited.signal, ref: false });
      late.catch(() => undefined);
      try {
        if ((await Promise.race([begun, late])) === null) throw devnetStillStarting(starting?.progress ?? null);
      } finally {
        waited.abort();
      }
    },

    /** Starts it and does not wait. */
    start: (): void => {
      deaths = [];
      if (running === null) void start().catch(() => undefined);
    },

    /** Pays from one of its accounts; starts it where nobody did. @throws {HubError} `validation_failed`, `unavailable` */
    pay: async (payment: DevnetPaymentInput, signal: AbortSignal): Promise<DevnetPayment> => {
      const { rpc } = (await isRunning()) && running !== null ? running : await start();
      return await makePayment(rpc, payment, signal);
    },

    /** Ends it, whichever process runs it, with its state kept. */
    stop: async (): Promise<void> => {
      await stop();
      const holder = await readLease(folder);
      if (holder !== null && !holder.isStale) await sharing.endOthers(holder);
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

    findSource: (address: string, signal: AbortSignal) => findSource(folder, address, { compile, signal }),

    status: async (): Promise<Devnet> => {
      await isRunning();
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
        detail: program === null ? devnetMissing().words : (failure?.words ?? null),
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
