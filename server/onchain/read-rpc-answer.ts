import { RpcError, RpcFault, type RpcAnswer } from './rpc-fault.ts';

type Received = { status: number; retryAfter: string | null; text: string };

/**
 * Reads the answer to a batch of `count` calls with the ids 0, 1, 2 …
 *
 * Gives `null` where the endpoint refused the batch as such, which smaller ones may pass.
 *
 * @throws {RpcFault} when it is no answer: each way of it has its own words
 */
export function readRpcAnswer(received: Received, count: number, now: Date): RpcAnswer[] | null {
  const { status, text } = received;
  const parsed = parse(text);
  const single = isRecord(parsed) ? toError(parsed) : null;
  if (status === 429 || single?.isRateLimit === true) throw toRateLimit(received, now);
  if (status === 401 || status === 403) {
    throw new RpcFault('refused', `refuses the hub (HTTP ${status}): its key may be wrong or used up`);
  }
  if (count > 1 && (status === 413 || (single !== null && status !== 404))) return null;
  if (status >= 400 && single === null) throw new RpcFault('server-error', `fails (HTTP ${status})`);
  if (parsed === undefined) throw toUnreadable(text);
  const answers = [parsed].flat().filter(isRecord);
  const read = Array.from({ length: count }, (_, id) => {
    const found = count === 1 ? answers[0] : answers.find((answer) => answer['id'] === id);
    if (found === undefined) return null;
    const error = toError(found);
    if (error !== null) return { error };
    return 'result' in found ? { result: found['result'] } : null;
  });
  if (read.some((answer) => answer !== null && 'error' in answer && answer.error.isRateLimit)) {
    throw toRateLimit(received, now);
  }
  const whole = read.filter((answer) => answer !== null);
  if (whole.length < count) throw new RpcFault('cut-json', 'left out answers to a part of what it was asked');
  return whole;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function toError({ error }: Record<string, unknown>): RpcError | null {
  if (!isRecord(error)) return typeof error === 'string' ? new RpcError({ code: -32_000, message: error }) : null;
  const { code, message, data } = error;
  return new RpcError({
    code: typeof code === 'number' ? code : -32_000,
    message: typeof message === 'string' ? message.slice(0, 500) : '',
    data,
  });
}

function toUnreadable(text: string): RpcFault {
  const start = text.trimStart();
  return start === '' || start.startsWith('{') || start.startsWith('[')
    ? new RpcFault('cut-json', 'broke off in the middle of its answer')
    : new RpcFault(
        'not-json',
        'answers with a page instead of JSON: its address may be wrong, or a sign-in page stands before it',
      );
}

function toRateLimit({ retryAfter }: Received, now: Date): RpcFault {
  const retryAfterMs = toDelayMs(retryAfter, now);
  const asked =
    retryAfterMs === null
      ? 'asks for fewer calls (HTTP 429)'
      : `asks for fewer calls (HTTP 429, again in ${Math.ceil(retryAfterMs / 1000)} s)`;
  return new RpcFault('rate-limited', asked, { retryAfterMs });
}

/** `Retry-After` is a number of seconds or a date (RFC 9110). */
function toDelayMs(value: string | null, now: Date): number | null {
  if (value === null) return null;
  const seconds = Number(value);
  const delayMs = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - now.getTime();
  return Number.isFinite(delayMs) && delayMs >= 0 ? delayMs : null;
}
