import type { ProblemIssue } from '#server/contract/problem.ts';
import { maximumTriggers } from '#server/contract/trigger.ts';
import { HubError } from '#server/hub-error.ts';

export const triggerNotFound = (id: string) => new HubError('not_found', `There is no trigger "${id}" among yours.`);

export const deliveryNotFound = (id: string) =>
  new HubError('not_found', `There is no callback "${id}" of this trigger.`);

export const callbackNotFound = (id: string) =>
  new HubError('not_found', `There is no callback "${id}" of a run of yours.`);

export const callbackSecretMissing = () =>
  new HubError(
    'conflict',
    'Callbacks are signed, and you have no secret for it yet. Make one under Settings → API keys, or with POST /api/callback-secret.',
  );

export const tooManyTriggers = () =>
  new HubError('conflict', `You have ${maximumTriggers} triggers, as many as a person may have. Delete one first.`);

export const scheduleInvalid = (path: string, message: string) =>
  new HubError('validation_failed', 'This schedule cannot be kept.', { errors: [{ path, message }] });

export const kindFixed = (path: string) =>
  new HubError('validation_failed', 'A trigger stays what it is: by schedule, or by webhook.', {
    errors: [{ path, message: 'Make another trigger for this.' }],
  });

export const secretMissing = (secret: string) =>
  new HubError('conflict', `This trigger has no ${secret}, so there is no secret of it to change.`);

export const schemaInvalid = (message: string) =>
  new HubError('validation_failed', 'This JSON schema cannot be used.', {
    errors: [{ path: 'body.webhook.payloadSchema', message }],
  });

/** The same for an unknown address and for a wrong signature: whoever does not have the secret learns nothing. */
export const hookRefused = () =>
  new HubError(
    'unauthenticated',
    'There is no such webhook, or its signature is missing or wrong. Sign the exact bytes of the body with the secret.',
  );

export const hookTooOld = () =>
  new HubError(
    'unauthenticated',
    'The time stamp (webhook-timestamp, in seconds) is more than five minutes away from the clock of this hub.',
  );

export const hookPaused = () => new HubError('conflict', 'This trigger is paused. Nothing was started.');

export const hookReused = () =>
  new HubError('conflict', 'This webhook-id came before with another body. Use a new one for a new message.');

export const hookTooOften = (most: number, retryAfterSeconds: number) =>
  new HubError(
    'rate_limited',
    `This webhook takes ${most} messages in a minute. Try again in ${retryAfterSeconds} s.`,
    {
      retryAfterSeconds,
    },
  );

export const payloadUnreadable = (why: string) =>
  new HubError('bad_request', `The body cannot be read as JSON: ${why}`);

export const payloadInvalid = (errors: ProblemIssue[]) =>
  new HubError('validation_failed', 'The payload is not what this webhook takes.', { errors });

export const messageTooLong = () =>
  new HubError('payload_too_large', 'With this payload, the message to the agent is too long.');
