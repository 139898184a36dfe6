import type { FindingSeverity } from '#server/contract/contract-audit.ts';
import type { Tone } from '#web/ui/badge.tsx';

export const severityTones: Record<FindingSeverity, Tone> = {
  critical: 'danger',
  high: 'danger',
  medium: 'warning',
  low: 'neutral',
  gas: 'chain',
};
