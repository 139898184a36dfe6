import type { FindingSeverity } from './contract-audit.ts';
import type { LocalizedText } from './localized-text.ts';

/** What each severity of a finding is called in reports and charts. */
export const severityNames: Record<FindingSeverity, LocalizedText> = {
  critical: { en: 'Critical', zh: '致命' },
  high: { en: 'High', zh: '高' },
  medium: { en: 'Medium', zh: '中' },
  low: { en: 'Low', zh: '低' },
  gas: { en: 'Gas', zh: 'Gas' },
};
