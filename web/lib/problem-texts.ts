import type { Translate } from './i18n/texts.ts';
import { useTranslation } from './i18n/use-translation.ts';
import type { Problem, ProblemIssue } from '#server/contract/problem.ts';
import { ApiProblem } from './api-problem.ts';

const known = [
  'unauthenticated',
  'forbidden',
  'not_found',
  'rate_limited',
  'budget_exceeded',
  'precondition_failed',
  'model_unavailable',
  'model_rate_limited',
  'model_time_out',
  'model_rejected',
  'model_protocol_error',
  'guard_refused',
  'run_interrupted',
  'tests_not_passed',
  'unavailable',
  'insufficient_storage',
  'internal',
];
const plain: Record<string, string> = { insufficient_scope: 'forbidden' };

export type ProblemTexts = {
  title: string;
  /** The hub's own words, where they say more than the title. */
  detail: string | null;
  advice: string | null;
  issues: ProblemIssue[];
  requestId: string | null;
};

function isProblemShape(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null && 'code' in error && 'detail' in error;
}

/** Words for anything that was thrown or streamed as a problem, in the page's language. */
export function useProblemTexts(error: unknown): ProblemTexts {
  const { t } = useTranslation('common');
  return toProblemTexts(error, t);
}

/** The same with a given translation of `common`. */
export function toProblemTexts(error: unknown, t: Translate): ProblemTexts {
  const texts = (key: string) => ({ title: t(`problem.${key}.title`), advice: t(`problem.${key}.advice`) || null });

  const api = error instanceof ApiProblem ? error : null;
  if (api && api.kind !== 'answer') return { ...texts(api.kind), detail: null, issues: [], requestId: null };
  const problem = api?.problem ?? (isProblemShape(error) ? error : null);
  if (!problem) return { ...texts('unexpected'), detail: null, issues: [], requestId: null };

  const code = plain[problem.code] ?? problem.code;
  const words = texts(known.includes(code) ? code : 'other');
  const seconds = api?.retryAfterSeconds ?? null;
  return {
    title: words.title,
    advice:
      code === 'rate_limited' && seconds !== null ? t('problem.rateLimitedFor', { count: seconds }) : words.advice,
    // What is stored of a run that broke off was said to nobody, in English.
    detail: code === 'internal' || code === 'run_interrupted' ? null : problem.detail,
    issues: problem.errors ?? [],
    requestId: problem.requestId ?? null,
  };
}
