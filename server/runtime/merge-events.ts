import type { RunEvent } from '#server/contract/run-event.ts';

/**
 * Runs jobs side by side and yields the events that they emit, as they come.
 *
 * @returns the jobs' results, in the order of the items; the first failure ends all of it
 */
export async function* mergeEvents<Item, Result>(
  items: Item[],
  run: (item: Item, emit: (event: RunEvent) => void) => Promise<Result>,
): AsyncGenerator<RunEvent, Result[]> {
  const queue: RunEvent[] = [];
  let wake = () => {};
  let settled = false;
  const emit = (event: RunEvent) => {
    queue.push(event);
    wake();
  };
  const all = Promise.all(items.map((item) => run(item, emit)));
  all
    .catch(() => {})
    .finally(() => {
      settled = true;
      wake();
    });
  while (!settled || queue.length > 0) {
    const event = queue.shift();
    if (event !== undefined) yield event;
    else if (!settled) await new Promise<void>((resolve) => (wake = resolve));
  }
  return all;
}
