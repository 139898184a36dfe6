import type { z } from 'zod';
import type { Actor } from '#server/contract/actor.ts';
import type { JsonValue } from '#server/contract/json.ts';
import type { Page, PageQuery } from '#server/contract/page.ts';
import type {
  Delivery,
  DeliveryListQuery,
  Firing,
  ScheduleTimes,
  ScheduleTimesQuery,
  Trigger,
  TriggerListQuery,
} from '#server/contract/trigger.ts';
import { readPageCursor, toPage } from '#server/page-cursor.ts';
import type { CallbackSecretRepository } from './callback-secret-repository.ts';
import { createClaimer } from './claim-due.ts';
import type { DeliveryRepository } from './delivery-repository.ts';
import { createTriggerEditor } from './edit-trigger.ts';
import type { FiringRepository } from './firing-repository.ts';
import { presentDelivery, presentFiring, presentTrigger } from './present-trigger.ts';
import { createHookReceiver } from './receive-hook.ts';
import { createRunCallbacks } from './run-callbacks.ts';
import { createLoop } from '#server/run-loop.ts';
import { checkSchedule, countRunsAMonth, listNextTimes } from '#server/schedule-times.ts';
import { createDeliverySender } from './send-deliveries.ts';
import { createFiringStarter } from './start-firing.ts';
import { deliveryNotFound, triggerNotFound } from './trigger-errors.ts';
import type { TriggerPorts } from './trigger-ports.ts';
import type { TriggerRecord } from './trigger-record.ts';
import type { TriggerRepository } from './trigger-repository.ts';

const shownTimes = 5;

type Needs = {
  triggers: TriggerRepository;
  firings: FiringRepository;
  deliveries: DeliveryRepository;
  callbackSecrets: CallbackSecretRepository;
  ports: TriggerPorts;
};

/**
 * Triggers: what starts runs by itself, by schedule or by webhook, as their owner and with what the owner may do; and the
 * callbacks that tell of the ends of runs.
 *
 * Nothing fires by itself before `start`. Several processes may serve one database: what is due is claimed in it.
 */
export function createTriggerService({ triggers, firings, deliveries, callbackSecrets, ports }: Needs) {
  const { now, logError } = ports;
  const stopping = new AbortController();
  const startFiring = createFiringStarter({ triggers, firings, ports, onRunEnd: () => clock.wake() });
  const claimDue = createClaimer({ firings, now });
  const sendDeliveries = createDeliverySender({
    triggers,
    deliveries,
    callbackSecrets,
    ports,
    stopSignal: stopping.signal,
  });
  const hooks = createHookReceiver({ triggers, firings, startFiring, ports });

  async function fireDue(): Promise<void> {
    await claimDue();
    for (let taken = await firings.take(now()); taken.length > 0; taken = await firings.take(now())) {
      await Promise.all(taken.map(startFiring));
    }
    await firings.settle(now());
  }

  const clock = createLoop({
    round: async () => {
      await fireDue();
      callbacks.wake();
      return firings.findNextTime();
    },
    now,
    logFailure: (error) => logError(error, 'triggers could not be looked after'),
  });
  const callbacks = createLoop({
    round: async () => {
      await sendDeliveries();
      return deliveries.findNextTime();
    },
    now,
    logFailure: (error) => logError(error, 'callbacks could not be sent'),
  });

  async function get(actor: Actor, id: string): Promise<TriggerRecord> {
    const record = await triggers.find(id);
    const bound = actor.key?.agentIds ?? [];
    if (record?.ownerId !== actor.userId || (bound.length > 0 && !bound.includes(record.agent.id))) {
      throw triggerNotFound(id);
    }
    return record;
  }

  async function presentAll(records: TriggerRecord[]): Promise<Trigger[]> {
    const ids = records.map(({ id }) => id);
    const [last, dead] = await Promise.all([firings.listLast(ids), deliveries.countDead(ids)]);
    return records.map((record) =>
      presentTrigger(record, {
        last: last.find(({ triggerId }) => triggerId === record.id) ?? null,
        dead: dead.get(record.id) ?? 0,
        baseUrl: ports.baseUrl,
      }),
    );
  }
  const present = async (record: TriggerRecord) => (await presentAll([record]))[0] as Trigger;
  const editor = createTriggerEditor({ triggers, ports, get, present, onChange: () => clock.wake() });

  const runCallbacks = createRunCallbacks({
    deliveries,
    callbackSecrets,
    ports,
    onDue: () => callbacks.wake(),
  });

  return {
    ...runCallbacks,
    createTrigger: editor.create,
    updateTrigger: editor.update,
    rotateSecret: editor.rotateSecret,
    receiveHook: hooks.receive,

    listTriggers: async (actor: Actor, query: z.output<typeof TriggerListQuery>): Promise<Page<Trigger>> => {
      const bound = actor.key?.agentIds ?? [];
      const asked = query.agent === undefined ? null : (await ports.resolveAgent(actor, query.agent)).id;
      const found = await triggers.list({
        ownerId: actor.userId,
        agentIds: asked === null ? (bound.length === 0 ? null : bound) : [asked],
        after: readPageCursor(query.cursor),
        limit: query.limit + 1,
      });
      const { items, nextCursor } = toPage(found, query.limit, ({ createdAt, id }) => ({ at: createdAt, id }));
      return { items: await presentAll(items), nextCursor };
    },

    getTrigger: async (actor: Actor, id: string): Promise<Trigger> => present(await get(actor, id)),

    deleteTrigger: async (actor: Actor, id: string): Promise<void> => {
      const { id: found } = await get(actor, id);
      if (!(await triggers.remove(found))) throw triggerNotFound(id);
    },

    /** Fires once, now; also while it is paused. */
    tryTrigger: async (actor: Actor, id: string, payload: JsonValue): Promise<Firing> => {
      const record = await get(actor, id);
      const firing = await firings.find(await hooks.tryOut(record, payload));
      clock.wake();
      if (firing === null) throw triggerNotFound(id);
      return presentFiring(firing);
    },

    listFirings: async (actor: Actor, id: string, { limit, cursor }: PageQuery): Promise<Page<Firing>> => {
      const { id: trigger } = await get(actor, id);
      const found = await firings.list(trigger, { after: readPageCursor(cursor), limit: limit + 1 });
      const page = toPage(found, limit, (firing) => ({ at: firing.dueAt, id: firing.id }));
      return { items: page.items.map(presentFiring), nextCursor: page.nextCursor };
    },

    listDeliveries: async (
      actor: Actor,
      id: string,
      { status, limit, cursor }: z.output<typeof DeliveryListQuery>,
    ): Promise<Page<Delivery>> => {
      const { id: triggerId } = await get(actor, id);
      const after = readPageCursor(cursor);
      const found = await deliveries.list({ triggerId }, { status: status ?? null, after, limit: limit + 1 });
      const page = toPage(found, limit, (delivery) => ({ at: delivery.createdAt, id: delivery.id }));
      return { items: page.items.map(presentDelivery), nextCursor: page.nextCursor };
    },

    sendAgain: async (actor: Actor, id: string, delivery: string): Promise<Delivery> => {
      const { id: triggerId } = await get(actor, id);
      const found = await deliveries.sendAgain({ triggerId }, delivery, now());
      if (found === null) throw deliveryNotFound(delivery);
      callbacks.wake();
      return presentDelivery(found);
    },

    listTimes: ({ cron, timeZone }: z.output<typeof ScheduleTimesQuery>): ScheduleTimes => {
      checkSchedule({ cron, timeZone }, 'query.cron', now());
      const times = listNextTimes({ cron, timeZone }, now(), shownTimes).map((time) => time.toISOString());
      return { times, runsAMonth: countRunsAMonth(cron, now()) };
    },

    /** One round of all that is due. */
    workOnce: async (): Promise<void> => {
      await fireDue();
      await sendDeliveries();
    },
    start: (): void => {
      clock.start();
      callbacks.start();
    },
    stop: async (): Promise<void> => {
      stopping.abort();
      await Promise.all([clock.stop(), callbacks.stop()]);
    },
    removeOlder: firings.removeOlder,
  };
}
export type TriggerService = ReturnType<typeof createTriggerService>;
