import type { RunEnd } from './run-records.ts';
import type { RunRepository } from './run-repository.ts';

type Needs = {
  repository: Pick<RunRepository, 'storeEnd' | 'isPassing'>;
  isStopping: () => boolean;
  logError: (error: unknown, message: string) => void;
};

/**
 * Stores ends that were not stored in time: goes on as long as the database is away and this process lives. Where the end
 * itself cannot be stored, at least that there was one is, so that the run does not seem to be under way for ever.
 */
export function createLateStore({ repository, isStopping, logError }: Needs) {
  async function tryWhileAway(end: RunEnd): Promise<{ error: unknown } | null> {
    for (;;) {
      try {
        await repository.storeEnd(end);
        return null;
      } catch (error) {
        if (isStopping() || !repository.isPassing(error)) return { error };
      }
    }
  }

  return async (end: RunEnd): Promise<void> => {
    const failure = await tryWhileAway(end);
    if (failure === null || isStopping()) return;
    const bare = await tryWhileAway({ ...end, output: '', reply: null, events: [] });
    logError(
      (bare ?? failure).error,
      `run ${end.id} was ${bare === null ? 'stored without its answer' : 'not stored'}`,
    );
  };
}
