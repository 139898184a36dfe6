import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
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
      if (thrown.code === 'payload_too_large') throw new SqlFailure('too_large', 'Dune sent more than 64 MB at once.');
      throw new SqlFailure('unreachable', `Dune could not be reached: ${thrown.message}`);
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
      if (!answer.success) throw new SqlFailure('unreachable', 'Dune answered with something that is not its API.');
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
  const words = said === undefined ? '' : ` Dune says: ${said}`;
  switch (status) {
    case 401:
    case 403:
      return new SqlFailure('key_refused', `Dune does not take your key (${status}). Enter another one.${words}`);
    case 402:
      return new SqlFailure('credits_spent', `Your credits at Dune are spent (402).${words}`);
    case 429: {
      const pause = retryAfter === undefined ? 'in a moment' : `in ${Number(retryAfter) || 60} seconds`;
      return new SqlFailure('busy', `Dune takes no more requests of your key now (429). Try again ${pause}.${words}`);
    }
    default:
      return status < 500
        ? new SqlFailure('failed', said ?? `Dune refused the query (${status}).`)
        : new SqlFailure('unreachable', `Dune has a fault of its own (${status}).${words}`);
  }
}
