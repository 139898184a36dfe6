import type { KeyRepository, KeyUse } from './key-repository.ts';

type Needs = {
  repository: Pick<KeyRepository, 'addUse'>;
  /** Told when counts could not be stored; they are kept for the next time. */
  onFailure: (error: unknown) => void;
  intervalMs?: number;
};

/**
 * Gathers how often keys are used and stores it in one statement every few seconds, so that a request costs no write.
 *
 * A crash loses the counts of the last seconds, never a run's tokens or cost: those are stored with the run.
 */
export function createKeyUse({ repository, onFailure, intervalMs = 5000 }: Needs) {
  let waiting = new Map<string, KeyUse>();
  let timer: NodeJS.Timeout | null = null;
  let storing: Promise<void> = Promise.resolve();

  function add({ id, requests, lastUsedAt }: KeyUse) {
    const known = waiting.get(id);
    const latest = known === undefined || known.lastUsedAt < lastUsedAt ? lastUsedAt : known.lastUsedAt;
    waiting.set(id, { id, requests: (known?.requests ?? 0) + requests, lastUsedAt: latest });
    timer ??= setTimeout(() => void flush(), intervalMs).unref();
  }

  async function store(uses: KeyUse[]) {
    try {
      await repository.addUse(uses);
    } catch (error) {
      uses.forEach(add);
      onFailure(error);
    }
  }

  /** Stores what was gathered; resolves when it is in the database, or kept for later. */
  function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const uses = [...waiting.values()];
    waiting = new Map();
    if (uses.length > 0) storing = storing.then(() => store(uses));
    return storing;
  }

  async function close() {
    await flush();
    if (timer !== null) clearTimeout(timer);
  }

  return { count: (id: string) => add({ id, requests: 1, lastUsedAt: new Date() }), flush, close };
}
