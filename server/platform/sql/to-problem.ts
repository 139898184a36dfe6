import { HubError } from '#server/hub-error.ts';
import { SqlFailure } from './sql-failure.ts';

/**
 * Throws what the engine could not read as the fault of a request, and everything else as it is.
 *
 * @param path - what of the request was wrong
 */
export const toProblem =
  (path: string) =>
  (thrown: unknown): never => {
    if (!(thrown instanceof SqlFailure)) throw thrown;
    const { kind, message: en, words } = thrown.fault;
    if (kind === 'busy' || kind === 'interrupted') {
      throw new HubError('unavailable', { en, zh: '查询引擎正忙，请稍后再试。' }, { retryAfterSeconds: 5 });
    }
    const message = words ?? { en, zh: `无法读取：${en}` };
    throw new HubError('validation_failed', message, { errors: [{ path, message }] });
  };
