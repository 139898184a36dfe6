import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createAlwaysReply } from './always-reply.ts';
import {
  findAnthropicFault,
  toAnthropicError,
  toAnthropicFrames,
  toAnthropicMessage,
  toAnthropicModels,
} from './anthropic-wire.ts';
import { drawImage } from './draw-image.ts';
import { findGeminiFault, toGeminiError, toGeminiFrames, toGeminiModels } from './gemini-wire.ts';
import { findMistralFault, toMistralError, toMistralFrames, toMistralModels } from './mistral-wire.ts';
import { findOpenaiFault, toOpenaiCompletion, toOpenaiError, toOpenaiFrames, toOpenaiModels } from './openai-wire.ts';
import { findResponsesFault, toResponsesError, toResponsesFrames } from './responses-wire.ts';
import type { FailedReply, Frames, ScriptedReply, SeenRequest, SpokenReply } from './reply.ts';
import { writeFailure, writeFrames, writeJson } from './write-reply.ts';

type Options = {
  models?: string[];
  /** Every request gets this answer, from buffers made beforehand; `requests` stays empty. */
  always?: SpokenReply;
  /** What the images endpoint answers instead of a picture. */
  images?: FailedReply;
  /** What the transcriptions endpoint answers instead of a text. */
  transcription?: FailedReply;
  port?: number;
};

export type ScriptedModel = Awaited<ReturnType<typeof createScriptedModel>>;

type Wire = {
  toFrames: (
    reply: SpokenReply,
    request: { model: string; id: string; includeUsage: boolean; body: Record<string, unknown> },
  ) => Frames;
  toWhole?: (reply: SpokenReply, request: { model: string; id: string }) => object;
  toError: (status: number, message: string) => object;
  /** The status of a failure, where the provider has its own idea of it. */
  toStatus?: (status: number) => number;
  /** What the provider refuses of a request that the others would take. */
  findFault?: (body: Record<string, unknown>, path: string) => string | null;
  /** The status of such a refusal; 400 unless told. */
  faultStatus?: number;
};

const openai: Wire = {
  toFrames: toOpenaiFrames,
  toWhole: toOpenaiCompletion,
  toError: toOpenaiError,
  findFault: findOpenaiFault,
};
const responses: Wire = { toFrames: toResponsesFrames, toError: toResponsesError, findFault: findResponsesFault };
const anthropic: Wire = {
  toFrames: toAnthropicFrames,
  toWhole: toAnthropicMessage,
  toError: toAnthropicError,
  findFault: findAnthropicFault,
};
const gemini: Wire = {
  toFrames: toGeminiFrames,
  toError: toGeminiError,
  toStatus: (status) => (status === 401 ? 400 : status),
  findFault: findGeminiFault,
};
const mistral: Wire = {
  toFrames: toMistralFrames,
  toError: toMistralError,
  findFault: findMistralFault,
  faultStatus: 422,
};

/** What the speech endpoint answers: a hundred MP3 frames with nothing to hear, 128 kbit/s at 44.1 kHz, of 417 bytes and 1,152 samples each. */
export const scriptedSound = Buffer.concat(
  Array.from({ length: 100 }, () => Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x44]), Buffer.alloc(413)])),
);

/**
 * A model server on 127.0.0.1 that says what it was told, over real HTTP, in the wire formats of OpenAI (base URL
 * `${url}/v1`, both of its APIs), Anthropic (`url`), Gemini (`${url}/v1beta`) and Mistral (`${url}/mistral/v1`). Each chat request takes the next reply of the script; one that finds no
 * reply is answered with 500 and makes `assertUsedUp` throw. Images and model lists take none.
 */
export async function createScriptedModel({
  models = ['scripted'],
  always,
  images,
  transcription,
  port = 0,
}: Options = {}) {
  const queue: ScriptedReply[] = [];
  const requests: SeenRequest[] = [];
  const unexpected: string[] = [];
  const answerAlways = always === undefined ? null : createAlwaysReply(always);

  async function chat(seen: SeenRequest, response: ServerResponse, wire: Wire) {
    const { toError } = wire;
    const next = queue.shift();
    if (next === undefined) {
      unexpected.push(`${seen.method} ${seen.path}`);
      const message = `The scripted model has no reply left for request ${requests.length} (${seen.path}).`;
      writeJson(response, 500, toError(500, message), { 'x-should-retry': 'false' });
      return;
    }
    const reply = typeof next === 'function' ? next(seen) : next;
    if ('hang' in reply) return;
    if ('status' in reply) {
      const status = wire.toStatus?.(reply.status) ?? reply.status;
      writeFailure(
        response,
        { body: toError(reply.status, `Scripted failure ${reply.status}`), ...reply, status },
        toError,
      );
      return;
    }
    const fault = wire.findFault?.(seen.body, seen.path) ?? null;
    if (fault !== null) {
      const status = wire.faultStatus ?? 400;
      writeJson(response, status, toError(status, fault));
      return;
    }
    if (reply.firstDelayMs !== undefined) await wait(reply.firstDelayMs);
    const { model, stream, stream_options: streamOptions } = seen.body;
    const facts = { model: typeof model === 'string' ? model : 'scripted', id: `scripted-${requests.length}` };
    if (wire.toWhole !== undefined && stream !== true) {
      writeJson(response, 200, wire.toWhole(reply, facts));
      return;
    }
    const includeUsage = (streamOptions as { include_usage?: boolean } | undefined)?.include_usage === true;
    await writeFrames(response, wire.toFrames(reply, { ...facts, includeUsage, body: seen.body }), reply);
  }

  async function answer(seen: SeenRequest, response: ServerResponse) {
    const route = `${seen.method} ${seen.path}`;
    if (route === 'POST /v1/chat/completions') return chat(seen, response, openai);
    if (route === 'POST /v1/responses') return chat(seen, response, responses);
    if (route === 'POST /v1/messages') return chat(seen, response, anthropic);
    if (route === 'POST /mistral/v1/chat/completions') return chat(seen, response, mistral);
    if (/^POST \/v1beta\/models\/[^/]+:streamGenerateContent$/.test(route)) return chat(seen, response, gemini);
    if (route === 'GET /v1beta/models') return writeJson(response, 200, toGeminiModels(models));
    if (route === 'GET /mistral/v1/models') return writeJson(response, 200, toMistralModels(models));
    if (route === 'GET /v1/models') {
      const isAnthropic = seen.headers['anthropic-version'] !== undefined;
      return writeJson(response, 200, isAnthropic ? toAnthropicModels(models) : toOpenaiModels(models));
    }
    if (route === 'POST /v1/audio/speech') {
      response.writeHead(200, { 'content-type': 'audio/mpeg' });
      return response.end(scriptedSound);
    }
    if (route === 'POST /v1/audio/transcriptions') {
      if (transcription !== undefined) return writeFailure(response, transcription, toOpenaiError);
      const usage =
        seen.body['model'] === 'whisper-1'
          ? { type: 'duration', seconds: 90 }
          : { type: 'tokens', input_tokens: 100, output_tokens: 20, total_tokens: 120 };
      return writeJson(response, 200, { text: 'What I said.', usage });
    }
    if (route === 'POST /v1/images/generations') {
      if (images !== undefined) return writeFailure(response, images, toOpenaiError);
      return writeJson(response, 200, {
        created: 1_763_900_000,
        data: [{ b64_json: await drawImage() }],
        usage: { input_tokens: 1_000, output_tokens: 2_000, total_tokens: 3_000 },
      });
    }
    writeJson(response, 404, toOpenaiError(404, `The scripted model does not know ${route}.`));
  }

  async function listen(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const seen: SeenRequest = {
      method: request.method ?? '',
      path: (request.url ?? '').split('?')[0] ?? '',
      headers: request.headers,
      body: parseBody(Buffer.concat(chunks).toString()),
      state: 'open',
    };
    requests.push(seen);
    response.once('close', () => {
      seen.state = response.writableFinished ? 'answered' : 'dropped';
    });
    await answer(seen, response);
  }

  const server = createServer((request, response) => {
    if (answerAlways !== null && request.method === 'POST') {
      answerAlways(request, response);
      return;
    }
    listen(request, response).catch(() => response.destroy());
  });
  server.listen(port, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    script: (...replies: ScriptedReply[]) => void queue.push(...replies),
    /** Throws when a reply was not asked for, or when a request found none. */
    assertUsedUp: () => {
      if (queue.length > 0) throw new Error(`The scripted model has ${queue.length} replies that nobody asked for.`);
      if (unexpected.length > 0) throw new Error(`The scripted model had no reply for: ${unexpected.join(', ')}.`);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function parseBody(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    // Of a form with a recording, its model is all that is looked at.
    return { model: /name="model"\s+(\S+)/.exec(text)?.[1] };
  }
}
