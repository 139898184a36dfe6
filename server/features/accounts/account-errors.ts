import { HubError } from '#server/hub-error.ts';

export const wrongCredentials = () => new HubError('unauthenticated', 'The e-mail address or the password is wrong.');

export const onlyAdministrators = () => new HubError('forbidden', 'Only administrators of this hub may do this.');

export const personNotFound = () => new HubError('not_found', 'There is no such person on this hub.');

export const lastAdministrator = () =>
  new HubError('conflict', 'This is the last administrator. Make somebody else an administrator first.');

export const emailTaken = (email: string) => new HubError('conflict', `${email} already has a place on this hub.`);

export const setUpClosed = () =>
  new HubError(
    'setup_closed',
    'This hub already has an administrator. Sign in, or ask an administrator for an invitation.',
  );

export const setUpTokenWrong = () =>
  new HubError(
    'forbidden',
    'This set-up link is not the newest one. Use the link that the hub printed at its last start.',
  );

export const invitationNotFound = () => new HubError('not_found', 'There is no such invitation.');

export const invitationNotOpen = () =>
  new HubError('not_found', 'This invitation does not exist, was used or is older than seven days. Ask for a new one.');

export const wrongCurrentPassword = () =>
  new HubError('validation_failed', 'The current password is wrong, so the password stays as it is.', {
    errors: [{ path: 'body.currentPassword', message: 'This is not your current password.' }],
  });

export const sessionNotFound = () => new HubError('not_found', 'You have no such session; it may be over.');

export const passwordResetNotOpen = () =>
  new HubError(
    'not_found',
    'This link to a new password does not exist, was used, was replaced or is older than a day. Ask for a new one.',
  );
