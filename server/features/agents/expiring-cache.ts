import { LRUCache } from 'lru-cache';

/**
 * Keeps what was loaded for a while; several readers who ask at once share one load.
 *
 * A load that fails or finds nothing is not kept. A load under way when `clear` is called is not kept either, so that
 * a write cannot be hidden by a read that began before it.
 */
export function createExpiringCache<Value>({
  timeToLiveMs,
  maximumEntries,
}: {
  timeToLiveMs: number;
  maximumEntries: number;
}) {
  const entries = new LRUCache<string, Promise<Value | null>>({ ttl: timeToLiveMs, max: maximumEntries });

  return {
    read(key: string, load: () => Promise<Value | null>): Promise<Value | null> {
      const found = entries.get(key);
      if (found !== undefined) return found;
      const loading = load();
      entries.set(key, loading);
      const forget = () => {
        if (entries.peek(key) === loading) entries.delete(key);
      };
      loading.then((value) => value === null && forget(), forget);
      return loading;
    },
    clear: () => entries.clear(),
  };
}
