import { packageUnreadable } from '#server/features/agents/agent-errors.ts';
import type { PackageOutcome } from '#server/features/agents/package-format.ts';
import type { PackageTask } from '#server/features/agents/package-worker.ts';
import { toAbsence } from '#server/platform/workers/to-absence.ts';
import { createWorkerPool } from '#server/platform/workers/worker-pool.ts';

/** Reads agents' packages, which may be anybody's, in a process of its own. */
export function openPackageReader({ workersFolder }: { workersFolder: URL }) {
  const pool = createWorkerPool<PackageTask, PackageOutcome>({
    file: new URL('package-worker.js', workersFolder),
    processes: 1,
    mostWaiting: 16,
    memoryMb: 256,
    toFailure: (why) =>
      why === 'busy' || why === 'stopped'
        ? toAbsence(why, { en: 'read packages', zh: '读取代理包' })
        : packageUnreadable(why),
  });
  return { read: (zip: PackageTask['zip']) => pool.run({ zip }, { processorMs: 6_000 }), close: pool.close };
}
