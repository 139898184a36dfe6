import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError } from '#server/hub-error.ts';

/** An input that cannot be sent as its operation wants it. */
export function inputProblem(property: string, message: LocalizedText): HubError {
  return new HubError(
    'validation_failed',
    { en: `The input is not valid. ${property}: ${message.en}`, zh: `输入无效。${property}：${message.zh}` },
    { errors: [{ path: `input.${property}`, message }] },
  );
}
