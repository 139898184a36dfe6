import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError, toHubError } from '#server/hub-error.ts';
import { signStandard } from '#server/webhook-signatures.ts';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
/** After each failed attempt; after the last, about eight hours later, a post is given up. */
const pausesMs = [5 * secondMs, minuteMs, 5 * minuteMs, 15 * minuteMs, hourMs, 2 * hourMs, 4 * hourMs];
const jitter = 0.2;
const timeoutMs = 15_000;

/** Posts to the outside, through the guard. @throws {HubError} `egress_refused`, `unavailable` */
export type PostOut = (
  url: string,
  request: { headers: Record<string, string>; body: string; signal: AbortSignal },
) => Promise<{ status: number; url: string }>;

type Needs = { post: PostOut; now: () => Date };
type Message = { id: string; url: string; secret: string; body: string };

/** Posts JSON, signed as Standard Webhooks has it, and answers the status; a redirect is not followed in silence. */
export async function postSigned({ post, now }: Needs, { id, url, secret, body }: Message, signal: AbortSignal) {
  const timestamp = String(Math.floor(now().getTime() / secondMs));
  const answer = await post(url, {
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': signStandard(secret, { id, timestamp, body }),
    },
    body,
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  });
  if (answer.url !== new URL(url).href) {
    throw new HubError('unavailable', {
      en: `It redirects to ${answer.url}; give that address itself.`,
      zh: `它重定向到 ${answer.url}；请直接填写该地址。`,
    });
  }
  return answer.status;
}

/** What is said of an answer that takes nothing. */
export const toAnswered = (status: number): LocalizedText => ({
  en: `It answered ${status}.`,
  zh: `它返回了状态 ${status}。`,
});

/** Why a post did not arrive, for whom it is of: the reason that stands in the log, too, where there is no better one. */
export function toPostFailure(thrown: unknown): LocalizedText {
  if (thrown instanceof DOMException && thrown.name === 'TimeoutError') {
    return { en: 'It did not answer in time.', zh: '它没有及时响应。' };
  }
  const error = toHubError(thrown);
  return error.code === 'internal' && thrown instanceof Error
    ? { en: thrown.message, zh: `发送失败：${thrown.message}` }
    : error.words;
}

/** When it is tried again after so many attempts; null: it is given up. */
export function findRetryTime(attempts: number, now: Date): Date | null {
  const pauseMs = pausesMs[attempts - 1];
  if (pauseMs === undefined) return null;
  const spread = 1 + jitter * (Math.random() * 2 - 1);
  return new Date(now.getTime() + Math.round(pauseMs * spread));
}
