import type { z } from 'zod';
import type { Actor } from '#server/contract/actor.ts';
import type { Page } from '#server/contract/page.ts';
import type { CallbackSecret, Delivery, DeliveryListQuery, NewCallbackSecret } from '#server/contract/trigger.ts';
import { readPageCursor, toPage } from '#server/page-cursor.ts';
import type { CallbackSecretRepository } from './callback-secret-repository.ts';
import type { DeliveryRepository } from './delivery-repository.ts';
import { presentDelivery } from './present-trigger.ts';
import { createSecret } from '#server/webhook-signatures.ts';
import { callbackNotFound, callbackSecretMissing } from './trigger-errors.ts';
import type { TriggerPorts } from './trigger-ports.ts';
import { personSecretContext } from './trigger-record.ts';

type Needs = {
  deliveries: DeliveryRepository;
  callbackSecrets: CallbackSecretRepository;
  ports: Pick<TriggerPorts, 'checkUrl' | 'secrets' | 'now'>;
  /** Told that something is to be sent. */
  onDue: () => void;
};

/** The callbacks of runs that no trigger started, and the secret of a person that signs them. */
export function createRunCallbacks({ deliveries, callbackSecrets, ports, onDue }: Needs) {
  const whoseOf = ({ userId, key }: Actor) => ({
    userId,
    agentIds: key === null || key.agentIds.length === 0 ? null : key.agentIds,
  });

  return {
    /** @throws {HubError} `egress_refused`; `conflict`, where there is no secret to sign with */
    checkCallback: async (actor: Actor, url: string): Promise<void> => {
      ports.checkUrl(url);
      if ((await callbackSecrets.find(actor.userId)) === null) throw callbackSecretMissing();
    },
    wakeCallbacks: onDue,

    getCallbackSecret: async (actor: Actor): Promise<CallbackSecret> => ({
      createdAt: (await callbackSecrets.find(actor.userId))?.createdAt.toISOString() ?? null,
    }),

    /** The answer is the only place where it is shown; the one before ends at once. */
    makeCallbackSecret: async (actor: Actor): Promise<NewCallbackSecret> => {
      const secret = createSecret();
      const createdAt = ports.now();
      const sealed = ports.secrets.seal(secret, personSecretContext(actor.userId));
      await callbackSecrets.set(actor.userId, sealed, createdAt);
      return { secret, createdAt: createdAt.toISOString() };
    },

    listCallbacks: async (
      actor: Actor,
      { status, limit, cursor }: z.output<typeof DeliveryListQuery>,
    ): Promise<Page<Delivery>> => {
      const query = { status: status ?? null, after: readPageCursor(cursor), limit: limit + 1 };
      const page = toPage(await deliveries.list(whoseOf(actor), query), limit, ({ createdAt, id }) => ({
        at: createdAt,
        id,
      }));
      return { items: page.items.map(presentDelivery), nextCursor: page.nextCursor };
    },

    sendCallbackAgain: async (actor: Actor, id: string): Promise<Delivery> => {
      const found = await deliveries.sendAgain(whoseOf(actor), id, ports.now());
      if (found === null) throw callbackNotFound(id);
      onDue();
      return presentDelivery(found);
    },
  };
}
