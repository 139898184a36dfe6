import type { ProblemIssue } from '#server/contract/problem.ts';
import { HubError } from '#server/hub-error.ts';

export const keyNotFound = () => new HubError('not_found', 'There is no such key among yours.');

export const keyExpired = (expiresAt: Date) =>
  new HubError('unauthenticated', `This API key expired on ${expiresAt.toISOString()}. Make a new one.`);

export const adminScopeRefused = () =>
  new HubError('forbidden', 'Only administrators can make keys with the scope "admin".');

export const keysCannotMakeKeys = () =>
  new HubError('forbidden', 'A key cannot make, change or delete keys. Sign in to do it in the page.');

export const keyInputInvalid = (errors: ProblemIssue[]) =>
  new HubError('validation_failed', 'This key cannot be made as it is asked for.', { errors });
