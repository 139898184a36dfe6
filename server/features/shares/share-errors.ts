import { HubError } from '#server/hub-error.ts';

/** The same for a link that was revoked, expired or never was, and where sharing is off. */
export const shareGone = () =>
  new HubError('not_found', { en: 'Nothing is shared here, or not any more.', zh: '这里没有分享内容，或已不再分享。' });

export const shareNotFound = () => new HubError('not_found', { en: 'There is no such share.', zh: '没有这个分享。' });

export const sharingOff = () =>
  new HubError('forbidden', {
    en: 'The administrators of this hub have turned sharing off.',
    zh: '此中枢的管理员已关闭分享。',
  });

export const nothingToShare = () =>
  new HubError('conflict', { en: 'Nothing has been said in this conversation yet.', zh: '此对话中还没有内容。' });

export const tooManyShares = (most: number) =>
  new HubError('conflict', {
    en: `There can be ${most} shares at most. Revoke some that are no longer needed.`,
    zh: `最多 ${most} 个分享。请撤销不再需要的。`,
  });

export const shareTooLarge = (limitBytes: number) =>
  new HubError('payload_too_large', {
    en: `This conversation is too long to be shared: its copy may have ${limitBytes / 1024 / 1024} MB at most.`,
    zh: `此对话太长，无法分享：副本最多 ${limitBytes / 1024 / 1024} MB。`,
  });

export const notKept = () =>
  new HubError('conflict', {
    en: 'A temporary conversation is not kept, so it cannot be shared.',
    zh: '临时对话不会保留，因此不能分享。',
  });
