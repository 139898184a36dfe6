import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { StreamedBytes } from '#server/contract/lent-file.ts';
import { AnswerBody, type Piece } from './answer-body.ts';
import type { Target } from './check-target.ts';
import { answerTooLarge, toEgressError } from './egress-errors.ts';
import type { PiecePace } from './piece-pace.ts';

/** What is streamed is read anew for each request that a redirect leads to. */
export type OutgoingBody = string | Uint8Array | StreamedBytes;

export type OutgoingRequest = {
  target: Target;
  path: string;
  method: string;
  /** Names and values in turn. */
  headers: string[];
  body: OutgoingBody | null;
  signal: AbortSignal | null;
  maximumBytes: number;
  /** How the pieces of the body are handed on. */
  pace: PiecePace;
};

export type OpenedResponse = {
  status: number;
  statusText: string;
  headers: IncomingHttpHeaders;
  body: AnswerBody;
};

const toError = (reason: unknown) => (reason instanceof Error ? reason : new DOMException('Aborted', 'AbortError'));

/**
 * Sends one request on a checked connection and answers as soon as the headers are there; the body streams.
 *
 * A reader that is slow slows the sender down: no more than about 128 kB wait here. Aborting the signal fails the promise
 * or the body at once and breaks the connection.
 */
export function openResponse(connections: Dispatcher, request: OutgoingRequest): Promise<OpenedResponse> {
  const { target, signal, maximumBytes, pace } = request;
  return new Promise((resolve, reject) => {
    let exchange: Dispatcher.DispatchController | null = null;
    let body: AnswerBody | null = null;
    let receivedBytes = 0;
    let failure: Error | null = null;

    const fail = (error: Error) => {
      if (failure !== null) return;
      failure = error;
      signal?.removeEventListener('abort', abort);
      reject(error);
      body?.fail(error);
      exchange?.abort(error);
    };
    const abort = () => fail(toError(signal?.reason));

    if (signal?.aborted) {
      abort();
      return;
    }
    signal?.addEventListener('abort', abort);

    const pieces = pace((piece) => {
      if (failure === null) body?.add(piece);
    });

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(controller) {
        exchange = controller;
        if (failure !== null) controller.abort(failure);
      },
      onResponseStart(controller, status, headers, statusText) {
        if (status < 200) return;
        body = new AnswerBody({
          pause: () => controller.pause(),
          resume: () => controller.resume(),
          cancel: () => fail(new DOMException('The answer was not wanted any more', 'AbortError')),
        });
        resolve({ status, statusText: statusText ?? '', headers, body });
      },
      onResponseData(_controller, chunk) {
        receivedBytes += chunk.byteLength;
        if (receivedBytes > maximumBytes) {
          fail(answerTooLarge(target.shown, maximumBytes));
          return;
        }
        pieces.add(chunk as Piece);
      },
      onResponseEnd() {
        if (failure !== null) return;
        signal?.removeEventListener('abort', abort);
        pieces.flush();
        body?.close();
      },
      onResponseError(_controller, error) {
        pieces.flush();
        fail(toEgressError(error, target.shown));
      },
    };
    connections.dispatch(
      {
        origin: target.origin,
        path: request.path,
        method: request.method,
        ...toDispatched(request),
      },
      handler,
    );
  });
}

function toDispatched({ headers, body }: OutgoingRequest): Pick<Dispatcher.DispatchOptions, 'headers' | 'body'> {
  if (body === null || typeof body === 'string' || body instanceof Uint8Array) return { headers, body };
  return { headers: [...headers, 'content-length', String(body.size)], body: Readable.from(body.open()) };
}
