import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError } from '#server/hub-error.ts';

const named = (limit: string) => new DOMException(limit, 'TimeoutError');

const unavailable = (words: LocalizedText, cause: unknown) => new HubError('unavailable', words, { cause });

const toCauseCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/**
 * An address that nobody may reach from this hub, unless an administrator allows it.
 *
 * @param host - null: what was written has none
 */
export function egressRefused(host: string | null, why: LocalizedText, allowEntry?: string): HubError {
  const way =
    allowEntry === undefined
      ? { en: '', zh: '' }
      : {
          en: ` If it is meant to be reached, an administrator adds "${allowEntry}" to HUB_EGRESS_ALLOW.`,
          zh: `如确需访问，请管理员将“${allowEntry}”加入 HUB_EGRESS_ALLOW。`,
        };
  return new HubError('egress_refused', {
    en: `The hub does not connect to ${host ?? 'this address'}: ${why.en}.${way.en}`,
    zh: `中枢不会连接${host === null ? '此地址' : ` ${host}`}：${why.zh}。${way.zh}`,
  });
}

/** The cause's name is `TimeoutError`, so that callers can tell slow from broken. */
export const tookTooLong = (host: string, limit: LocalizedText) =>
  unavailable({ en: `${host} took too long: ${limit.en}.`, zh: `${host} 响应太慢：${limit.zh}。` }, named(limit.en));

export const answerTooLarge = (host: string, maximumBytes: number) =>
  new HubError('payload_too_large', {
    en: `The answer of ${host} is larger than the ${maximumBytes} bytes allowed.`,
    zh: `${host} 的响应超过了允许的 ${maximumBytes} 字节。`,
  });

export const answerUnreadable = (host: string, why: LocalizedText, cause?: unknown) =>
  unavailable(
    { en: `The answer of ${host} cannot be read: ${why.en}.`, zh: `无法读取 ${host} 的响应：${why.zh}。` },
    cause,
  );

/** Any failure of the network as one that people may see; the original is its cause. */
export function toEgressError(error: unknown, host: string): HubError {
  if (error instanceof HubError) return error;
  switch (toCauseCode(error)) {
    case 'UND_ERR_CONNECT_TIMEOUT':
      // Nothing was sent, so it is no answer that is late.
      return unavailable(
        {
          en: `${host} took too long: no connection within the time limit.`,
          zh: `${host} 响应太慢：未能在时限内建立连接。`,
        },
        error,
      );
    case 'UND_ERR_HEADERS_TIMEOUT':
      return tookTooLong(host, { en: 'no answer within the time limit', zh: '未在时限内响应' });
    case 'UND_ERR_BODY_TIMEOUT':
      return tookTooLong(host, { en: 'the answer stopped coming', zh: '响应中途停止' });
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return unavailable({ en: `The name ${host} cannot be found.`, zh: `找不到域名 ${host}。` }, error);
    case 'ECONNREFUSED':
      return unavailable({ en: `Nothing answers at ${host}.`, zh: `${host} 没有响应。` }, error);
    default:
      return unavailable({ en: `The connection to ${host} failed.`, zh: `与 ${host} 的连接失败。` }, error);
  }
}
