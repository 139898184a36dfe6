/** Does something for each of many, so many at a time, so that an endpoint's rate is kept; results in order. */
export async function inSteps<Item, Result>(
  items: readonly Item[],
  { together, signal }: { together: number; signal: AbortSignal },
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let first = 0; first < items.length; first += together) {
    signal.throwIfAborted();
    results.push(...(await Promise.all(items.slice(first, first + together).map(work))));
  }
  return results;
}
