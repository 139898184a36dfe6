import type { CreateTriggerInput, Trigger, UpdateTriggerInput } from '#server/contract/trigger.ts';
import { toCron, usualChoice } from './schedule-choice.ts';
import { localTimeZone } from './use-moment.ts';

export type TriggerKind = 'schedule' | 'webhook';

export type TriggerFormValues = {
  kind: TriggerKind;
  agent: string;
  name: string;
  message: string;
  variables: Record<string, string>;
  conversation: 'own' | 'shared';
  schedule: { cron: string; timeZone: string; jitterSeconds: number; missed: 'skip' | 'run-once' };
  /** The schema as it is written. */
  webhook: { signature: 'standard' | 'github'; payloadSchema: string };
  callbackUrl: string;
};

/** A form for a new trigger, or for one that is there. */
export function toFormValues(trigger: Trigger | null): TriggerFormValues {
  const schema = trigger?.webhook?.payloadSchema ?? null;
  return {
    kind: trigger !== null && trigger.schedule === null ? 'webhook' : 'schedule',
    agent: trigger?.agent.id ?? '',
    name: trigger?.name ?? '',
    message: trigger?.message ?? '',
    variables: trigger?.variables ?? {},
    conversation: trigger?.conversation ?? 'own',
    schedule: trigger?.schedule ?? {
      cron: toCron(usualChoice),
      timeZone: localTimeZone(),
      jitterSeconds: 0,
      missed: 'skip',
    },
    webhook: {
      signature: trigger?.webhook?.signature ?? 'standard',
      payloadSchema: schema === null ? '' : JSON.stringify(schema, null, 2),
    },
    callbackUrl: trigger?.callbackUrl ?? '',
  };
}

/** What the contract checks; a schema that is no JSON stays the text that it is, and is refused there. */
export function toTriggerInput({ kind, schedule, webhook, callbackUrl, ...rest }: TriggerFormValues) {
  return {
    ...rest,
    callbackUrl: callbackUrl.trim() === '' ? null : callbackUrl.trim(),
    ...(kind === 'schedule'
      ? { schedule }
      : { webhook: { ...webhook, payloadSchema: readJson(webhook.payloadSchema) } }),
  };
}

export function toUpdate({ agent: _, ...changes }: CreateTriggerInput): UpdateTriggerInput {
  return changes;
}

/** Null for nothing; text that is no JSON comes back as it is. */
export function readJson(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
