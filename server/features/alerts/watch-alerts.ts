import type { Actor } from '#server/contract/actor.ts';
import type { AlertState } from '#server/contract/alert.ts';
import { HubError, toHubError } from '#server/hub-error.ts';
import type { AlertPorts } from './alert-ports.ts';
import type { AlertRecord } from './alert-record.ts';
import type { AlertRepository } from './alert-repository.ts';
import { findNextLook, type LookAtAlert } from './look-at-alert.ts';
import { withTimeLimit } from './with-time-limit.ts';

const atOnce = 8;
/** Less than the lease of a look. */
const lookLimitMs = 90_000;
const firstPauseMs = 15_000;
const longestPauseMs = 10 * 60_000;
/** So many looks of one round at an alert that is behind; the others get their turn between. */
const mostRounds = 20;

type Needs = {
  alerts: Pick<AlertRepository, 'take' | 'keepLook' | 'pause'>;
  look: LookAtAlert;
  ports: Pick<AlertPorts, 'findPerson' | 'now' | 'logError'>;
  stopSignal: AbortSignal;
};

/** Looks at the alerts that are due. One that cannot look keeps its place and tries again, later each time. */
export function createWatcher({ alerts, look, ports, stopSignal }: Needs) {
  function toFault(alert: AlertRecord, thrown: unknown): { state: AlertState; nextAt: Date | null } {
    const error = toHubError(thrown);
    if (error.code === 'internal') ports.logError(thrown, `the alert ${alert.id} could not be looked at`);
    const at = ports.now();
    const { fault } = alert.state;
    const count = (fault?.count ?? 0) + 1;
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(count - 1, 10));
    const asked = (error.retryAfterSeconds ?? 0) * 1000;
    const soonest = new Date(at.getTime() + Math.max(pauseMs, asked));
    // A query is not run more often than its person wanted.
    const planned = alert.watch.kind === 'query' ? findNextLook(alert.watch, at) : soonest;
    const nextAt = planned !== null && planned > soonest ? planned : soonest;
    const told = { message: error.words, since: fault?.since ?? at.toISOString(), count };
    return { state: { ...alert.state, fault: told }, nextAt };
  }

  async function lookAt(alert: AlertRecord): Promise<void> {
    const person = await ports.findPerson(alert.ownerId);
    if (person === null) return;
    const actor: Actor = { userId: alert.ownerId, ...person, key: null };
    try {
      const seen = await withTimeLimit(lookLimitMs, stopSignal, (signal) => look(alert, actor, signal));
      await alerts.keepLook(alert, seen, ports.now());
    } catch (thrown) {
      // What the hub's stop cut off is looked at again when its time is over.
      if (stopSignal.aborted) return;
      if (alert.watch.kind === 'query' && isLost(thrown)) {
        await alerts.pause(alert, 'access-lost', toHubError(thrown).words[alert.language]);
        return;
      }
      await alerts.keepLook(alert, { ...toFault(alert, thrown), firings: [], withdrawn: [] }, ports.now());
    }
  }

  return async (): Promise<void> => {
    for (let round = 0; round < mostRounds && !stopSignal.aborted; round += 1) {
      const due = await alerts.take(ports.now(), atOnce);
      await Promise.all(due.map(lookAt));
      if (due.length === 0) return;
    }
  };
}

const isLost = (thrown: unknown) =>
  thrown instanceof HubError && (thrown.code === 'not_found' || thrown.code === 'forbidden');
