import { mostSourceCharacters, mostSourceFiles } from '#server/contract/contract-audit.ts';
import { HubError } from '#server/hub-error.ts';

export const auditNotFound = () => new HubError('not_found', { en: 'There is no such audit.', zh: '没有这份审计。' });

export const zipMissing = () =>
  new HubError('validation_failed', { en: 'Send the zip in the field "file".', zh: '请在 “file” 字段中发送 zip。' });

export const tooManyAudits = (most: number) =>
  new HubError('conflict', {
    en: `There can be ${most} audits at most. Delete some that are no longer needed.`,
    zh: `最多 ${most} 份审计。请删除不再需要的。`,
  });

export const sourcesTooLarge = () =>
  new HubError('payload_too_large', {
    en: `All files together may have ${mostSourceCharacters / 1_000_000} million characters at most.`,
    zh: `所有文件合计最多 ${mostSourceCharacters / 10_000} 万个字符。`,
  });

export const pathTwice = (path: string) =>
  new HubError('validation_failed', { en: `The file "${path}" is there twice.`, zh: `文件“${path}”出现了两次。` });

export const notAllOfPerson = () =>
  new HubError('forbidden', {
    en: 'A key for certain agents, or a visitor, has no audits.',
    zh: '限定智能体的密钥或访客没有审计。',
  });

export const tooManyFiles = (count: number) =>
  new HubError('payload_too_large', {
    en: `The contract has ${count} files; ${mostSourceFiles} at most are audited at once.`,
    zh: `该合约有 ${count} 个文件；一次最多审计 ${mostSourceFiles} 个。`,
  });

export const chartNotFound = () =>
  new HubError('not_found', {
    en: 'The audit has no such chart; one without findings has none.',
    zh: '该审计没有这个图表；没有发现的审计没有图表。',
  });
