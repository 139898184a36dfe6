import { HubError } from '#server/hub-error.ts';

/** The same for a link that was revoked, expired or never was, and where sharing is off. */
export const shareGone = () => new HubError('not_found', 'Nothing is shared here, or not any more.');

export const shareNotFound = () => new HubError('not_found', 'There is no such share.');

export const sharingOff = () => new HubError('forbidden', 'The administrators of this hub have turned sharing off.');

export const nothingToShare = () => new HubError('conflict', 'Nothing has been said in this conversation yet.');

export const tooManyShares = (most: number) =>
  new HubError('conflict', `There can be ${most} shares at most. Revoke some that are no longer needed.`);

export const shareTooLarge = (limitBytes: number) =>
  new HubError(
    'payload_too_large',
    `This conversation is too long to be shared: its copy may have ${limitBytes / 1024 / 1024} MB at most.`,
  );

export const notKept = () => new HubError('conflict', 'A temporary conversation is not kept, so it cannot be shared.');
