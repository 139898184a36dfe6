import { setTimeout as wait } from 'node:timers/promises';

type Settings<Item, Result> = {
  /** May be called again with the same items, also when they were written before and only the answer was lost. */
  write: (items: Item[]) => Promise<Result[]>;
  maximumItems: number;
  /** Whether a failure is the database's own and will pass, so that it says nothing about the items. */
  isPassing: (error: unknown) => boolean;
  /** How long an item is tried to be written while such failures last. */
  patienceMs: number;
};

const firstPauseMs = 50;
const longestPauseMs = 2000;

/**
 * Gathers writes that come at the same time into one statement. A write is acknowledged after the statement that holds
 * it; while one is under way, the next ones gather.
 *
 * A batch that fails is written again one by one, so that only the guilty write fails. While the database is away, all
 * wait together and are tried again as batches, with growing pauses.
 */
export function createGroupCommit<Item, Result>({
  write,
  maximumItems,
  isPassing,
  patienceMs,
}: Settings<Item, Result>) {
  type Waiting = {
    item: Item;
    until: number;
    resolve: (result: Result) => void;
    reject: (error: unknown) => void;
  };
  let queue: Waiting[] = [];
  let running: Promise<void> | null = null;
  let end = Infinity;
  let failure: unknown;

  /** Answers those that a passing failure kept from being written. */
  async function writeBatch(batch: Waiting[]): Promise<Waiting[]> {
    try {
      const results = await write(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, place) => resolve(results[place] as Result));
      return [];
    } catch (error) {
      failure = error;
      if (isPassing(error)) return batch;
      if (batch.length === 1) {
        batch[0]?.reject(error);
        return [];
      }
    }
    for (const [place, single] of batch.entries()) {
      if ((await writeBatch([single])).length > 0) return batch.slice(place);
    }
    return [];
  }

  function giveUpOverdue() {
    const now = Date.now();
    const isOverdue = ({ until }: Waiting) => Math.min(until, end) <= now;
    const overdue = queue.filter(isOverdue);
    queue = queue.filter((waiting) => !isOverdue(waiting));
    for (const { reject } of overdue) reject(failure);
  }

  async function drain() {
    let pauseMs = firstPauseMs;
    while (queue.length > 0) {
      const batch = queue.splice(0, maximumItems);
      const left = await writeBatch(batch);
      if (left.length === 0) {
        pauseMs = firstPauseMs;
        continue;
      }
      queue.unshift(...left);
      giveUpOverdue();
      if (queue.length > 0) await wait(pauseMs);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
    running = null;
  }

  return {
    add: (item: Item): Promise<Result> =>
      new Promise((resolve, reject) => {
        queue.push({ item, until: Date.now() + patienceMs, resolve, reject });
        // A turn of the event loop later, so that those who ask in the same turn share the first statement too.
        running ??= new Promise<void>((done) => setImmediate(() => void drain().then(done)));
      }),
    /** Resolves when everything added so far is written, or given up. */
    settle: async () => {
      while (running !== null) await running;
    },
    /** From now on nothing is tried for longer than this. */
    endWithin: (timeMs: number) => {
      end = Date.now() + timeMs;
    },
  };
}
