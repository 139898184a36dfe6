import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import {
  type Alert,
  AlertState,
  type AlertWatch,
  type AlertWithSecret,
  type CreateAlertInput,
  maximumAlerts,
  type UpdateAlertInput,
} from '#server/contract/alert.ts';
import { HubError } from '#server/hub-error.ts';
import { checkSchedule } from '#server/schedule-times.ts';
import { createSecret } from '#server/webhook-signatures.ts';
import { noWebhook, tooManyAlerts } from './alert-errors.ts';
import type { AlertPorts } from './alert-ports.ts';
import { alertSecretContext, type AlertRecord } from './alert-record.ts';
import type { AlertRepository } from './alert-repository.ts';
import { toStart } from './look-at-alert.ts';
import { toBodyIssues } from './to-body-issues.ts';
import type { PreviewAlert } from './preview-alert.ts';

type Needs = {
  alerts: AlertRepository;
  ports: AlertPorts;
  preview: PreviewAlert;
  get: (actor: Actor, id: string) => Promise<AlertRecord>;
  present: (actor: Actor, record: AlertRecord) => Promise<Alert>;
  /** Told that something may be due earlier than before. */
  onChange: () => void;
};

/** Makes, changes and pauses alerts. */
export function createAlertEditor({ alerts, ports, preview, get, present, onChange }: Needs) {
  const seal = (id: string, secret: string) => ports.secrets.seal(secret, alertSecretContext(id));

  /**
   * Where a watch begins. It is tried once, so that what is wrong with it is told to whoever wrote it; a chain that cannot be
   * read just now is no such thing.
   */
  async function begin(actor: Actor, watch: AlertWatch, signal: AbortSignal): Promise<AlertState> {
    if (watch.kind === 'query' && 'cron' in watch.rhythm) {
      checkSchedule(watch.rhythm, 'body.watch.rhythm.cron', ports.now());
    }
    const state = AlertState.parse({});
    try {
      const { head } = await preview(actor, watch, signal);
      const isEvent = watch.kind === 'event' || watch.kind === 'transfer';
      return { ...state, cursor: isEvent && head !== null ? toStart(watch, head) : null };
    } catch (thrown) {
      if (thrown instanceof HubError && ['unavailable', 'rate_limited'].includes(thrown.code)) return state;
      throw toBodyIssues(thrown);
    }
  }

  const resolveAgent = async (actor: Actor, agent: string | null) =>
    agent === null ? null : (await ports.resolveAgent(actor, agent)).id;

  return {
    /** The answer is the only place where its secret is shown. */
    create: async (
      actor: Actor,
      input: CreateAlertInput,
      { language, signal }: { language: 'en' | 'zh'; signal: AbortSignal },
    ): Promise<AlertWithSecret> => {
      if (input.webhookUrl !== null) ports.checkUrl(input.webhookUrl);
      const agentId = await resolveAgent(actor, input.agent);
      if ((await alerts.count(actor.userId)) >= maximumAlerts) throw tooManyAlerts();
      const state = await begin(actor, input.watch, signal);
      const id = v7();
      const secret = input.webhookUrl === null ? null : createSecret();
      const { agent: _agent, ...given } = input;
      const record = await alerts.create({
        ...given,
        id,
        ownerId: actor.userId,
        language,
        agentId,
        webhookSecret: secret === null ? null : seal(id, secret),
        state,
        nextAt: ports.now(),
      });
      onChange();
      return { ...(await present(actor, record)), secret };
    },

    /** A new watch begins anew; a first address for posts brings a secret, which only this answer shows. */
    update: async (
      actor: Actor,
      id: string,
      input: UpdateAlertInput,
      signal: AbortSignal,
    ): Promise<AlertWithSecret> => {
      const record = await get(actor, id);
      if (typeof input.webhookUrl === 'string') ports.checkUrl(input.webhookUrl);
      const { paused, watch, agent, ...changes } = input;
      const agentId = agent === undefined ? undefined : await resolveAgent(actor, agent);
      const state = watch === undefined ? undefined : await begin(actor, watch, signal);
      const secret = typeof changes.webhookUrl === 'string' && record.webhookSecret === null ? createSecret() : null;
      const isPaused = paused ?? record.pausedBecause !== null;
      const updated = await alerts.update(record.id, {
        ...withoutUndefined(changes),
        ...(agentId === undefined ? {} : { agentId }),
        // Another agent answers in another conversation.
        ...(agentId === undefined || agentId === record.agent?.id ? {} : { conversationId: null }),
        ...(watch === undefined || state === undefined ? {} : { watch, state }),
        ...(isPaused && record.pausedBecause === null ? { pausedBecause: 'person', pausedDetail: null } : {}),
        ...(isPaused ? { nextAt: null } : { pausedBecause: null, pausedDetail: null, nextAt: ports.now() }),
        ...(secret === null ? {} : { webhookSecret: seal(record.id, secret) }),
      });
      onChange();
      return { ...(await present(actor, updated)), secret };
    },

    /** The old secret ends at once. */
    rotateSecret: async (actor: Actor, id: string): Promise<AlertWithSecret> => {
      const record = await get(actor, id);
      if (record.webhookUrl === null) throw noWebhook();
      const secret = createSecret();
      const updated = await alerts.update(record.id, { webhookSecret: seal(record.id, secret) });
      return { ...(await present(actor, updated)), secret };
    },
  };
}

type Defined<Value> = { [Key in keyof Value]: Exclude<Value[Key], undefined> };

function withoutUndefined<Value extends object>(value: Value): Partial<Defined<Value>> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Partial<
    Defined<Value>
  >;
}
