export type MethodCount = { method: string; calls: number; failed: number };

/** What each endpoint was asked, by method, since the process started. */
export function createCallCounts() {
  const counts = new Map<string, Map<string, MethodCount>>();
  const nameOf = (chain: string, endpoint: string) => `${chain} ${endpoint}`;
  return {
    count: ({
      chain,
      endpoint,
      method,
      failed,
    }: {
      chain: string;
      endpoint: string;
      method: string;
      failed: boolean;
    }) => {
      const name = nameOf(chain, endpoint);
      const methods = counts.get(name) ?? new Map<string, MethodCount>();
      const count = methods.get(method) ?? { method, calls: 0, failed: 0 };
      count.calls += 1;
      if (failed) count.failed += 1;
      counts.set(name, methods.set(method, count));
    },
    of: (chain: string, endpoint: string): MethodCount[] =>
      [...(counts.get(nameOf(chain, endpoint))?.values() ?? [])].map((count) => ({ ...count })),
  };
}
