import { packageUnreadable } from '#server/features/agents/agent-errors.ts';
import type { PackageOutcome } from '#server/features/agents/package-format.ts';
import type { PackageTask } from '#server/features/agents/package-worker.ts';
import { createWorkerPool } from '#server/platform/workers/worker-pool.ts';

/** Reads agents' packages, which may be anybody's, in a process of its own. */
export function openPackageReader({ workersFolder }: { workersFolder: URL }) {
  const pool = createWorkerPool<PackageTask, PackageOutcome>({
    file: new URL('package-worker.js', workersFolder),
    processes: 1,
    mostWaiting: 16,
    memoryMb: 256,
    toFailure: packageUnreadable,
  });
  return { read: (zip: PackageTask['zip']) => pool.run({ zip }, { timeoutMs: 10_000 }), close: pool.close };
}
