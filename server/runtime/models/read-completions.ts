import { StringDecoder } from 'node:string_decoder';
import { createParser } from 'eventsource-parser';
import { APIError } from 'openai';
import type OpenAI from 'openai';

type StreamChunk = OpenAI.Chat.ChatCompletionChunk;
/** Text of one kind, and nothing else that the hub reads. */
type Piece = { key: string; delta: Record<string, unknown> };

const textKeys = new Set(['content', 'reasoning_content', 'reasoning']);

/**
 * Reads a streamed answer of the chat completions API. Pieces of text that came in one read of the network are one chunk:
 * the client's own reader, and all that stands after it, take as long for a word as for a sentence.
 *
 * A connection that breaks after the usage was told ends the stream like any other; whether the answer was whole is told by
 * its finish reason.
 *
 * @throws {APIError} a failure that the provider told in the stream
 * @throws {SyntaxError} what is not JSON
 */
export async function* readCompletions(response: Response): AsyncGenerator<StreamChunk, void> {
  let read: StreamChunk[] = [];
  let last: Piece | null = null;
  let isCounted = false;
  const parser = createParser({
    onEvent: ({ data }) => {
      if (data.startsWith('[DONE]')) return;
      const chunk = JSON.parse(data) as StreamChunk & { error?: object };
      if (chunk.error) throw new APIError(undefined, chunk.error, undefined, response.headers);
      const piece = toPiece(chunk);
      if (piece !== null && last?.key === piece.key) {
        last.delta[piece.key] = `${last.delta[piece.key] as string}${piece.delta[piece.key] as string}`;
        return;
      }
      isCounted ||= Boolean(chunk.usage);
      last = piece;
      read.push(chunk);
    },
  });
  const take = () => {
    const taken = read;
    read = [];
    last = null;
    return taken;
  };
  const decoder = new StringDecoder('utf8');
  try {
    for await (const bytes of toPieces(response)) {
      parser.feed(decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)));
      yield* take();
    }
  } catch (thrown) {
    yield* take();
    if (!isCounted) throw thrown;
    return;
  }
  // Some servers leave out the blank line after the last event.
  parser.feed(`${decoder.end()}\n\n`);
  yield* take();
}

/** The hub's own responses are read without a web stream, which takes longer and more memory. */
function toPieces(response: Response | (Response & AsyncIterable<Uint8Array>)): AsyncIterable<Uint8Array> {
  if (Symbol.asyncIterator in response) return response;
  // The type of the web's streams does not know that Node.js reads them so.
  return (response.body ?? []) as AsyncIterable<Uint8Array>;
}

function toPiece({ choices, usage }: StreamChunk): Piece | null {
  const [choice] = choices;
  if (usage || choice === undefined || choices.length > 1 || choice.finish_reason || choice.logprobs) return null;
  // Servers send more, and null, where the type promises fields of OpenAI's own.
  const delta = choice.delta as unknown as Record<string, unknown> | null;
  let found: string | null = null;
  for (const key in delta) {
    if (key === 'role') continue;
    if (found !== null || !textKeys.has(key) || typeof delta[key] !== 'string') return null;
    found = key;
  }
  return delta === null || found === null ? null : { key: found, delta };
}
