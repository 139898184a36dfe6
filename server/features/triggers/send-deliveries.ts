import { findRetryTime, postSigned, toAnswered, toPostFailure } from '#server/post-signed.ts';
import type { CallbackSecretRepository } from './callback-secret-repository.ts';
import type { DeliveryOutcome, DeliveryRecord, DeliveryRepository } from './delivery-repository.ts';
import type { TriggerPorts } from './trigger-ports.ts';
import { callbackSecretContext, personSecretContext } from './trigger-record.ts';
import type { TriggerRepository } from './trigger-repository.ts';

const atOnce = 10;

type Needs = {
  triggers: TriggerRepository;
  deliveries: DeliveryRepository;
  callbackSecrets: CallbackSecretRepository;
  ports: TriggerPorts;
  stopSignal: AbortSignal;
};

/** Where a callback goes, as whom its run is read, and what it tells beside. */
type Target = {
  userId: string;
  url: string | null;
  secret: string;
  about: { trigger?: { id: string; name: string } };
  /** Of what is kept of a failure. */
  language: 'en' | 'zh';
};

/** Sends callbacks: signed (Standard Webhooks), and again with growing pauses until they are taken or given up. */
export function createDeliverySender({ triggers, deliveries, callbackSecrets, ports, stopSignal }: Needs) {
  /** Null when what it belongs to is gone. */
  async function findTarget({ triggerId, userId, url }: DeliveryRecord): Promise<Target | null> {
    if (triggerId === null) {
      const stored = userId === null ? null : await callbackSecrets.find(userId);
      if (stored === null) return null;
      const secret = ports.secrets.open(stored.secret, personSecretContext(stored.userId));
      return { userId: stored.userId, url, secret, about: {}, language: 'en' };
    }
    const trigger = await triggers.find(triggerId);
    if (trigger === null) return null;
    const { id, name, ownerId, language, callbackUrl, callbackSecret } = trigger;
    return {
      userId: ownerId,
      url: callbackUrl,
      secret: callbackUrl === null ? '' : ports.secrets.open(callbackSecret ?? '', callbackSecretContext(id)),
      about: { trigger: { id, name } },
      language,
    };
  }

  async function post({ userId, secret, about }: Target, url: string, delivery: DeliveryRecord): Promise<number> {
    const actor = { userId, name: '', role: 'member' as const, key: null };
    const run = await ports.readRun(actor, delivery.runId);
    const body = JSON.stringify({
      type: delivery.event,
      timestamp: delivery.createdAt.toISOString(),
      data: { ...about, run },
    });
    return await postSigned(ports, { id: delivery.id, url, secret, body }, stopSignal);
  }

  function toFailed({ attempts }: DeliveryRecord, lastStatus: number | null, lastError: string): DeliveryOutcome {
    const at = ports.now();
    const nextAt = findRetryTime(attempts, at);
    // 410: the receiver wants no more of it.
    if (nextAt === null || lastStatus === 410) {
      return { status: 'dead', lastStatus, lastError, nextAt: null, endedAt: at };
    }
    return { status: 'waiting', lastStatus, lastError, nextAt, endedAt: null };
  }

  async function attempt(delivery: DeliveryRecord): Promise<DeliveryOutcome | null> {
    const target = await findTarget(delivery);
    if (target === null) return null;
    const { language } = target;
    if (target.url === null) {
      const lastError = noAddress[language];
      return { status: 'dead', lastStatus: null, lastError, nextAt: null, endedAt: ports.now() };
    }
    try {
      const status = await post(target, target.url, delivery);
      if (status >= 200 && status < 300) {
        return { status: 'delivered', lastStatus: status, lastError: null, nextAt: null, endedAt: ports.now() };
      }
      return toFailed(delivery, status, toAnswered(status)[language]);
    } catch (error) {
      // One that the hub's stop cut off is taken up again when its time is over.
      if (stopSignal.aborted) return null;
      return toFailed(delivery, null, toPostFailure(error)[language]);
    }
  }

  /** Sends all that is due. */
  return async (): Promise<void> => {
    await deliveries.settle(ports.now());
    for (;;) {
      const taken = await deliveries.take(ports.now(), atOnce);
      await Promise.all(
        taken.map(async (delivery) => {
          const outcome = await attempt(delivery);
          if (outcome !== null) await deliveries.setOutcome(delivery.id, outcome);
        }),
      );
      if (taken.length < atOnce) return;
    }
  };
}

const noAddress = { en: 'The trigger has no address for callbacks any more.', zh: '触发器已没有回调地址。' };
