import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError } from '#server/hub-error.ts';

/** What a person or a model must change in an expression. */
export function toCalculationError(detail: LocalizedText): HubError {
  return new HubError('validation_failed', detail, { errors: [{ path: 'expression', message: detail }] });
}
