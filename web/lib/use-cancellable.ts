import { useCallback, useEffect, useRef } from 'react';

/**
 * Work that a person can call off, one at a time; it also ends with what shows it.
 *
 * `run` answers null when its work was called off.
 */
export function useCancellable() {
  const controller = useRef<AbortController | null>(null);
  const cancel = useCallback(() => controller.current?.abort(), []);
  useEffect(() => cancel, [cancel]);
  const run = useCallback(async <Answer>(work: (signal: AbortSignal) => Promise<Answer>): Promise<Answer | null> => {
    controller.current?.abort();
    const own = new AbortController();
    controller.current = own;
    try {
      return await work(own.signal);
    } catch (error) {
      if (own.signal.aborted) return null;
      throw error;
    }
  }, []);
  return { run, cancel };
}
