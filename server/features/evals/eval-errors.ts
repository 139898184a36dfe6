import { mostEvals } from '#server/contract/eval.ts';
import type { ProblemIssue } from '#server/contract/problem.ts';
import { HubError } from '#server/hub-error.ts';

export const evalNotFound = (id: string) => new HubError('not_found', `The agent has no test "${id}".`);

export const evalRunNotFound = (id: string) => new HubError('not_found', `The agent has no run of tests "${id}".`);

export const revisionMissing = () =>
  new HubError('precondition_required', 'Send If-Match with the ETag of the test as you read it.');

export const evalChanged = (revision: number) =>
  new HubError('precondition_failed', `The test was changed in the meantime and is now at revision ${revision}.`);

export const tooManyEvals = () => new HubError('conflict', `An agent has ${mostEvals} tests at most.`);

export const noEvals = () => new HubError('conflict', 'The agent has no tests yet. Add one first.');

export const notPublished = () =>
  new HubError('conflict', 'Nothing is published yet that the draft could be compared with.');

export const evalsUnderWay = () =>
  new HubError('conflict', 'The tests of this agent are being run already. Wait for their end, or cancel them.');

export const modelsMissing = (missing: { place: number; model: string }[]) =>
  new HubError('validation_failed', 'Not every model is connected to this hub.', {
    errors: missing.map(({ place, model }) => ({
      path: `body.columns.${place}.model`,
      message: `The model ${model} is not connected to this hub.`,
    })),
  });

export const csvInvalid = (errors: ProblemIssue[]) =>
  new HubError(
    'validation_failed',
    'The CSV cannot be imported; each fault is listed with its line. Nothing was imported.',
    {
      errors: errors.map(({ path, message }) => ({ path: `body.csv: ${path}`, message })),
    },
  );

/** Why a draft is not published whose tests must pass first. */
export const testsNotPassed = (state: 'not-run' | 'not-passed') =>
  new HubError(
    'tests_not_passed',
    state === 'not-run'
      ? 'The tests of this agent must pass before it is published. They were not all run on this very draft.'
      : 'The tests of this agent must pass before it is published. Not all of them passed on this very draft.',
  );

/** @param why - how the process that checked it ended */
export const checkFailed = (why: 'slow' | 'memory' | 'broken' | 'busy' | 'stopped') =>
  why === 'busy' || why === 'stopped'
    ? new HubError('unavailable', 'The answer cannot be checked now. Run the test again in a moment.')
    : new HubError('validation_failed', 'The pattern takes too long on this answer. Write a simpler one.');
