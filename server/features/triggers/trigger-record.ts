import { NamedAgent } from '#server/contract/run-event.ts';
import { Schedule, Webhook, type PauseReason } from '#server/contract/trigger.ts';

/** A trigger as it is stored. */
export type TriggerRecord = {
  id: string;
  ownerId: string;
  agent: NamedAgent;
  name: string;
  message: string;
  variables: Record<string, string>;
  language: 'en' | 'zh';
  conversation: 'own' | 'shared';
  conversationId: string | null;
  schedule: Schedule | null;
  webhook: Webhook | null;
  /** Envelopes. */
  webhookSecret: string | null;
  callbackSecret: string | null;
  callbackUrl: string | null;
  pausedBecause: PauseReason | null;
  pausedDetail: string | null;
  nextAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
};

type Stored = Omit<
  TriggerRecord,
  'agent' | 'variables' | 'language' | 'conversation' | 'schedule' | 'webhook' | 'pausedBecause'
> & {
  agent: unknown;
  variables: unknown;
  language: string;
  conversation: string;
  schedule: unknown;
  webhook: unknown;
  pausedBecause: string | null;
};

export function toTriggerRecord(stored: Stored): TriggerRecord {
  return {
    ...stored,
    agent: NamedAgent.parse(stored.agent),
    variables: stored.variables as Record<string, string>,
    language: stored.language === 'zh' ? 'zh' : 'en',
    conversation: stored.conversation === 'shared' ? 'shared' : 'own',
    schedule: stored.schedule === null ? null : Schedule.parse(stored.schedule),
    webhook: stored.webhook === null ? null : Webhook.parse(stored.webhook),
    pausedBecause: stored.pausedBecause as PauseReason | null,
  };
}

export const webhookSecretContext = (trigger: string) => `trigger:${trigger}:webhook`;
export const personSecretContext = (user: string) => `user:${user}:callback`;
export const callbackSecretContext = (trigger: string) => `trigger:${trigger}:callback`;
