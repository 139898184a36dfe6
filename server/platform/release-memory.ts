import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const lookEveryMs = 10_000;
const worthwhileBytes = 48 * 1024 * 1024;

/**
 * Hands memory back to the system when the hub has come to rest after work. V8 keeps the heap that a load made it take,
 * because in Node.js nothing tells it that it is idle.
 *
 * @param isBusy - whether somebody would notice a pause of a tenth of a second now
 * @returns what ends the watching
 */
export function releaseMemoryAtRest({ isBusy, everyMs = lookEveryMs }: { isBusy: () => boolean; everyMs?: number }) {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  let wasBusy = true;
  let restingBytes = getHeapStatistics().total_heap_size;
  const timer = setInterval(() => {
    const busy = isBusy();
    const grown = getHeapStatistics().total_heap_size - restingBytes;
    if (!busy && !wasBusy && grown > worthwhileBytes) {
      collectGarbage();
      restingBytes = getHeapStatistics().total_heap_size;
    }
    wasBusy = busy;
  }, everyMs).unref();
  return () => clearInterval(timer);
}
