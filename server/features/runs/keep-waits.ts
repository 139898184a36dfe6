import { HubError } from '#server/hub-error.ts';
import { createWaitAnswerer } from './answer-waits.ts';
import { runCancelled } from './run-errors.ts';
import type { RunPorts } from './run-ports.ts';
import type { RunSleep } from './run-records.ts';
import { createWaitClock } from './wait-clock.ts';
import type { WaitRepository } from './wait-repository.ts';
import type { RunWaker } from './wake-run.ts';

type Needs = { waits: WaitRepository; waker: RunWaker; ports: RunPorts; isStopping: () => boolean };

/** Looks after the runs that wait for a person, from their falling asleep to their waking. */
export function createWaitKeeper({ waits, waker, ports, isStopping }: Needs) {
  const clock = createWaitClock({ waits, waker, ports });

  /** What was answered is stored: where the run cannot be taken up at once, it is a little later. */
  async function wakeOrRetry(run: string, reason?: HubError): Promise<void> {
    try {
      await waker.wake(run, reason);
    } catch (error) {
      ports.logError(error, `run ${run} could not be taken up`);
      clock.retrySoon();
    }
  }

  return {
    ...createWaitAnswerer({ waits, goOn: (run) => wakeOrRetry(run), ports }),

    /** Told of a run that no longer lives here. An answer or a cancellation that came before woke nobody. */
    afterSleep: async ({ id, waits: open }: RunSleep, { aborted, reason }: AbortSignal): Promise<void> => {
      clock.arm(Math.min(...open.map(({ expiresAt }) => Date.parse(expiresAt))));
      if (isStopping()) return;
      if (aborted) return wakeOrRetry(id, reason instanceof HubError ? reason : runCancelled());
      const isAnswered = await waits.hasAnswer(id).catch(() => true);
      if (isAnswered) await wakeOrRetry(id);
    },

    /** The newest run that waits in a conversation. */
    findIn: async (conversationId: string): Promise<string | null> =>
      (await waits.listInConversation(conversationId))[0] ?? null,

    /** Cancels what waits in a conversation that was deleted. Never throws. */
    cancelIn: async (conversationId: string): Promise<void> => {
      try {
        for (const run of await waits.listInConversation(conversationId)) await wakeOrRetry(run, runCancelled());
      } catch (error) {
        ports.logError(error, 'the runs that wait in a deleted conversation could not be cancelled');
      }
    },

    /** Lets waits expire, and takes up what was answered and nobody took up. */
    look: clock.look,
    stop: clock.stop,
  };
}
