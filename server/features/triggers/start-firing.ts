import type { Actor } from '#server/contract/actor.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError, toHubError } from '#server/hub-error.ts';
import type { FiringRecord, FiringRepository } from './firing-repository.ts';
import type { TriggerPorts } from './trigger-ports.ts';
import type { TriggerRecord } from './trigger-record.ts';
import type { TriggerRepository } from './trigger-repository.ts';

/** What may be better in a moment: the shared conversation is busy, a model or the hub itself is. */
const passing = new Set(['conflict', 'unavailable', 'rate_limited', 'model_unavailable', 'model_rate_limited']);
const mostAttempts = 20;
const pauseMs = 15_000;

type Needs = {
  triggers: TriggerRepository;
  firings: FiringRepository;
  ports: TriggerPorts;
  /** Told when a run ended. */
  onRunEnd: () => void;
};

const paused = { en: 'The trigger was paused.', zh: '触发器已暂停。' };

/** Starts the runs of firings, as their owners and by the way that every run takes. */
export function createFiringStarter({ triggers, firings, ports, onRunEnd }: Needs) {
  async function findActor(trigger: TriggerRecord): Promise<Actor | null> {
    const person = await ports.findPerson(trigger.ownerId);
    return person === null ? null : { userId: trigger.ownerId, ...person, key: null };
  }

  /** Null, or why the person may not run the agent any more. */
  async function findLostAccess(actor: Actor, trigger: TriggerRecord): Promise<LocalizedText | null> {
    try {
      await ports.resolveAgent(actor, trigger.agent.id);
      return null;
    } catch (error) {
      if (error instanceof HubError && (error.code === 'not_found' || error.code === 'forbidden')) return error.words;
      throw error;
    }
  }

  async function startRun(actor: Actor, trigger: TriggerRecord, firing: FiringRecord) {
    const isShared = trigger.conversation === 'shared';
    const start = (conversationId: string | null) =>
      ports.startRun(actor, trigger.agent.id, {
        input: firing.input,
        variables: trigger.variables,
        conversationId,
        language: trigger.language,
        idempotencyKey: `trigger:${firing.id}`,
        startedBy: {
          kind: trigger.schedule === null ? 'webhook' : 'schedule',
          trigger: { id: trigger.id, name: trigger.name },
        },
      });
    const run = await start(isShared ? trigger.conversationId : null).catch((error: unknown) => {
      // The agent was found: what is gone is the shared conversation.
      if (isShared && error instanceof HubError && error.code === 'not_found') return start(null);
      throw error;
    });
    await firings.setStarted(firing.id, run.id);
    if (isShared && run.conversationId !== trigger.conversationId) {
      await triggers.setConversation(trigger.id, run.conversationId);
    }
    void run.finished.then(onRunEnd, onRunEnd);
  }

  async function handleFailure({ language }: TriggerRecord, firing: FiringRecord, thrown: unknown) {
    const error = toHubError(thrown);
    if (error.code === 'internal')
      ports.logError(thrown, `a run of the trigger ${firing.triggerId} could not be started`);
    const at = ports.now();
    const isPassing = passing.has(error.code) || error.code === 'internal';
    if (isPassing && firing.attempts < mostAttempts) {
      await firings.putOff(firing.id, new Date(at.getTime() + pauseMs), error.words[language]);
    } else {
      const said = [error.words, ...error.issues.map(({ message }) => message)].map((words) => words[language]);
      await firings.end(firing.id, 'refused', { detail: said.join(language === 'zh' ? '' : ' '), at });
    }
  }

  /** Starts one that was taken up. Never throws but for the database. */
  return async (firing: FiringRecord): Promise<void> => {
    const trigger = await triggers.find(firing.triggerId);
    if (trigger === null) return;
    const at = ports.now();
    if (trigger.pausedBecause !== null && firing.cause !== 'test') {
      await firings.end(firing.id, 'skipped', { detail: paused[trigger.language], at });
      return;
    }
    const actor = await findActor(trigger);
    if (actor === null) return;
    const lost = await findLostAccess(actor, trigger);
    if (lost !== null) {
      const detail = lost[trigger.language];
      await triggers.pause(trigger.id, 'access-lost', detail);
      await firings.end(firing.id, 'refused', { detail, at });
      return;
    }
    await startRun(actor, trigger, firing).catch((error: unknown) => handleFailure(trigger, firing, error));
  };
}
export type StartFiring = ReturnType<typeof createFiringStarter>;
