import { AlertState, AlertWatch } from '#server/contract/alert.ts';
import { NamedAgent } from '#server/contract/run-event.ts';
import type { PauseReason } from '#server/contract/trigger.ts';

/** An alert as it is stored. */
export type AlertRecord = {
  id: string;
  ownerId: string;
  name: string;
  language: 'en' | 'zh';
  watch: AlertWatch;
  webhookUrl: string | null;
  /** An envelope. */
  webhookSecret: string | null;
  agent: NamedAgent | null;
  agentDoes: 'tell' | 'ask';
  question: string;
  conversationId: string | null;
  coolDownMinutes: number;
  mostPerDay: number;
  state: AlertState;
  pausedBecause: PauseReason | null;
  pausedDetail: string | null;
  checkedAt: Date | null;
  nextAt: Date | null;
  lease: string | null;
  createdAt: Date;
  updatedAt: Date;
};

type Stored = Omit<AlertRecord, 'language' | 'watch' | 'agent' | 'agentDoes' | 'state' | 'pausedBecause'> & {
  language: string;
  watch: unknown;
  agent: unknown;
  agentDoes: string;
  state: unknown;
  pausedBecause: string | null;
};

export function toAlertRecord(stored: Stored): AlertRecord {
  return {
    ...stored,
    language: stored.language === 'zh' ? 'zh' : 'en',
    watch: AlertWatch.parse(stored.watch),
    agent: stored.agent === null ? null : NamedAgent.parse(stored.agent),
    agentDoes: stored.agentDoes === 'ask' ? 'ask' : 'tell',
    state: AlertState.parse(stored.state),
    pausedBecause: stored.pausedBecause as PauseReason | null,
  };
}

export const alertSecretContext = (alert: string) => `alert:${alert}:webhook`;
