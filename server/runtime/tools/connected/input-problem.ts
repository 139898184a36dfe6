import { HubError } from '#server/hub-error.ts';

/** An input that cannot be sent as its operation wants it. */
export function inputProblem(property: string, message: string): HubError {
  return new HubError('validation_failed', `The input is not valid. ${property}: ${message}`, {
    errors: [{ path: `input.${property}`, message }],
  });
}
