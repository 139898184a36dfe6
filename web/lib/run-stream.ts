import { EventSourceParserStream } from 'eventsource-parser/stream';
import { RunEvent } from '#server/contract/run-event.ts';
import { type ApiRequest, type Method, send } from './api-client.ts';
import { ApiProblem } from './api-problem.ts';
import { isWorthRetrying } from './query-client.ts';
import { waitToReconnect } from './wait-to-reconnect.ts';
import { watchConnection } from './watch-connection.ts';

const longestSilenceMs = 45_000;

export type StreamedRunEvent = { id: string | null; event: RunEvent };

export type StreamRunOptions = {
  path: string;
  method?: Method;
  body?: unknown;
  headers?: Record<string, string>;
  lastEventId?: string | null | undefined;
  /** Where the events of a run that has begun are read again. */
  toEventsPath?: (run: string) => string;
  signal?: AbortSignal | undefined;
  /** Told when the connection is lost (`reconnecting`) and when events flow again (`open`). */
  onConnection?: (state: 'open' | 'reconnecting') => void;
  /** Waits before the given attempt to reconnect (1, 2, …). */
  wait?: (attempt: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Failed attempts in a row before giving up. */
  maximumAttempts?: number;
  /** How long a connection may be silent before it is taken for dead. */
  silenceMs?: number;
  fetch?: typeof fetch;
};

/**
 * Reads a run's events in order until `run-end`, each once.
 *
 * A lost connection is taken up again at `toEventsPath`, else `GET /api/runs/:run/events`, with the last event's id; event ids are opaque.
 * While the device has no network, attempts go on.
 * Types that this page does not know are passed over. Aborting the signal ends the reading, not the run.
 *
 * @throws {ApiProblem} if the start is refused, or the connection stays lost.
 */
export async function* streamRun(options: StreamRunOptions): AsyncGenerator<StreamedRunEvent, void, undefined> {
  const { signal, onConnection, wait = waitToReconnect, maximumAttempts = 8 } = options;
  const { path, method = 'GET', body, silenceMs = longestSilenceMs, fetch = globalThis.fetch } = options;
  const { toEventsPath = (run) => `/api/runs/${encodeURIComponent(run)}/events` } = options;
  let target: Pick<ApiRequest, 'path' | 'method' | 'body'> = { path, method, ...(body !== undefined && { body }) };
  let canResume = method === 'GET';
  let lastEventId = options.lastEventId ?? null;
  let attempt = 0;

  for (;;) {
    signal?.throwIfAborted();
    const connection = watchConnection({ signal, silenceMs, mayBeLost: () => canResume });
    try {
      const resumeHeader = lastEventId === null ? {} : { 'last-event-id': lastEventId };
      const headers = { accept: 'text/event-stream', ...options.headers, ...resumeHeader };
      const response = await send({ ...target, headers, signal: connection.signal, fetch });
      for await (const { id, data } of readEvents(response, connection.heard)) {
        if (attempt > 0) onConnection?.('open');
        attempt = 0;
        lastEventId = id ?? lastEventId;
        const event = parseEvent(data);
        if (!event) continue;
        if (event.type === 'run-start') {
          canResume = true;
          target = { path: toEventsPath(event.run), method: 'GET' };
        }
        yield { id, event };
        if (event.type === 'run-end') return;
      }
      throw ApiProblem.network(new Error('The stream ended before the run did.'));
    } catch (error) {
      signal?.throwIfAborted();
      const problem = error instanceof ApiProblem ? error : ApiProblem.network(error);
      attempt += 1;
      const mayPass = isWorthRetrying(problem) || problem.problem.status === 429;
      if (!canResume || !mayPass || (attempt > maximumAttempts && navigator.onLine)) throw problem;
      onConnection?.('reconnecting');
    } finally {
      connection.end();
    }
    await wait(attempt, signal);
  }
}

async function* readEvents(
  response: Response,
  onBytes: () => void,
): AsyncGenerator<{ id: string | null; data: string }> {
  if (!response.body) return;
  const listening = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform: (chunk, controller) => {
      onBytes();
      controller.enqueue(chunk);
    },
  });
  const reader = response.body
    .pipeThrough(listening)
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield { id: value.id ?? null, data: value.data };
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function parseEvent(data: string): RunEvent | null {
  try {
    return RunEvent.safeParse(JSON.parse(data)).data ?? null;
  } catch {
    return null;
  }
}
