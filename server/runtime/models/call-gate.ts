import { HubError } from '#server/hub-error.ts';
import type { ModelTarget } from './chat-model.ts';

const failuresToOpen = 5;
const openMs = 30_000;

type Connection = {
  underWay: number;
  waiting: (() => void)[];
  failuresInARow: number;
  /** Until then nobody asks; after it one call tries, and the others wait for what it finds. */
  closedUntilMs: number;
};

/** How a call through the gate ended: `failed` says that the provider could not be reached or did not answer. */
export type CallOutcome = 'answered' | 'failed' | 'other';

/**
 * Stands before each provider connection: lets so many calls through at once as its target says, the others wait; and
 * after several failures in a row refuses calls for half a minute, so that a run falls to its next model at once.
 */
export function createCallGate({ now = Date.now }: { now?: () => number } = {}) {
  const connections = new Map<string, Connection>();

  function find(key: string): Connection {
    const known = connections.get(key);
    if (known !== undefined) return known;
    const made: Connection = { underWay: 0, waiting: [], failuresInARow: 0, closedUntilMs: 0 };
    connections.set(key, made);
    return made;
  }

  return {
    /**
     * Waits for a place; the answer gives it back.
     *
     * @throws {HubError} `model_unavailable`, while the connection counts as down
     */
    enter: async (target: ModelTarget, signal: AbortSignal): Promise<(outcome: CallOutcome) => void> => {
      const key = target.reference.slice(0, target.reference.indexOf('/'));
      const connection = find(key);
      refuseWhileDown(connection, target.reference, now());
      // The next one after the pause tries for all: until it is back, the pause goes on.
      if (connection.failuresInARow >= failuresToOpen) connection.closedUntilMs = now() + openMs;
      const places = target.maximumConcurrentCalls ?? Infinity;
      if (connection.underWay >= places) await waitForPlace(connection, signal);
      else connection.underWay += 1;
      let isBack = false;
      return (outcome) => {
        if (isBack) return;
        isBack = true;
        const next = connection.waiting.shift();
        // A place is handed on, so that nobody who comes now can take it from the one who waited.
        if (next === undefined) connection.underWay -= 1;
        else next();
        if (outcome === 'answered') connection.failuresInARow = connection.closedUntilMs = 0;
        if (outcome === 'failed') {
          connection.failuresInARow += 1;
          if (connection.failuresInARow >= failuresToOpen) connection.closedUntilMs = now() + openMs;
        }
        if (outcome === 'other' && connection.failuresInARow >= failuresToOpen) connection.closedUntilMs = now();
      };
    },
  };
}
export type CallGate = ReturnType<typeof createCallGate>;

function refuseWhileDown({ closedUntilMs }: Connection, reference: string, nowMs: number) {
  const seconds = Math.ceil((closedUntilMs - nowMs) / 1000);
  if (seconds <= 0) return;
  throw new HubError(
    'model_unavailable',
    `The provider of ${reference} failed ${failuresToOpen} times in a row. It is asked again in ${seconds} s.`,
    { retryAfterSeconds: seconds },
  );
}

function waitForPlace(connection: Connection, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const take = () => {
      signal.removeEventListener('abort', leave);
      resolve();
    };
    const leave = () => {
      connection.waiting = connection.waiting.filter((other) => other !== take);
      reject(signal.reason as Error);
    };
    signal.throwIfAborted();
    connection.waiting.push(take);
    signal.addEventListener('abort', leave, { once: true });
  });
}
