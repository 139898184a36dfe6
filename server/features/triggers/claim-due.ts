import { v7 } from 'uuid';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import type { DueTrigger, FiringRepository } from './firing-repository.ts';
import { findMissed, findNextTime, toJitterMs } from '#server/schedule-times.ts';

/** A time is missed when nobody took it for so long: no hub was running. */
const missedAfterMs = 120_000;
const mostCounted = 1000;

function sayMissed(count: number, isMadeUp: boolean): LocalizedText {
  const isMore = count === mostCounted;
  const times = count === 1 ? 'One time' : `${isMore ? 'At least ' : ''}${count} times`;
  return {
    en: `${times} passed while the hub was not running${isMadeUp ? '; this run stands for all of them' : ''}.`,
    zh: `中枢未运行期间错过了${isMore ? '至少 ' : ' '}${count} 次${isMadeUp ? '；此次运行代替全部错过的运行' : ''}。`,
  };
}

/**
 * Turns the due times of schedules into firings. A time that no hub was there for is passed over, or made up for by one
 * run for all that were missed, as the schedule says.
 */
export function createClaimer({ firings, now }: { firings: FiringRepository; now: () => Date }) {
  async function claim({ id, message, language, schedule, nextAt }: DueTrigger): Promise<void> {
    const at = now();
    const base = { id: v7(), cause: 'schedule' as const, input: message, digest: null };
    if (at.getTime() - nextAt.getTime() <= missedAfterMs) {
      await firings.claim(id, {
        from: nextAt,
        to: findNextTime(schedule, nextAt),
        firing: {
          ...base,
          key: toDueKey(nextAt),
          status: 'waiting',
          detail: null,
          dueAt: nextAt,
          startAt: new Date(nextAt.getTime() + toJitterMs(id, nextAt, schedule.jitterSeconds)),
        },
      });
      return;
    }
    const { last, count } = findMissed(schedule, { first: nextAt, until: at, most: mostCounted });
    const isMadeUp = schedule.missed === 'run-once';
    const { en, zh } = sayMissed(count, isMadeUp);
    await firings.claim(id, {
      from: nextAt,
      to: findNextTime(schedule, at),
      firing: {
        ...base,
        key: toDueKey(last),
        status: isMadeUp ? 'waiting' : 'skipped',
        detail: language === 'zh' ? zh : en,
        dueAt: last,
        startAt: isMadeUp ? at : null,
      },
    });
  }

  return async (): Promise<void> => {
    for (;;) {
      const due = await firings.listDue(now(), 50);
      for (const trigger of due) await claim(trigger);
      if (due.length === 0) return;
    }
  };
}

const toDueKey = (dueAt: Date) => `due:${dueAt.toISOString()}`;
