import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import {
  type CreateTriggerInput,
  maximumTriggers,
  type Trigger,
  type TriggerWithSecrets,
  type UpdateTriggerInput,
} from '#server/contract/trigger.ts';
import { checkSchema } from './read-payload.ts';
import { checkSchedule, findNextTime } from '#server/schedule-times.ts';
import { createSecret } from '#server/webhook-signatures.ts';
import { kindFixed, secretMissing, tooManyTriggers } from './trigger-errors.ts';
import type { TriggerPorts } from './trigger-ports.ts';
import { callbackSecretContext, type TriggerRecord, webhookSecretContext } from './trigger-record.ts';
import type { TriggerRepository } from './trigger-repository.ts';

type Needs = {
  triggers: TriggerRepository;
  ports: TriggerPorts;
  get: (actor: Actor, id: string) => Promise<TriggerRecord>;
  present: (record: TriggerRecord) => Promise<Trigger>;
  /** Told that something may be due earlier than before. */
  onChange: () => void;
};

type Checked = Pick<UpdateTriggerInput, 'schedule' | 'webhook' | 'callbackUrl'>;

/** Makes, changes and pauses triggers, and makes their secrets. */
export function createTriggerEditor({ triggers, ports, get, present, onChange }: Needs) {
  const { seal } = ports.secrets;

  function check({ schedule, webhook, callbackUrl }: Checked) {
    if (schedule !== undefined) checkSchedule(schedule, 'body.schedule.cron', ports.now());
    if (webhook !== undefined) checkSchema(webhook.payloadSchema);
    if (typeof callbackUrl === 'string') ports.checkUrl(callbackUrl);
  }

  return {
    /** The answer is the only place where its secrets are shown. */
    create: async (actor: Actor, input: CreateTriggerInput, language: 'en' | 'zh'): Promise<TriggerWithSecrets> => {
      check(input);
      const agent = await ports.resolveAgent(actor, input.agent, input.variables);
      if ((await triggers.count(actor.userId)) >= maximumTriggers) throw tooManyTriggers();
      const id = v7();
      const webhook = input.webhook === undefined ? null : createSecret();
      const callback = input.callbackUrl === null ? null : createSecret();
      const record = await triggers.create({
        id,
        ownerId: actor.userId,
        agentId: agent.id,
        name: input.name,
        message: input.message,
        variables: input.variables,
        language,
        conversation: input.conversation,
        conversationId: null,
        schedule: input.schedule ?? null,
        webhook: input.webhook ?? null,
        webhookSecret: webhook === null ? null : seal(webhook, webhookSecretContext(id)),
        callbackUrl: input.callbackUrl,
        callbackSecret: callback === null ? null : seal(callback, callbackSecretContext(id)),
        pausedBecause: null,
        pausedDetail: null,
        nextAt: input.schedule === undefined ? null : findNextTime(input.schedule, ports.now()),
      });
      onChange();
      return { ...(await present(record)), secrets: { webhook, callback } };
    },

    /** A first address for callbacks brings a secret, which only this answer shows. */
    update: async (actor: Actor, id: string, input: UpdateTriggerInput): Promise<TriggerWithSecrets> => {
      const record = await get(actor, id);
      if (input.schedule !== undefined && record.schedule === null) throw kindFixed('body.schedule');
      if (input.webhook !== undefined && record.webhook === null) throw kindFixed('body.webhook');
      check(input);
      const { paused, ...changes } = input;
      const isResumed = paused === false && record.pausedBecause !== null;
      if (isResumed || changes.variables !== undefined) {
        await ports.resolveAgent(actor, record.agent.id, changes.variables ?? record.variables);
      }
      const isPaused = paused ?? record.pausedBecause !== null;
      const schedule = changes.schedule ?? record.schedule;
      const isReplanned = isResumed || changes.schedule !== undefined;
      const callback =
        typeof changes.callbackUrl === 'string' && record.callbackSecret === null ? createSecret() : null;
      const updated = await triggers.update(record.id, {
        ...withoutUndefined(changes),
        ...(isPaused && record.pausedBecause === null ? { pausedBecause: 'person', pausedDetail: null } : {}),
        ...(isPaused ? { nextAt: null } : { pausedBecause: null, pausedDetail: null }),
        ...(!isPaused && isReplanned ? { nextAt: schedule === null ? null : findNextTime(schedule, ports.now()) } : {}),
        ...(changes.conversation === 'own' ? { conversationId: null } : {}),
        ...(callback === null ? {} : { callbackSecret: seal(callback, callbackSecretContext(record.id)) }),
      });
      onChange();
      return { ...(await present(updated)), secrets: { webhook: null, callback } };
    },

    /** The old secret ends at once. */
    rotateSecret: async (actor: Actor, id: string, which: 'webhook' | 'callback'): Promise<TriggerWithSecrets> => {
      const record = await get(actor, id);
      const secret = createSecret();
      if (which === 'webhook') {
        if (record.webhook === null) throw secretMissing('webhook');
        await triggers.update(record.id, { webhookSecret: seal(secret, webhookSecretContext(record.id)) });
      } else {
        if (record.callbackUrl === null) throw secretMissing('callback');
        await triggers.update(record.id, { callbackSecret: seal(secret, callbackSecretContext(record.id)) });
      }
      const secrets = { webhook: null, callback: null, [which]: secret };
      return { ...(await present(record)), secrets };
    },
  };
}

type Defined<Value> = { [Key in keyof Value]: Exclude<Value[Key], undefined> };

function withoutUndefined<Value extends object>(value: Value): Partial<Defined<Value>> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Partial<
    Defined<Value>
  >;
}
