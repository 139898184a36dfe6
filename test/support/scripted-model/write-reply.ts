import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { FailedReply, Frames, SpokenReply } from './reply.ts';

const garbage = Buffer.from([0x00, 0xff, 0xfe, 0x0a, 0x64, 0x61, 0x74, 0x61, 0x3a, 0x20, 0x7b, 0x22, 0x6f, 0x0a, 0x0a]);

export const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache',
  'x-request-id': 'scripted',
};

export function writeJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

export function writeFailure(
  response: ServerResponse,
  failure: FailedReply,
  toError: (status: number, message: string) => object,
) {
  writeJson(
    response,
    failure.status,
    failure.body ?? toError(failure.status, `Scripted failure ${failure.status}`),
    failure.headers,
  );
}

/** Writes a streamed answer; stops when the client leaves. */
export async function writeFrames(response: ServerResponse, frames: Frames, reply: SpokenReply): Promise<void> {
  const ending = reply.ending ?? 'complete';
  const half = Math.ceil(frames.pieces.length / 2);
  const pieces: (string | Buffer)[] =
    ending === 'cut'
      ? frames.pieces.slice(0, half)
      : ending === 'garbage'
        ? [...frames.pieces.slice(0, half), garbage, ...frames.pieces.slice(half)]
        : frames.pieces;
  response.writeHead(200, streamHeaders);
  for (const frame of frames.opening) response.write(frame);
  for (const [index, piece] of pieces.entries()) {
    if (index > 0 && reply.pieceDelayMs !== undefined) await wait(reply.pieceDelayMs);
    if (index === reply.held?.from) await reply.held.until;
    if (response.destroyed) return;
    response.write(piece);
  }
  if (ending === 'open') return;
  if (ending === 'late-cut') for (const frame of frames.closing.slice(0, -1)) response.write(frame);
  if (ending === 'cut' || ending === 'late-cut') {
    // The bytes written so far must leave before the connection breaks.
    await new Promise<void>((resolve) => setImmediate(resolve));
    await wait(5);
    response.destroy();
    return;
  }
  for (const frame of frames.closing) response.write(frame);
  response.end();
}
