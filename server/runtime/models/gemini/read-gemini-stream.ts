import type { GeminiEvent } from './gemini-wire.ts';
import { toGeminiFailure } from './gemini-failure.ts';

const longestEvent = 16 * 1024 * 1024;

/**
 * Reads the events of a streamed answer (`alt=sse`); leaving the loop closes the connection.
 *
 * @throws {SyntaxError} when an event is not JSON
 */
export async function* readGeminiStream(body: ReadableStream<Uint8Array>): AsyncGenerator<GeminiEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body as unknown as AsyncIterable<Uint8Array>) {
    rest += decoder.decode(bytes, { stream: true });
    const lines = rest.split(/\r?\n/);
    rest = lines.pop() ?? '';
    if (rest.length > longestEvent) throw new SyntaxError('an event without end');
    for (const line of lines) {
      if (!line.startsWith('data:')) continue;
      const event = JSON.parse(line.slice('data:'.length)) as GeminiEvent;
      if (event.error !== undefined) throw toGeminiFailure(event.error.code ?? 500, event.error);
      yield event;
    }
  }
}
