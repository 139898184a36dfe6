import type { Alert, AlertDelivery, AlertFiring } from '#server/contract/alert.ts';
import { type AlertNames, describeAlert } from '#server/contract/describe-alert.ts';
import type { DeliveryRecord, FiringRecord } from './alert-firing-repository.ts';
import type { AlertRecord } from './alert-record.ts';

export const describeRecord = (
  { watch, webhookUrl, agentDoes, agent }: Pick<AlertRecord, 'watch' | 'webhookUrl' | 'agentDoes' | 'agent'>,
  names: AlertNames,
) => describeAlert({ watch, webhookUrl, agentDoes }, { ...names, agent: agent?.name });

export function presentAlert(
  record: AlertRecord,
  { unread, lastFiredAt, names }: { unread: number; lastFiredAt: Date | null; names: AlertNames },
): Alert {
  const { id, name, watch, webhookUrl, agent, agentDoes, question, conversationId, state } = record;
  return {
    id,
    name,
    watch,
    summary: describeRecord(record, names),
    webhookUrl,
    agent,
    agentDoes,
    question,
    coolDownMinutes: record.coolDownMinutes,
    mostPerDay: record.mostPerDay,
    conversationId,
    paused: record.pausedBecause === null ? null : { because: record.pausedBecause, detail: record.pausedDetail ?? '' },
    fault: state.fault,
    warnings: state.warnings,
    value: state.value,
    unit: state.unit,
    isMet: state.isMet,
    block: state.cursor,
    checkedAt: record.checkedAt?.toISOString() ?? null,
    nextAt: record.nextAt?.toISOString() ?? null,
    lastFiredAt: lastFiredAt?.toISOString() ?? null,
    unread,
    createdAt: record.createdAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
  };
}

const presentDelivery = ({
  firingId: _firing,
  nextAt: _next,
  runId,
  endedAt,
  ...delivery
}: DeliveryRecord): AlertDelivery => ({
  ...delivery,
  run: runId,
  endedAt: endedAt?.toISOString() ?? null,
});

export const presentFiring = ({ id, alert, cause, facts, isQuiet, ...firing }: FiringRecord): AlertFiring => ({
  id,
  alert: { id: alert.id, name: alert.name },
  cause,
  facts,
  isQuiet,
  isRead: firing.readAt !== null,
  firedAt: firing.firedAt.toISOString(),
  withdrawnAt: firing.withdrawnAt?.toISOString() ?? null,
  deliveries: firing.deliveries.map(presentDelivery),
});
