import type { ProblemIssue } from '#server/contract/problem.ts';
import { HubError } from '#server/hub-error.ts';

export const runNotFound = (run: string) => new HubError('not_found', `There is no run "${run}".`);

export const conversationNotFound = (conversation: string) =>
  new HubError('not_found', `There is no conversation "${conversation}".`);

export const conversationOfAnotherAgent = () =>
  new HubError(
    'conflict',
    'This conversation belongs to another agent. Begin a new one, or call the agent that it belongs to.',
  );

export const takerGone = () =>
  new HubError(
    'conflict',
    'The agent that took this conversation over is not there for you any more. Choose who answers: ' +
      'PATCH /api/conversations/{conversation} with "answeredBy".',
  );

export const conversationBusy = (run: string) =>
  new HubError('conflict', `Run ${run} is still under way in this conversation. Wait for it or cancel it first.`);

export const messageNotFound = (message: string) =>
  new HubError('not_found', `There is no message "${message}" in this conversation.`);

export const answerIsWhole = () =>
  new HubError('conflict', 'This answer was not cut off. Send "input" to say something after it.');

export const modelUnknown = (reference: string) =>
  new HubError('validation_failed', `Neither the hub’s connections nor your own offer "${reference}".`, {
    errors: [{ path: 'body.model', message: 'Choose a reference of GET /api/models.' }],
  });

export const ownModelRefused = () =>
  new HubError(
    'forbidden',
    'This agent is somebody else’s, and a model of your own could use its tools and budget as it likes. Choose one of the hub’s.',
  );

export const idempotencyKeyReused = () =>
  new HubError('conflict', 'This Idempotency-Key was used with another request. Use a new key for a new request.');

export const variablesMissing = (errors: ProblemIssue[]) =>
  new HubError('validation_failed', 'The agent asks for values that are missing or not among its choices.', { errors });

export const conversationWaits = (run: string) =>
  new HubError(
    'conflict',
    `Run ${run} waits for a person in this conversation. Answer what it asks, or cancel it, and send your message again.`,
  );

export const waitNotFound = (kind: 'approval' | 'form', wait: string) =>
  new HubError(
    'not_found',
    `There is no open ${kind} "${wait}" in this run. It may have been answered or have expired.`,
  );

export const valuesDoNotFit = (errors: ProblemIssue[]) =>
  new HubError('validation_failed', 'The form cannot be sent like this.', { errors });

export const runTimedOut = (seconds: number) =>
  new HubError('budget_exceeded', `This run may take ${seconds} seconds and was stopped there.`);

export const runUsesTooMuch = (limit: number, tokens: number) =>
  new HubError('budget_exceeded', `This run may use ${limit} tokens and has used ${tokens}.`);

export const runCostsTooMuch = (limit: number, costUsd: number) =>
  new HubError('budget_exceeded', `This run may cost $${limit} and has cost $${costUsd.toFixed(6)}.`);

export const runCancelled = () => new HubError('run_cancelled', 'The run was cancelled.');

export const runInterrupted = () =>
  new HubError('run_interrupted', 'The hub stopped while this run was under way. Repeat it to get an answer.');

export const checkpointUnreadable = () =>
  new HubError('run_interrupted', 'This version of the hub cannot go on with this run. Repeat it to get an answer.');

export const hubStopping = () => new HubError('unavailable', 'The hub is stopping. Try again in a moment.');

export const answerNotStored = () =>
  new HubError(
    'unavailable',
    'The answer could not be stored in time. Copy what you need: it may be missing from the conversation.',
  );

export const startNotStored = () =>
  new HubError('unavailable', 'The database of the hub did not answer when this run began. Ask again.');

export const runOutOfReach = (run: string) =>
  new HubError(
    'unavailable',
    `Run "${run}" lives in another process of the hub, which does not answer. If that process is gone, the run will be ` +
      'marked as interrupted within a minute.',
    { retryAfterSeconds: 10 },
  );
