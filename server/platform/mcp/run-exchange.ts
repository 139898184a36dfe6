import { AsyncLocalStorage } from 'node:async_hooks';
import { HubError } from '#server/hub-error.ts';

type Exchange = {
  signal: AbortSignal;
  fail: (error: Error) => void;
  receive: (bytes: number) => void;
  beginRequest: () => void;
  endStream: () => void;
};

export type ExchangeLimits = {
  /** What people call the other side. */
  shown: string;
  timeoutMs: number;
  maximumBytes: number;
  resumeMs: number;
  /** What opens a connection leaves streams behind that live on. */
  keepsStreams?: boolean;
};

const exchanges = new AsyncLocalStorage<Exchange>();

const lingerMs = 1000;
const farewellMs = 3000;

/** The exchange that the code under way belongs to. */
export const currentExchange = (): Exchange | undefined => exchanges.getStore();

const asError = (reason: unknown) => (reason instanceof Error ? reason : new DOMException('Aborted', 'AbortError'));

/**
 * Runs one exchange with a server, which ends in time whatever the vendor's client waits for.
 *
 * The first failure of any request inside is the failure of all of it: vendors' code would swallow it, or wrap it beyond
 * recognition. Requests find their exchange by the asynchronous context, because the vendor's client hands no signal to some
 * of them and none of its own failures to those that wait. Aborting rejects with the signal's reason.
 */
export async function runExchange<Answer>(
  { shown, timeoutMs, maximumBytes, resumeMs, keepsStreams = false }: ExchangeLimits,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  signal.throwIfAborted();
  const stop = new AbortController();
  let isOver = false;
  let receivedBytes = 0;
  let resumption: NodeJS.Timeout | undefined;

  return new Promise<Answer>((resolve, reject) => {
    const settle = () => {
      isOver = true;
      clearTimeout(clock);
      clearTimeout(resumption);
      signal.removeEventListener('abort', forward);
    };
    const fail = (error: Error) => {
      if (isOver) return;
      settle();
      reject(error);
      stop.abort(error);
    };
    const forward = () => fail(asError(signal.reason));
    const clock = setTimeout(() => fail(tookTooLong(shown, timeoutMs)), timeoutMs);
    signal.addEventListener('abort', forward);

    const exchange: Exchange = {
      signal: stop.signal,
      fail,
      receive: (bytes) => {
        receivedBytes += bytes;
        if (receivedBytes <= maximumBytes || isOver) return;
        fail(answerTooLarge(shown, maximumBytes));
        throw stop.signal.reason;
      },
      beginRequest: () => clearTimeout(resumption),
      endStream: () => {
        clearTimeout(resumption);
        if (!isOver) resumption = setTimeout(() => fail(endedWithoutResult(shown)), resumeMs);
      },
    };
    exchanges
      .run(exchange, () => work(stop.signal))
      .then(
        (answer) => {
          if (isOver) return;
          settle();
          resolve(answer);
          // A server may hold its stream open after the result; one that ends it keeps its connection alive.
          if (!keepsStreams) setTimeout(() => stop.abort(), lingerMs).unref();
        },
        (error: unknown) => fail(asError(error)),
      );
  });
}

/** The signal for a request of an exchange; what is sent after its end, such as a notice of that, gets a moment of its own. */
export function signalOf(exchange: Exchange | undefined, given: AbortSignal | null | undefined): AbortSignal {
  const own = exchange === undefined || exchange.signal.aborted ? AbortSignal.timeout(farewellMs) : exchange.signal;
  return given === null || given === undefined ? own : AbortSignal.any([given, own]);
}

const tookTooLong = (shown: string, timeoutMs: number) =>
  new HubError(
    'unavailable',
    {
      en: `${shown} took too long: no answer within ${timeoutMs / 1000} s.`,
      zh: `${shown} 响应太慢：${timeoutMs / 1000} 秒内没有响应。`,
    },
    { cause: new DOMException(`${timeoutMs} ms`, 'TimeoutError') },
  );

const answerTooLarge = (shown: string, maximumBytes: number) =>
  new HubError('payload_too_large', {
    en: `The answer of ${shown} is larger than the ${Math.floor(maximumBytes / 1024 / 1024)} MB allowed. Ask it for less at once.`,
    zh: `${shown} 的响应超过了允许的 ${Math.floor(maximumBytes / 1024 / 1024)} MB。请一次少请求一些。`,
  });

const endedWithoutResult = (shown: string) =>
  new HubError('unavailable', {
    en: `${shown} ended its answer without a result. Try again.`,
    zh: `${shown} 结束了响应但没有给出结果。请重试。`,
  });
