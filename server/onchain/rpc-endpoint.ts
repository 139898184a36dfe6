import { HubError } from '#server/hub-error.ts';
import { createCallPace } from './call-pace.ts';
import type { EndpointConfiguration } from './chains.ts';
import { readRpcAnswer, type RefusedBatch } from './read-rpc-answer.ts';
import { RpcFault, type RpcAnswer, type RpcCall } from './rpc-fault.ts';

export type RpcFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** Told of every call that left, for what it costs: endpoints count calls, not batches. */
export type CountCall = (call: { endpoint: string; host: string; method: string; failed: boolean }) => void;

/** How endpoints are asked; those of `usualRpcLimits` unless told. */
export type RpcLimits = {
  timeoutMs: number;
  callsPerSecond: number;
  mostInBatch: number;
  /** The first rest after a fault; it doubles with each one that follows. */
  firstRestMs: number;
  longestRestMs: number;
  /** How long a call waits for an endpoint's turn before it fails. */
  longestWaitMs: number;
  /** How long the first answer waits for the others' heads, to know who lags. */
  headPatienceMs: number;
  checkEveryMs: number;
};

export const usualRpcLimits: RpcLimits = {
  timeoutMs: 8_000,
  callsPerSecond: 50,
  mostInBatch: 50,
  firstRestMs: 200,
  longestRestMs: 60_000,
  longestWaitMs: 3_000,
  headPatienceMs: 1_000,
  checkEveryMs: 60_000,
};

const ownCallsPerSecond = 10_000;

/** A node that the hub runs, or that runs beside it, is nobody else's to be spared. */
export function findUsualLimits({ url, origin }: EndpointConfiguration): RpcLimits {
  const isOwn = origin === 'hub' || /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
  return isOwn ? { ...usualRpcLimits, callsPerSecond: ownCallsPerSecond } : usualRpcLimits;
}

/** How long batches stay small after a large one was refused: the refusal may have been a passing fault. */
const smallBatchesMs = 10 * 60_000;
const largestAnswerBytes = 8 * 1024 * 1024;

type Answers = Map<RpcCall, RpcAnswer>;

const isAnswers = (told: readonly (RpcAnswer | null)[] | RefusedBatch): told is readonly (RpcAnswer | null)[] =>
  Array.isArray(told);

export type RpcEndpoint = ReturnType<typeof createRpcEndpoint>;

/**
 * One RPC server: sends batches, keeps to its rate, rests after faults, and tells these apart.
 *
 * A batch that the server refuses as such is sent again in halves, or in pieces as large as it says, and later ones stay that small for a while.
 */
export function createRpcEndpoint({
  configuration,
  fetch,
  limits,
  countCall,
  now,
}: {
  configuration: EndpointConfiguration;
  fetch: RpcFetch;
  limits: RpcLimits;
  countCall: CountCall;
  now: () => Date;
}) {
  const { id, url, origin } = configuration;
  const { host } = new URL(url);
  const pace = createCallPace({ perSecond: limits.callsPerSecond, now });
  let refused = { mostInBatch: limits.mostInBatch, until: 0 };
  let failures = 0;
  let restUntil = 0;
  let lastFault: RpcFault | null = null;

  const noteFault = (fault: RpcFault) => {
    failures += 1;
    lastFault = fault;
    const doubled = limits.firstRestMs * 2 ** (failures - 1);
    const usual = Math.min(
      limits.longestRestMs,
      fault.kind === 'time-out' ? Math.max(doubled, limits.timeoutMs) : doubled,
    );
    restUntil = now().getTime() + Math.min(5 * limits.longestRestMs, fault.retryAfterMs ?? usual);
  };

  async function exchange(calls: readonly RpcCall[], signal: AbortSignal): Promise<RpcAnswer[] | RefusedBatch> {
    const wire = calls.map(({ method, params }, index) => ({ jsonrpc: '2.0', id: index, method, params }));
    const limit = AbortSignal.timeout(limits.timeoutMs);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(wire.length === 1 ? wire[0] : wire),
        signal: AbortSignal.any([signal, limit]),
      });
      const text = await readText(response);
      return readRpcAnswer(
        { status: response.status, retryAfter: response.headers.get('retry-after'), text },
        calls.map(({ method }) => method),
        now(),
      );
    } catch (thrown) {
      signal.throwIfAborted();
      throw toFault(thrown, limit, limits.timeoutMs);
    }
  }

  /** Answers are put into `got` as they come, so that a fault of a later piece takes none of them away. */
  async function sendPiece(calls: readonly RpcCall[], got: Answers, signal: AbortSignal): Promise<void> {
    pace.take(calls.length);
    let told: readonly (RpcAnswer | null)[] | RefusedBatch = { limit: null, isPassing: false };
    try {
      told = await exchange(calls, signal);
    } catch (thrown) {
      if (thrown instanceof RpcFault) told = thrown.answered;
      throw thrown;
    } finally {
      for (const [index, call] of calls.entries()) {
        const answer = isAnswers(told) ? (told[index] ?? null) : null;
        if (answer !== null) got.set(call, answer);
        countCall({ endpoint: id, host, method: call.method, failed: answer === null || 'error' in answer });
      }
    }
    if (isAnswers(told)) return;
    const half = Math.max(1, Math.floor(calls.length / 2));
    if (told.isPassing) {
      await sendPiece(calls.slice(0, half), got, signal);
      await sendPiece(calls.slice(half), got, signal);
      return;
    }
    const mostInBatch = told.limit !== null && told.limit < calls.length ? told.limit : half;
    refused = { mostInBatch, until: now().getTime() + smallBatchesMs };
    await sendPieces(calls, got, signal);
  }

  async function sendPieces(calls: readonly RpcCall[], got: Answers, signal: AbortSignal): Promise<void> {
    let start = 0;
    while (start < calls.length) {
      const most = refused.until > now().getTime() ? refused.mostInBatch : limits.mostInBatch;
      await sendPiece(calls.slice(start, start + most), got, signal);
      start += most;
    }
  }

  /** What it answered, in the order of the calls, and the fault for which it left some without an answer. */
  async function ask(
    calls: readonly RpcCall[],
    signal: AbortSignal,
  ): Promise<{ answers: (RpcAnswer | null)[]; fault: RpcFault | null }> {
    const got: Answers = new Map();
    const inOrder = () => calls.map((call) => got.get(call) ?? null);
    try {
      await sendPieces(calls, got, signal);
    } catch (thrown) {
      if (!(thrown instanceof RpcFault)) throw thrown;
      noteFault(thrown);
      return { answers: inOrder(), fault: thrown };
    }
    failures = 0;
    restUntil = 0;
    lastFault = null;
    return { answers: inOrder(), fault: null };
  }

  return {
    id,
    host,
    origin,
    /** How long until it may be asked again: it rests after a fault, or its rate is used up. */
    waitMs: (): number => Math.max(restUntil - now().getTime(), pace.waitMs()),
    isResting: (): boolean => restUntil > now().getTime(),
    lastFault: (): RpcFault | null => lastFault,
    noteFault,
    ask,
    /** @throws {RpcFault} when the endpoint could not be used for all of them; the signal's reason when the caller left */
    send: async (calls: readonly RpcCall[], signal: AbortSignal): Promise<RpcAnswer[]> => {
      const { answers, fault } = await ask(calls, signal);
      if (fault !== null) throw fault;
      return answers.filter((answer) => answer !== null);
    },
  };
}

async function readText(response: Response): Promise<string> {
  const bytes: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    size += piece.byteLength;
    if (size > largestAnswerBytes) {
      throw new RpcFault('too-large', `answers with more than ${largestAnswerBytes / 1024 / 1024} MB`);
    }
    bytes.push(piece);
  }
  return Buffer.concat(bytes).toString('utf8');
}

function toFault(thrown: unknown, limit: AbortSignal, timeoutMs: number): RpcFault {
  if (thrown instanceof RpcFault) return thrown;
  const isSlow = limit.aborted || (thrown instanceof HubError && isTimeout(thrown.cause));
  if (isSlow) return new RpcFault('time-out', `gave no answer within ${timeoutMs / 1000} s`, { cause: thrown });
  if (thrown instanceof HubError && thrown.code === 'egress_refused') {
    return new RpcFault('not-allowed', 'may not be reached from this hub (HUB_EGRESS_ALLOW)', { cause: thrown });
  }
  return new RpcFault('unreachable', 'cannot be reached, or cut the connection', { cause: thrown });
}

const isTimeout = (cause: unknown): boolean => cause instanceof Error && cause.name === 'TimeoutError';
