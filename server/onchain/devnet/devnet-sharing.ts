import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AnvilProcess } from './anvil-process.ts';
import { devnetChain } from './devnet-chain.ts';
import { devnetElsewhere } from './devnet-errors.ts';
import { type DevnetLease, dropLease, type LeaseContent, readLease, takeLease } from './devnet-lease.ts';
import { createDevnetRpc, type DevnetRpc } from './devnet-rpc.ts';
import type { DevnetWay, OpenDevnetWay } from './devnet-seed.ts';

/** A devnet that this process can ask. */
export type Running = {
  url: string;
  way: DevnetWay;
  rpc: DevnetRpc;
  startedAt: Date;
  /** Null: another process of the hub runs it. */
  own: { anvil: AnvilProcess; lease: DevnetLease } | null;
};

const lookEveryMs = 250;
const endLimitMs = 10_000;
const askLimitMs = 2_000;

/** Whether a devnet still answers. */
export async function isThere({ own, rpc }: Running): Promise<boolean> {
  if (own !== null) return !own.anvil.hasEnded();
  return await rpc.call('eth_chainId', [], AbortSignal.timeout(askLimitMs)).then(
    () => true,
    () => false,
  );
}

/** How the processes that share a data folder share its devnet: one runs it, the others on that machine ask it too. */
export function createDevnetSharing({
  folder,
  openWay,
  now,
}: {
  folder: string;
  openWay: OpenDevnetWay;
  now: () => Date;
}) {
  async function open(port: number, own: Running['own'], signal: AbortSignal): Promise<Running> {
    const url = `http://127.0.0.1:${port}`;
    const way = openWay(`127.0.0.1:${port}`);
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

  return {
    open,

    /**
     * Whoever holds the lease runs it; one who has ended without saying so holds nothing.
     *
     * @throws {HubError} `unavailable`, when another machine runs it
     */
    takeOrJoin: async (signal: AbortSignal): Promise<DevnetLease | Running> => {
      for (;;) {
        signal.throwIfAborted();
        const lease = await takeLease(folder, randomUUID());
        if (lease !== null) return lease;
        const holder = await readLease(folder);
        if (holder?.isStale === true) await dropLease(folder, holder);
        else if (holder !== null && holder.machine !== hostname()) throw devnetElsewhere(holder.machine);
        else if (holder === null || holder.port === null) await sleep(lookEveryMs, undefined, { signal });
        else {
          try {
            return await open(holder.port, null, signal);
          } catch {
            signal.throwIfAborted();
            await dropLease(folder, holder);
          }
        }
      }
    },

    /**
     * Ends what another process of this machine runs. Without its lease, that process knows that it was meant.
     *
     * @throws {HubError} `unavailable`, when another machine runs it
     */
    endOthers: async (holder: LeaseContent): Promise<void> => {
      const { processGroup, machine } = holder;
      if (machine !== hostname()) throw devnetElsewhere(machine);
      await dropLease(folder, holder);
      if (processGroup === null || !signalGroup(processGroup, 'SIGTERM')) return;
      for (let waitedMs = 0; signalGroup(processGroup, 0) && waitedMs < endLimitMs; waitedMs += lookEveryMs)
        await sleep(lookEveryMs);
      signalGroup(processGroup, 'SIGKILL');
    },
  };
}

/** Whether there was such a group of processes. */
function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal);
  } catch {
    return false;
  }
}
