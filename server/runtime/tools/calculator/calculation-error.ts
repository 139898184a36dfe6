import { HubError } from '#server/hub-error.ts';

/** What a person or a model must change in an expression. */
export function toCalculationError(detail: string): HubError {
  return new HubError('validation_failed', detail, { errors: [{ path: 'expression', message: detail }] });
}
