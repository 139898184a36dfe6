import type { ProblemIssue } from '#server/contract/problem.ts';
import { HubError } from '#server/hub-error.ts';

export const agentNotFound = (reference: string) =>
  new HubError('not_found', `There is no agent "${reference.slice(0, 64)}" that you can see.`);

export const versionNotFound = (handle: string, version: number) =>
  new HubError('not_found', `The agent "${handle}" has no version ${version}.`);

export const avatarNotFound = (handle: string) =>
  new HubError('not_found', `The agent "${handle}" has no avatar file; its avatar is drawn.`);

export const notAllowed = (what: string) => new HubError('forbidden', `You may see this agent, but not ${what} it.`);

export const copyingNotAllowed = (handle: string) =>
  new HubError('forbidden', `Whoever made "${handle}" keeps all rights to it: you may use it, but not copy it.`);

export const draftNotYours = (handle: string) =>
  new HubError('forbidden', `The draft of "${handle}" is open only to those who may edit it.`);

export const creatingNotAllowed = () =>
  new HubError(
    'forbidden',
    'Only creators and administrators make agents, and not with a key that is bound to certain agents.',
  );

export const handleTaken = (handle: string, suggestion: string) =>
  new HubError('conflict', `The handle "${handle}" is taken; "${suggestion}" is free.`, {
    errors: [{ path: 'body.identity.handle', message: `Taken; "${suggestion}" is free.` }],
  });

export const revisionMissing = () =>
  new HubError(
    'precondition_required',
    'Send If-Match with the ETag of the draft that you changed, so that nobody else’s changes are lost.',
  );

export const draftChanged = (revision: number) =>
  new HubError(
    'precondition_failed',
    `The draft was changed in the meantime and is now at revision ${revision}. Read it again, then repeat your change.`,
  );

/** @param from - where the definition was: in the request's body, or stored as the draft */
export const definitionInvalid = (errors: ProblemIssue[], from: 'body' | 'draft' = 'body') =>
  new HubError('validation_failed', 'The agent’s definition is not valid; each problem is listed.', {
    errors: errors.map(({ path, message }) => ({ path: `${from}.${path}`, message })),
  });

export const packageInvalid = (errors: ProblemIssue[]) =>
  new HubError('package_invalid', 'The package cannot be imported; each problem is listed.', { errors });

/** @param why - how the process that read it ended */
export const packageUnreadable = (why: 'slow' | 'memory' | 'broken' | 'busy' | 'stopped') =>
  why === 'busy' || why === 'stopped'
    ? new HubError('unavailable', 'The package cannot be read now. Try again in a moment.')
    : packageInvalid([
        {
          path: 'file',
          message: `Reading the package ${why === 'slow' ? 'takes too long' : 'takes too much memory'}. Make its files smaller.`,
        },
      ]);

export const packageTooLarge = (maximumBytes: number) =>
  new HubError('payload_too_large', `A package may have ${maximumBytes / 1024 / 1024} MB at most.`);

export const uploadMissing = () =>
  new HubError(
    'unsupported_media_type',
    'Send the package as multipart/form-data, with the zip in a field named "file".',
  );
