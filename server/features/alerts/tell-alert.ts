import type { Actor } from '#server/contract/actor.ts';
import type { AlertNames } from '#server/contract/describe-alert.ts';
import { HubError } from '#server/hub-error.ts';
import { findRetryTime, postSigned, toAnswered, toPostFailure } from '#server/post-signed.ts';
import type { AlertFiringRepository, DeliveryRecord, FiringRecord, TellOutcome } from './alert-firing-repository.ts';
import type { AlertPorts } from './alert-ports.ts';
import { alertSecretContext, type AlertRecord } from './alert-record.ts';
import type { AlertRepository } from './alert-repository.ts';
import { describeRecord } from './present-alert.ts';
import { toSources } from './to-sources.ts';
import { toMessage, toQuestion } from './write-alert.ts';

const atOnce = 10;

type Needs = {
  alerts: Pick<AlertRepository, 'find' | 'setConversation'>;
  firings: AlertFiringRepository;
  ports: AlertPorts;
  stopSignal: AbortSignal;
};

/** Tells firings and withdrawals: by signed posts, messages and runs, again with growing pauses until they are told or given up. */
export function createAlertTeller({ alerts, firings, ports, stopSignal }: Needs) {
  async function post(alert: AlertRecord, firing: FiringRecord, delivery: DeliveryRecord): Promise<TellOutcome> {
    if (alert.webhookUrl === null || alert.webhookSecret === null)
      throw new Error('The alert has no address any more.');
    const body = JSON.stringify({
      type: delivery.event,
      timestamp: (firing.withdrawnAt ?? firing.firedAt).toISOString(),
      data: {
        alert: { id: alert.id, name: alert.name, watch: alert.watch },
        firing: { id: firing.id, cause: firing.cause, firedAt: firing.firedAt, withdrawnAt: firing.withdrawnAt },
        facts: firing.facts,
      },
    });
    const secret = ports.secrets.open(alert.webhookSecret, alertSecretContext(alert.id));
    const lastStatus = await postSigned(ports, { id: delivery.id, url: alert.webhookUrl, secret, body }, stopSignal);
    if (lastStatus >= 200 && lastStatus < 300) return { lastStatus };
    throw new RefusedPost(lastStatus);
  }

  /** The alert's own conversation, made anew where its person deleted it. */
  async function openConversation(actor: Actor, alert: AlertRecord, agentId: string): Promise<string> {
    const id = await ports.openConversation(actor, {
      id: alert.conversationId ?? alert.id,
      agentId,
      title: alert.name,
    });
    if (id !== alert.conversationId) await alerts.setConversation(alert.id, id);
    return id;
  }

  /** What its person calls the chain or the query. */
  async function findNames(actor: Actor, { watch }: AlertRecord): Promise<AlertNames> {
    if (watch.kind !== 'query') return { chain: ports.chains.chains().find(({ slug }) => slug === watch.chain)?.name };
    return { query: (await ports.getQuery(actor, watch.query)).name };
  }

  async function speak(alert: AlertRecord, firing: FiringRecord, delivery: DeliveryRecord): Promise<TellOutcome> {
    const person = await ports.findPerson(alert.ownerId);
    if (person === null || alert.agent === null) throw new Error('The agent of the alert is gone.');
    const actor: Actor = { userId: alert.ownerId, ...person, key: null };
    const agent = await ports.resolveAgent(actor, alert.agent.id);
    const conversationId = await openConversation(actor, alert, agent.id);
    const { language } = alert;
    const sources = toSources(firing.facts, language);
    const isGone = delivery.event === 'alert.withdrawn';
    if (delivery.way === 'tell') {
      const content = toMessage(firing.facts, { language, isGone, isTest: firing.cause === 'test' });
      const opening = describeRecord(alert, await findNames(actor, alert))[language];
      await ports.say(actor, { id: delivery.id, conversationId, opening, content, sources });
      return { conversationId };
    }
    const run = await ports.startRun(actor, agent.id, {
      input: toQuestion(firing.facts, { alert, isGone, markData: ports.markData }),
      sources,
      conversationId,
      language,
      idempotencyKey: `alert:${delivery.id}`,
      startedBy: { kind: 'alert', alert: { id: alert.id, name: alert.name } },
    });
    return { conversationId, runId: run.id };
  }

  function toFailed({ language }: AlertRecord, { attempts }: DeliveryRecord, thrown: unknown): TellOutcome {
    const at = ports.now();
    const lastStatus = thrown instanceof RefusedPost ? thrown.answered : null;
    const lastError = toPostFailure(thrown)[language];
    const nextAt = isLasting(thrown) ? null : findRetryTime(attempts, at);
    return nextAt === null
      ? { status: 'dead', lastStatus, lastError, nextAt: null, endedAt: at }
      : { status: 'waiting', lastStatus, lastError, nextAt };
  }

  async function attempt(delivery: DeliveryRecord): Promise<TellOutcome | null> {
    const firing = await firings.find(delivery.firingId);
    const alert = firing === null ? null : await alerts.find(firing.alert.id);
    if (firing === null || alert === null) return null;
    try {
      const told = await (delivery.way === 'webhook' ? post : speak)(alert, firing, delivery);
      return { ...told, status: 'done', lastError: null, nextAt: null, endedAt: ports.now() };
    } catch (thrown) {
      // One that the hub's stop cut off is taken up again when its time is over.
      if (stopSignal.aborted) return null;
      return toFailed(alert, delivery, thrown);
    }
  }

  /** Tells all that is due. */
  return async (): Promise<void> => {
    for (;;) {
      const taken = await firings.take(ports.now(), atOnce);
      // One after another: two in one conversation would be in each other's way.
      for (const delivery of taken) {
        const outcome = await attempt(delivery);
        if (outcome !== null) await firings.setOutcome(delivery.id, outcome);
      }
      if (taken.length < atOnce) return;
    }
  };
}

class RefusedPost extends HubError {
  readonly answered: number;
  constructor(answered: number) {
    super('unavailable', toAnswered(answered));
    this.answered = answered;
  }
}

/** What will not be better in a while: a receiver that wants no more (410), an agent that is another's by now. */
function isLasting(thrown: unknown): boolean {
  if (thrown instanceof RefusedPost) return thrown.answered === 410;
  return thrown instanceof HubError && ['not_found', 'forbidden', 'validation_failed'].includes(thrown.code);
}
