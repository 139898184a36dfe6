import { HubError, type HubIssue } from '#server/hub-error.ts';

export const keyNotFound = () =>
  new HubError('not_found', { en: 'There is no such key among yours.', zh: '您没有这个密钥。' });

export const keyExpired = (expiresAt: Date) =>
  new HubError('unauthenticated', {
    en: `This API key expired on ${expiresAt.toISOString()}. Make a new one.`,
    zh: `此 API 密钥已于 ${expiresAt.toISOString()} 过期，请新建一个。`,
  });

export const adminScopeRefused = () =>
  new HubError('forbidden', {
    en: 'Only administrators can make keys with the scope "admin".',
    zh: '只有管理员可以创建带“admin”权限的密钥。',
  });

export const keysCannotMakeKeys = () =>
  new HubError('forbidden', {
    en: 'A key cannot make, change or delete keys. Sign in to do it in the page.',
    zh: '密钥不能创建、修改或删除密钥。请登录页面操作。',
  });

export const keyInputInvalid = (errors: HubIssue[]) =>
  new HubError(
    'validation_failed',
    { en: 'This key cannot be made as it is asked for.', zh: '不能按要求创建此密钥。' },
    { errors },
  );
