import type { Delivery, Firing, Trigger } from '#server/contract/trigger.ts';
import type { DeliveryRecord } from './delivery-repository.ts';
import type { FiringRecord } from './firing-repository.ts';
import type { TriggerRecord } from './trigger-record.ts';

export const toHookAddress = (baseUrl: string, trigger: string) => `${baseUrl}/api/hooks/${trigger}`;

export function presentTrigger(
  record: TriggerRecord,
  { last, dead, baseUrl }: { last: FiringRecord | null; dead: number; baseUrl: string },
): Trigger {
  const { id, name, agent, message, variables, conversation, schedule, webhook, callbackUrl } = record;
  return {
    id,
    name,
    agent,
    message,
    variables,
    conversation,
    schedule,
    webhook: webhook === null ? null : { ...webhook, address: toHookAddress(baseUrl, id) },
    callbackUrl,
    paused: record.pausedBecause === null ? null : { because: record.pausedBecause, detail: record.pausedDetail ?? '' },
    nextAt: record.nextAt?.toISOString() ?? null,
    lastFiring: last === null ? null : presentFiring(last),
    deadDeliveries: dead,
    createdAt: record.createdAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
  };
}

export function presentFiring(record: FiringRecord): Firing {
  return {
    id: record.id,
    cause: record.cause,
    status: record.status as Firing['status'],
    detail: record.detail,
    run: record.runId,
    conversationId: record.conversationId,
    dueAt: record.dueAt.toISOString(),
    endedAt: record.endedAt?.toISOString() ?? null,
  };
}

export function presentDelivery(record: DeliveryRecord): Delivery {
  return {
    id: record.id,
    event: record.event as Delivery['event'],
    run: record.runId,
    status: record.status as Delivery['status'],
    attempts: record.attempts,
    lastStatus: record.lastStatus,
    lastError: record.lastError,
    nextAt: record.nextAt?.toISOString() ?? null,
    createdAt: record.createdAt.toISOString(),
    endedAt: record.endedAt?.toISOString() ?? null,
  };
}
