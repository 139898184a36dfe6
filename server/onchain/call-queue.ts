import { bundleCalls, readBundle } from './bundle-calls.ts';
import type { RpcAnswer, RpcCall } from './rpc-fault.ts';

type Queued = {
  call: RpcCall;
  signal: AbortSignal;
  resolve: (answer: RpcAnswer) => void;
  reject: (reason: unknown) => void;
};

type Needs = {
  send: (calls: readonly RpcCall[], signal: AbortSignal) => Promise<RpcAnswer[]>;
  hasMulticall: boolean;
};

/**
 * Sends what is asked in one turn of the event loop as one batch, contract reads at the same block as one call of it.
 *
 * An abort ends the batch when nobody waits for any part of it any more.
 */
export function createCallQueue({ send, hasMulticall }: Needs) {
  let waiting: Queued[] = [];

  async function sendAll(queued: readonly Queued[]): Promise<void> {
    const signal = whenAllAborted(queued.map((one) => one.signal));
    try {
      const calls = queued.map(({ call }) => call);
      const bundles = hasMulticall ? bundleCalls(calls) : [];
      const bundled = new Set(bundles.flatMap(({ positions }) => positions));
      const alone = queued.filter((_, position) => !bundled.has(position));
      const answers = await send([...bundles.map(({ call }) => call), ...alone.map(({ call }) => call)], signal);
      const unread: Queued[] = [];
      for (const [index, { positions }] of bundles.entries()) {
        const members = positions.flatMap((position) => queued[position] ?? []);
        const answer = answers[index];
        const parts = answer === undefined ? null : readBundle(answer, members.length);
        if (parts === null) unread.push(...members);
        else settle(members, parts);
      }
      settle(alone, answers.slice(bundles.length));
      if (unread.length > 0) {
        settle(
          unread,
          await send(
            unread.map(({ call }) => call),
            signal,
          ),
        );
      }
    } catch (thrown) {
      for (const { reject } of queued) reject(thrown);
    }
  }

  return (call: RpcCall, signal: AbortSignal): Promise<RpcAnswer> =>
    new Promise((resolve, reject) => {
      waiting.push({ call, signal, resolve, reject });
      if (waiting.length > 1) return;
      setImmediate(() => {
        const queued = waiting.filter((one) => !one.signal.aborted);
        for (const one of waiting) if (one.signal.aborted) one.reject(one.signal.reason);
        waiting = [];
        if (queued.length > 0) void sendAll(queued);
      });
    });
}

function settle(queued: readonly Queued[], answers: readonly RpcAnswer[]): void {
  for (const [index, { resolve, reject }] of queued.entries()) {
    const answer = answers[index];
    if (answer === undefined) reject(new Error('A call was left without an answer.'));
    else resolve(answer);
  }
}

function whenAllAborted(signals: readonly AbortSignal[]): AbortSignal {
  const all = new AbortController();
  let left = signals.length;
  for (const signal of signals) {
    signal.addEventListener(
      'abort',
      () => {
        left -= 1;
        if (left === 0) all.abort(signal.reason);
      },
      { once: true },
    );
  }
  return all.signal;
}
