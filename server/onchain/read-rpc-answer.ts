import { findBatchLimit, findRetryMs, isLogLimit } from './read-refusal.ts';
import { RpcError, RpcFault, type RpcAnswer } from './rpc-fault.ts';

type Received = { status: number; retryAfter: string | null; text: string };

/**
 * The endpoint refused a batch as such, which smaller ones may pass; `limit`: how many calls it takes, if it says.
 * `isPassing`: what was asked for in it was too much, and the next one may be as large.
 */
export type RefusedBatch = { limit: number | null; isPassing: boolean };

/**
 * Reads the answer to a batch of calls of these methods with the ids 0, 1, 2 …
 *
 * @throws {RpcFault} when it is no answer, or none to some of the calls: each way of it has its own words
 */
export function readRpcAnswer(received: Received, methods: readonly string[], now: Date): RpcAnswer[] | RefusedBatch {
  const { status, text } = received;
  const count = methods.length;
  const parsed = parse(text);
  const single = isRecord(parsed) ? toError(parsed, methods[0] ?? '') : null;
  if (status === 429 || single?.refusal === 'rate-limited') throw toRateLimit(received, single, { now });
  if (status === 401 || single?.refusal === 'no-access' || (status === 403 && !isAboutCall(single))) {
    throw toNoAccess(status);
  }
  if (single?.refusal === 'unwell') throw toUnwell(status);
  if (count > 1 && isRefusedBatch(status, parsed, single)) {
    return { limit: findBatchLimit(single?.message ?? text), isPassing: single?.isTooWide === true };
  }
  const answers = [parsed].flat().filter(isRecord);
  if (status >= 400 && !answers.some(({ error }) => error !== undefined)) {
    throw new RpcFault('server-error', `fails (HTTP ${status})`);
  }
  if (parsed === undefined) throw toUnreadable(text);
  const read = methods.map((method, id) => {
    // Some tell numbers of calls as text.
    const found = count === 1 ? answers[0] : answers.find((answer) => String(answer['id']) === String(id));
    if (found === undefined) return null;
    const error = toError(found, method);
    if (error !== null) return { error };
    return 'result' in found ? { result: found['result'] } : null;
  });
  const errors = read.flatMap((answer) => (answer !== null && 'error' in answer ? [answer.error] : []));
  const answered = read.map((answer) => (answer !== null && isOfEndpoint(answer) ? null : answer));
  const limiting = errors.find(({ refusal }) => refusal === 'rate-limited');
  if (limiting !== undefined) throw toRateLimit(received, limiting, { now, answered });
  if (errors.some(({ refusal }) => refusal === 'no-access')) throw toNoAccess(status, answered);
  if (errors.some(({ refusal }) => refusal === 'unwell')) throw toUnwell(status, answered);
  if (count > 1 && errors.length === count && errors.every(({ message }) => /batch/i.test(message))) {
    return { limit: findBatchLimit(errors[0]?.message ?? ''), isPassing: false };
  }
  const whole = read.filter((answer) => answer !== null);
  if (whole.length < count) {
    throw new RpcFault('cut-json', 'left out answers to a part of what it was asked', { answered });
  }
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

/** A list that came as one answer, or as a page that says that it was too long or no request at all. */
const isRefusedBatch = (status: number, parsed: unknown, single: RpcError | null): boolean =>
  single === null
    ? status === 413 ||
      (status === 200 && isRecord(parsed) && !Array.isArray(parsed)) ||
      (status === 400 && !isRecord(parsed))
    : status !== 404;

/** HTTP 403 also stands for a call that this key may not make, while others pass. */
const isAboutCall = (error: RpcError | null): boolean =>
  error !== null &&
  (error.code === -32_601 || !['other', 'final'].includes(error.refusal) || /method|blocked/i.test(error.message));

function toError({ error }: Record<string, unknown>, method: string): RpcError | null {
  if (!isRecord(error)) return typeof error === 'string' ? new RpcError({ code: -32_000, message: error }) : null;
  const { code, message, data } = error;
  const told = {
    code: typeof code === 'number' ? code : -32_000,
    message: typeof message === 'string' ? message.slice(0, 500) : '',
    data,
  };
  return isLogLimit(method, told) ? new RpcError(told, 'too-wide') : new RpcError(told);
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

/** What is of the endpoint and not of the call, so no answer to it. */
const isOfEndpoint = (answer: RpcAnswer): boolean =>
  'error' in answer && ['rate-limited', 'no-access', 'unwell'].includes(answer.error.refusal);

type Answered = readonly (RpcAnswer | null)[];

function toNoAccess(status: number, answered: Answered = []): RpcFault {
  return status === 401 || status === 403
    ? new RpcFault('refused', `refuses the hub (HTTP ${status}): its key may be wrong or used up`, { answered })
    : new RpcFault('refused', 'refuses the hub: it wants a key, or another one', { answered });
}

function toUnwell(status: number, answered: Answered = []): RpcFault {
  return status >= 400
    ? new RpcFault('server-error', `fails (HTTP ${status})`, { answered })
    : new RpcFault('server-error', 'says that none of its nodes is well', { answered });
}

function toRateLimit(
  { status, retryAfter }: Received,
  error: RpcError | null,
  { now, answered = [] }: { now: Date; answered?: Answered },
): RpcFault {
  const retryAfterMs = toDelayMs(retryAfter, now) ?? (error === null ? null : findRetryMs(error));
  const seconds = retryAfterMs === null ? null : Math.ceil(retryAfterMs / 1000);
  if (status !== 429) {
    const asked = seconds === null ? 'asks for fewer calls' : `asks for fewer calls (again in ${seconds} s)`;
    return new RpcFault('rate-limited', asked, { retryAfterMs, answered });
  }
  const asked =
    seconds === null ? 'asks for fewer calls (HTTP 429)' : `asks for fewer calls (HTTP 429, again in ${seconds} s)`;
  return new RpcFault('rate-limited', asked, { retryAfterMs, answered });
}

/** `Retry-After` is a number of seconds or a date (RFC 9110). */
function toDelayMs(value: string | null, now: Date): number | null {
  if (value === null) return null;
  const seconds = Number(value);
  const delayMs = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - now.getTime();
  return Number.isFinite(delayMs) && delayMs >= 0 ? delayMs : null;
}
