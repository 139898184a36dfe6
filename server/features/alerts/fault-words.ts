import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError } from '#server/hub-error.ts';

/** What a failure says, in both languages. */
export function toFaultWords(error: HubError): LocalizedText {
  return { en: error.toProblem().detail, zh: error.toProblem(undefined, 'zh').detail };
}

/** Issues that a reading names by its own fields, as those of the watch in a request. */
export function toBodyIssues(thrown: unknown): unknown {
  if (!(thrown instanceof HubError) || thrown.code !== 'validation_failed') return thrown;
  const [english, chinese] = [thrown.toProblem().errors ?? [], thrown.toProblem(undefined, 'zh').errors ?? []];
  if (english.length === 0 || english.every(({ path }) => path.startsWith('body.'))) return thrown;
  return new HubError('validation_failed', toFaultWords(thrown), {
    errors: english.map(({ path, message }, index) => ({
      path: `body.watch.${path}`,
      message: { en: message, zh: chinese[index]?.message ?? message },
    })),
    cause: thrown,
  });
}
