import type { IncomingMessage, ServerResponse } from 'node:http';
import { toAnthropicFrames, toAnthropicMessage } from './anthropic-wire.ts';
import { toOpenaiCompletion, toOpenaiFrames } from './openai-wire.ts';
import type { Frames, SpokenReply } from './reply.ts';
import { streamHeaders } from './write-reply.ts';

type Answer = { whole: Buffer; opening: Buffer; pieces: Buffer[]; closing: Buffer; stream: Buffer };

function toAnswer(frames: Frames, whole: object): Answer {
  const opening = Buffer.from(frames.opening.join(''));
  const pieces = frames.pieces.map((piece) => Buffer.from(piece));
  const closing = Buffer.from(frames.closing.join(''));
  return {
    whole: Buffer.from(JSON.stringify(whole)),
    opening,
    pieces,
    closing,
    stream: Buffer.concat([opening, ...pieces, closing]),
  };
}

const streamed = Buffer.from('"stream":true');

/**
 * Answers every request alike from buffers made beforehand, for load tests: nothing is parsed, nothing is remembered.
 * Without `pieceDelayMs` the whole stream is one write.
 */
export function createAlwaysReply(reply: SpokenReply) {
  const request = { model: 'scripted', id: 'scripted-always' };
  const openai = toAnswer(
    toOpenaiFrames(reply, { ...request, includeUsage: true }),
    toOpenaiCompletion(reply, request),
  );
  const anthropic = toAnswer(toAnthropicFrames(reply, request), toAnthropicMessage(reply, request));

  function stream(response: ServerResponse, answer: Answer) {
    response.writeHead(200, streamHeaders);
    if (reply.pieceDelayMs === undefined) {
      response.end(answer.stream);
      return;
    }
    response.write(answer.opening);
    let next = 0;
    const timer = setInterval(() => {
      const piece = answer.pieces[next++];
      if (piece !== undefined) {
        response.write(piece);
        return;
      }
      clearInterval(timer);
      response.end(answer.closing);
    }, reply.pieceDelayMs);
    response.once('close', () => clearInterval(timer));
  }

  return (request: IncomingMessage, response: ServerResponse) => {
    const answer = request.url?.endsWith('/messages') ? anthropic : openai;
    let wantsStream = false;
    request.on('data', (chunk: Buffer) => {
      wantsStream ||= chunk.includes(streamed);
    });
    request.on('end', () => {
      if (wantsStream) {
        stream(response, answer);
        return;
      }
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.whole.length });
      response.end(answer.whole);
    });
  };
}
