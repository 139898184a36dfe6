import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError } from '#server/hub-error.ts';
import type { Egress } from '#server/platform/egress/create-egress.ts';
import { SqlFailure } from '#server/platform/sql/sql-failure.ts';

const maximumBytes = 64 * 1024 * 1024;
const timeoutMs = 60_000;
const mostTries = 5;
const longestPauseSeconds = 60;
const Refusal = z.object({ error: z.union([z.string(), z.object({ message: z.string() })]) });
/** Whole numbers and fractions with more digits than a number of JavaScript keeps; texts are passed over. */
const longNumbers = /"(?:[^"\\]|\\.)*"|-?\d[\d.]{15,}(?:[eE][+-]?\d+)?/g;

type Asked = { method: 'GET' | 'POST'; path: string; body?: object };
export type AskDune = <Answer>(asked: Asked, schema: z.ZodType<Answer>, signal: AbortSignal) => Promise<Answer>;

/** Speaks to Dune with one key; every digit of a number is kept. What Dune refuses becomes a `SqlFailure`. */
export function createAskDune(needs: { fetch: Egress['fetch']; baseUrl: string; apiKey: string }): AskDune {
  const { fetch, baseUrl, apiKey } = needs;

  async function send({ method, path, body }: Asked, signal: AbortSignal) {
    const headers = { 'x-dune-api-key': apiKey, accept: 'application/json', 'content-type': 'application/json' };
    const request = { method, headers, signal, maximumBytes, timeoutMs };
    try {
      const sent = body === undefined ? request : { ...request, body: JSON.stringify(body) };
      return await fetch(`${baseUrl}/api/v1/${path}`, sent);
    } catch (thrown) {
      if (signal.aborted || !(thrown instanceof HubError)) throw thrown;
      if (thrown.code === 'payload_too_large') {
        throw new SqlFailure('too_large', {
          en: 'Dune sent more than 64 MB at once.',
          zh: 'Dune 一次发送了超过 64 MB 的内容。',
        });
      }
      const { en, zh } = thrown.words;
      throw new SqlFailure('unreachable', { en: `Dune could not be reached: ${en}`, zh: `无法连接 Dune：${zh}` });
    }
  }

  return async (asked, schema, signal) => {
    for (let tries = 1; ; tries += 1) {
      const { status, headers, bytes } = await send(asked, signal);
      const text = Buffer.from(bytes).toString('utf8');
      // To begin again could be to pay twice.
      if (status === 429 && asked.method === 'GET' && tries < mostTries) {
        await wait(Math.min(Number(headers['retry-after'] ?? 2) || 2, longestPauseSeconds) * 1000, undefined, {
          signal,
        });
        continue;
      }
      if (status >= 400) throw toRefusal(status, text, headers['retry-after']);
      const answer = schema.safeParse(readJson(text));
      if (!answer.success) {
        throw new SqlFailure('unreachable', {
          en: 'Dune answered with something that is not its API.',
          zh: 'Dune 的响应不是其 API 的内容。',
        });
      }
      return answer.data;
    }
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(longNumbers, (found) => (found.startsWith('"') ? found : `"${found}"`)));
  } catch {
    return null;
  }
}

function toRefusal(status: number, text: string, retryAfter: string | undefined): SqlFailure {
  const refusal = Refusal.safeParse(readJson(text)).data?.error;
  const said = (typeof refusal === 'string' ? refusal : refusal?.message)?.slice(0, 1000);
  const added = said === undefined ? { en: '', zh: '' } : { en: ` Dune says: ${said}`, zh: `Dune 的说明：${said}` };
  const add = ({ en, zh }: LocalizedText) => ({ en: `${en}${added.en}`, zh: `${zh}${added.zh}` });
  switch (status) {
    case 401:
    case 403:
      return new SqlFailure(
        'key_refused',
        add({
          en: `Dune does not take your key (${status}). Enter another one.`,
          zh: `Dune 不接受您的密钥（${status}），请填写另一个。`,
        }),
      );
    case 402:
      return new SqlFailure(
        'credits_spent',
        add({ en: 'Your credits at Dune are spent (402).', zh: '您在 Dune 的额度已用完（402）。' }),
      );
    case 429: {
      const seconds = Number(retryAfter) || 60;
      return new SqlFailure(
        'busy',
        add({
          en: `Dune takes no more requests of your key now (429). Try again ${retryAfter === undefined ? 'in a moment' : `in ${seconds} seconds`}.`,
          zh: `Dune 暂时不再接受您密钥的请求（429）。请${retryAfter === undefined ? '稍后' : ` ${seconds} 秒后`}再试。`,
        }),
      );
    }
    default:
      return status < 500
        ? new SqlFailure(
            'failed',
            said ?? { en: `Dune refused the query (${status}).`, zh: `Dune 拒绝了此查询（${status}）。` },
          )
        : new SqlFailure(
            'unreachable',
            add({ en: `Dune has a fault of its own (${status}).`, zh: `Dune 自身出错（${status}）。` }),
          );
  }
}
