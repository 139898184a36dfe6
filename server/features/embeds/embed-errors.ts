import type { Problem, ProblemCode } from '#server/contract/problem.ts';
import { HubError } from '#server/hub-error.ts';

/** The same for an unknown agent, a private one, and one whose owner does not let it be embedded. */
export const embedClosed = () =>
  new HubError('forbidden', 'This agent cannot be embedded: its owner has not turned that on, or not shared it.');

export const siteNotAllowed = (site: string) =>
  new HubError('forbidden', `This agent may not be shown on ${site}: its owner has not named this site.`);

export const siteUnknown = () =>
  new HubError('forbidden', 'The browser does not say which site shows this agent, so it is not shown.');

export const visitGone = () => new HubError('not_found', 'This conversation has ended. Begin a new one.');

export const nothingToAnswer = () => new HubError('conflict', 'Nothing was asked yet that could be answered again.');

export const tooManyMessages = (most: number, retryAfterSeconds: number) =>
  new HubError('rate_limited', `${most} messages in a minute at most. Try again in ${retryAfterSeconds} s.`, {
    retryAfterSeconds,
  });

export const visitFull = (most: number) =>
  new HubError('conflict', `You may ask ${most} times in one conversation here. Start over to go on.`);

export const embedSpent = () =>
  new HubError(
    'budget_exceeded',
    'This agent has answered as much here as its owner lets it for now. Try again later.',
  );

const unavailable = () => new HubError('unavailable', 'This agent cannot answer at the moment. Try again later.');

/** Failures that a visitor can do something about, or that tell nothing of the owner. */
const told = new Set<ProblemCode>([
  'bad_request',
  'validation_failed',
  'forbidden',
  'not_found',
  'conflict',
  'rate_limited',
  'guard_refused',
  'run_cancelled',
  'run_interrupted',
]);

/** A failure as strangers may see it: models, tools and budgets are the owner's business. */
export function toVisitorProblem(problem: Problem): Problem {
  if (told.has(problem.code)) return problem;
  return (problem.code === 'budget_exceeded' ? embedSpent() : unavailable()).toProblem();
}

/** The same for a failure that is thrown before anything was answered. */
export function toVisitorError(thrown: unknown): unknown {
  if (!(thrown instanceof HubError) || told.has(thrown.code)) return thrown;
  return thrown.code === 'budget_exceeded' ? embedSpent() : unavailable();
}
