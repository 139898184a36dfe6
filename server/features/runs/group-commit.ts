/**
 * Gathers writes that come at the same time into one statement. A write is acknowledged after the statement that holds
 * it; while one is under way, the next ones gather.
 *
 * A batch that fails is written again one by one, so that only the guilty write fails.
 */
export function createGroupCommit<Item, Result>({
  write,
  maximumItems,
}: {
  write: (items: Item[]) => Promise<Result[]>;
  maximumItems: number;
}) {
  type Waiting = { item: Item; resolve: (result: Result) => void; reject: (error: unknown) => void };
  let queue: Waiting[] = [];
  let running: Promise<void> | null = null;

  async function writeBatch(batch: Waiting[]) {
    try {
      const results = await write(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, place) => resolve(results[place] as Result));
    } catch (error) {
      if (batch.length === 1) {
        batch[0]?.reject(error);
        return;
      }
      for (const single of batch) await writeBatch([single]);
    }
  }

  async function drain() {
    while (queue.length > 0) {
      const batch = queue.slice(0, maximumItems);
      queue = queue.slice(maximumItems);
      await writeBatch(batch);
    }
    running = null;
  }

  return {
    add: (item: Item): Promise<Result> =>
      new Promise((resolve, reject) => {
        queue.push({ item, resolve, reject });
        // A turn of the event loop later, so that those who ask in the same turn share the first statement too.
        running ??= new Promise<void>((done) => setImmediate(() => void drain().then(done)));
      }),
    /** Resolves when everything added so far is written. */
    settle: async () => {
      while (running !== null) await running;
    },
  };
}
