import { translate } from '#web/lib/i18n/texts.ts';
import { toProblemTexts } from '#web/lib/problem-texts.ts';
import { showToast } from './toast-store.ts';

/** Says in passing what went wrong, where no place in the page is its own. */
export function showProblemToast(error: unknown): void {
  const { title, detail, advice } = toProblemTexts(error, translate);
  showToast({ title, detail: detail ?? advice ?? undefined, tone: 'danger', durationMs: 10_000 });
}
