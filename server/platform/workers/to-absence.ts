import { HubError } from '#server/hub-error.ts';
import type { Loss } from './worker-process.ts';

/**
 * Why a task has no answer although nothing is wrong with it.
 *
 * @param doing - what could not be done, as "read documents"
 */
export const toAbsence = (why: Extract<Loss, 'busy' | 'stopped'>, doing: { en: string; zh: string }): HubError =>
  why === 'busy'
    ? new HubError(
        'unavailable',
        {
          en: `The hub is too busy to ${doing.en} now. Try again in a moment.`,
          zh: `中枢正忙，暂时无法${doing.zh}，请稍后再试。`,
        },
        { retryAfterSeconds: 5 },
      )
    : new HubError('unavailable', {
        en: 'The hub is stopping. Try again in a moment.',
        zh: '中枢正在停止，请稍后再试。',
      });
