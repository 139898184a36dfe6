import { HubError } from '#server/hub-error.ts';

/** Issues that a reading names by its own fields, as those of the watch in a request. */
export function toBodyIssues(thrown: unknown): unknown {
  if (!(thrown instanceof HubError) || thrown.code !== 'validation_failed') return thrown;
  const { issues } = thrown;
  if (issues.length === 0 || issues.every(({ path }) => path.startsWith('body.'))) return thrown;
  return new HubError('validation_failed', thrown.words, {
    errors: issues.map(({ path, message }) => ({ path: `body.watch.${path}`, message })),
    cause: thrown,
  });
}
