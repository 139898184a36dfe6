import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError } from '#server/hub-error.ts';

export const analysisNotFound = () =>
  new HubError('not_found', { en: 'There is no such analysis.', zh: '没有这份分析。' });

export const chartNotFound = () => new HubError('not_found', { en: 'There is no such chart.', zh: '没有这个图表。' });

export const tooManyAnalyses = (most: number) =>
  new HubError('conflict', {
    en: `There can be ${most} analyses at most. Delete some that are no longer needed.`,
    zh: `最多 ${most} 份分析，请删除不再需要的。`,
  });

export const analysesRefused = () =>
  new HubError('forbidden', {
    en: 'A key for certain agents, or a visitor, has no analyses.',
    zh: '限定智能体的密钥或访客没有分析。',
  });

export const queryFailed = ({ en, zh }: LocalizedText) =>
  new HubError('validation_failed', { en: `The query gave no result: ${en}`, zh: `查询没有结果。${zh}` });

export const withoutColumns = () =>
  new HubError('validation_failed', { en: 'The source has no columns.', zh: '数据源没有任何列。' });
