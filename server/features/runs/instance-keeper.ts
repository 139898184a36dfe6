import type { InstanceRepository } from './instance-repository.ts';

type Needs = {
  id: string;
  repository: InstanceRepository;
  markInterrupted: (goneAfterMs: number) => Promise<number>;
  logError: (error: unknown, message: string) => void;
  /** How often this process says that it lives. */
  renewEveryMs?: number;
  /** How long after its last word a process counts as gone. */
  goneAfterMs?: number;
};

/**
 * Lets several processes serve one database: each says again and again that it lives, and marks the runs of those that
 * fell silent as interrupted. A process that was only cut off for a while stores its runs over that mark at their end.
 */
export function createInstanceKeeper({
  id,
  repository,
  markInterrupted,
  logError,
  renewEveryMs = 10_000,
  goneAfterMs = 45_000,
}: Needs) {
  let timer: NodeJS.Timeout | undefined;
  let renewal: Promise<void> = Promise.resolve();
  let seenAt = Date.now();
  let trustFrom = 0;

  async function renew() {
    try {
      await repository.begin(id);
      const now = Date.now();
      // Where the database was away, the others could not speak either: they are given as long as anybody is.
      if (now - seenAt >= goneAfterMs) trustFrom = now + goneAfterMs;
      seenAt = now;
      if (now < trustFrom) return;
      await markInterrupted(goneAfterMs);
      await repository.forgetOlderThan(goneAfterMs);
    } catch (error) {
      logError(error, 'the hub could not say that it lives');
    }
  }

  return {
    /** Before the first run; answers how many runs of gone processes were marked. */
    begin: async (): Promise<number> => {
      await repository.begin(id);
      seenAt = Date.now();
      const marked = await markInterrupted(goneAfterMs);
      if (repository.isShared) {
        timer = setInterval(() => {
          renewal = renewal.then(renew);
        }, renewEveryMs).unref();
      }
      return marked;
    },
    /** After the last run. */
    end: async (): Promise<void> => {
      clearInterval(timer);
      await renewal;
      await repository.end(id).catch((error: unknown) => logError(error, 'the hub could not say that it ends'));
    },
  };
}
export type InstanceKeeper = ReturnType<typeof createInstanceKeeper>;
