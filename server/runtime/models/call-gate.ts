import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError } from '#server/hub-error.ts';
import type { ModelTarget } from './chat-model.ts';

const failuresToOpen = 5;
const openMs = 30_000;

type Health = {
  failuresInARow: number;
  /** Until then nobody asks; after it one call tries, and the others wait for what it finds. */
  closedUntilMs: number;
};

type Connection = Health & {
  underWay: number;
  waiting: (() => void)[];
  /** Those of its models that failed since they last answered, by reference. */
  ailing: Map<string, Health>;
};

const wellHealth: Health = { failuresInARow: 0, closedUntilMs: 0 };
const isDown = ({ failuresInARow }: Health) => failuresInARow >= failuresToOpen;

/** How a call through the gate ended: `failed` says that this model did not answer, `unreachable` that none can. */
export type CallOutcome = 'answered' | 'failed' | 'unreachable' | 'other';

/**
 * Stands before each provider connection: lets so many calls through at once as its target says, the others wait; and
 * after several failures in a row refuses calls for half a minute, so that a run falls to its next model at once. A
 * server that answers tells of one model only, for behind a gateway one may be down and the others not.
 */
export function createCallGate({ now = Date.now }: { now?: () => number } = {}) {
  const connections = new Map<string, Connection>();

  function find(key: string): Connection {
    const known = connections.get(key);
    if (known !== undefined) return known;
    const made: Connection = { underWay: 0, waiting: [], ailing: new Map(), ...wellHealth };
    connections.set(key, made);
    return made;
  }

  return {
    /**
     * Waits for a place; the answer gives it back.
     *
     * @throws {HubError} `model_unavailable`, while the connection or the model counts as down
     */
    enter: async (target: ModelTarget, signal: AbortSignal): Promise<(outcome: CallOutcome) => void> => {
      const key = target.reference.slice(0, target.reference.indexOf('/'));
      const connection = find(key);
      const model = connection.ailing.get(target.reference);
      refuseWhileDown(connection, toProviderOf(target), now());
      if (model !== undefined) refuseWhileDown(model, { en: target.reference, zh: target.reference }, now());
      // The next one after the pause tries for all: until it is back, the pause goes on.
      for (const health of model === undefined ? [connection] : [connection, model])
        if (isDown(health)) health.closedUntilMs = now() + openMs;
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
        settle(connection, target.reference, { outcome, nowMs: now() });
      };
    },
  };
}
export type CallGate = ReturnType<typeof createCallGate>;

function settle(
  connection: Connection,
  reference: string,
  { outcome, nowMs }: { outcome: CallOutcome; nowMs: number },
) {
  const { ailing } = connection;
  const model = ailing.get(reference);
  switch (outcome) {
    case 'answered':
      ailing.delete(reference);
      return void Object.assign(connection, wellHealth);
    case 'failed':
      ailing.set(reference, countFailure(model ?? { ...wellHealth }, nowMs));
      return void Object.assign(connection, wellHealth);
    case 'unreachable':
      return void countFailure(connection, nowMs);
    case 'other':
      for (const health of model === undefined ? [connection] : [connection, model])
        if (isDown(health)) health.closedUntilMs = nowMs;
  }
}

function countFailure<Kind extends Health>(health: Kind, nowMs: number): Kind {
  health.failuresInARow += 1;
  if (isDown(health)) health.closedUntilMs = nowMs + openMs;
  return health;
}

const toProviderOf = ({ reference }: ModelTarget): LocalizedText => ({
  en: `The provider of ${reference}`,
  zh: `${reference} 的提供商`,
});

function refuseWhileDown({ closedUntilMs }: Health, what: LocalizedText, nowMs: number) {
  const seconds = Math.ceil((closedUntilMs - nowMs) / 1000);
  if (seconds <= 0) return;
  throw new HubError(
    'model_unavailable',
    {
      en: `${what.en} failed ${failuresToOpen} times in a row. It is asked again in ${seconds} s.`,
      zh: `${what.zh} 连续 ${failuresToOpen} 次出错。${seconds} 秒后会再次尝试。`,
    },
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
