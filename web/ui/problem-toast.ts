import i18next from 'i18next';
import { toProblemTexts } from '#web/lib/problem-texts.ts';
import { showToast } from './toast-store.ts';

/** Says in passing what went wrong, where no place in the page is its own. */
export function showProblemToast(error: unknown): void {
  const { title, detail, advice } = toProblemTexts(error, i18next.getFixedT(null, 'common'));
  showToast({ title, detail: detail ?? advice ?? undefined, tone: 'danger', durationMs: 10_000 });
}
