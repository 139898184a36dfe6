import { HubError } from '#server/hub-error.ts';
import { currentExchange, signalOf } from './run-exchange.ts';

/** A WHATWG fetch that reaches only what the hub may reach, and follows no redirect. */
export type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

type Bytes = Uint8Array<ArrayBuffer>;
type Watch = { receive: (piece: Bytes) => void; end: () => void; fail: (error: unknown) => void };

const isEventStream = (headers: Headers) => headers.get('content-type')?.startsWith('text/event-stream') === true;

const tailCharacters = 16;

/** Looks whether an answer to a request, which has a member `result` or `error`, went by. */
function createAnswerSearch() {
  let tail = '';
  let isFound = false;
  return {
    look: (piece: Bytes) => {
      if (isFound) return;
      const text = tail + Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString('latin1');
      isFound = /"(?:result|error)"/.test(text);
      tail = text.slice(-tailCharacters);
    },
    isFound: () => isFound,
  };
}

function watchBody(body: ReadableStream<Bytes>, { receive, end, fail }: Watch): ReadableStream<Bytes> {
  const reader = body.getReader();
  return new ReadableStream<Bytes>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) {
          controller.close();
          end();
          return;
        }
        receive(value);
        controller.enqueue(value);
      } catch (error) {
        fail(error);
        controller.error(error);
        reader.cancel(error).catch(() => {});
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/**
 * Makes a fetch whose requests belong to the exchange that sends them: its signal ends them, its byte limit counts what they
 * receive, and what fails here fails all of it.
 *
 * A request outside an exchange, or after its end, has a few seconds.
 */
export function createWatchedFetch(fetch: Fetch): Fetch {
  return async (url, init) => {
    const exchange = currentExchange();
    const fail = (error: unknown) => {
      if (error instanceof HubError) exchange?.fail(error);
    };
    exchange?.beginRequest();
    const response = await fetch(url, { ...init, signal: signalOf(exchange, init?.signal) }).catch((error: unknown) => {
      fail(error);
      throw error;
    });
    if (response.body === null || exchange === undefined) return response;
    const search = response.ok && isEventStream(response.headers) ? createAnswerSearch() : null;
    const body = watchBody(response.body, {
      receive: (piece) => {
        exchange.receive(piece.byteLength);
        search?.look(piece);
      },
      // The vendor's client waits for an answer that cannot come any more, unless the stream is taken up again.
      end: () => {
        if (search?.isFound() === false) exchange.endStream();
      },
      fail,
    });
    return new Response(body, { status: response.status, statusText: response.statusText, headers: response.headers });
  };
}

/**
 * The same without the stream that a server may fill unasked: nothing that comes there is wanted, and each would hold a
 * connection. A stream that was cut may still be taken up again.
 */
export function withoutStandingStream(fetch: Fetch): Fetch {
  return async (url, init) => {
    const isStanding = init?.method === 'GET' && !new Headers(init.headers).has('last-event-id');
    return isStanding ? new Response(null, { status: 405 }) : fetch(url, init);
  };
}
