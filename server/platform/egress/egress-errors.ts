import { HubError } from '#server/hub-error.ts';

const named = (limit: string) => new DOMException(limit, 'TimeoutError');

const toCauseCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** An address that nobody may reach from this hub, unless an administrator allows it. */
export const egressRefused = (host: string, why: string, allowEntry?: string) =>
  new HubError(
    'egress_refused',
    `The hub does not connect to ${host}: ${why}.${
      allowEntry === undefined
        ? ''
        : ` If it is meant to be reached, an administrator adds "${allowEntry}" to HUB_EGRESS_ALLOW.`
    }`,
  );

/** The cause's name is `TimeoutError`, so that callers can tell slow from broken. */
export const tookTooLong = (host: string, limit: string) =>
  new HubError('unavailable', `${host} took too long: ${limit}.`, { cause: named(limit) });

export const answerTooLarge = (host: string, maximumBytes: number) =>
  new HubError('payload_too_large', `The answer of ${host} is larger than the ${maximumBytes} bytes allowed.`);

export const answerUnreadable = (host: string, why: string, cause?: unknown) =>
  new HubError('unavailable', `The answer of ${host} cannot be read: ${why}.`, { cause });

/** Any failure of the network as one that people may see; the original is its cause. */
export function toEgressError(error: unknown, host: string): HubError {
  if (error instanceof HubError) return error;
  switch (toCauseCode(error)) {
    case 'UND_ERR_CONNECT_TIMEOUT':
      // Nothing was sent, so it is no answer that is late.
      return new HubError('unavailable', `${host} took too long: no connection within the time limit.`, {
        cause: error,
      });
    case 'UND_ERR_HEADERS_TIMEOUT':
      return tookTooLong(host, 'no answer within the time limit');
    case 'UND_ERR_BODY_TIMEOUT':
      return tookTooLong(host, 'the answer stopped coming');
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new HubError('unavailable', `The name ${host} cannot be found.`, { cause: error });
    case 'ECONNREFUSED':
      return new HubError('unavailable', `Nothing answers at ${host}.`, { cause: error });
    default:
      return new HubError('unavailable', `The connection to ${host} failed.`, { cause: error });
  }
}
