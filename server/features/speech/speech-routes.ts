import multipart from '@fastify/multipart';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { toChange } from '#server/contract/audit.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { SpeakInput, SpeechModels, Transcription } from '#server/contract/speech.ts';
import { untilLeft } from '#server/until-left.ts';
import { recordingMissing } from './speech-errors.ts';
import type { SpeechService } from './speech-service.ts';

const tags = ['speech'];
const largestRecordingBytes = 10 * 1024 * 1024;
const using = { scope: 'runs:write', rateLimit: { max: 60, timeWindow: '1 minute' } } as const;

/** Reading aloud and writing down. */
export function speechRoutes({ speech }: { speech: SpeechService }): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(multipart, { limits: { fileSize: largestRecordingBytes, files: 1, fields: 0, parts: 1 } });

    app.get(
      '/api/speech/models',
      {
        config: { scope: 'agents:read' },
        schema: {
          operationId: 'getSpeechModels',
          tags,
          summary: 'The models that read aloud and write down; null where browsers do it',
          response: { 200: SpeechModels },
        },
      },
      async () => speech.readModels(),
    );

    app.put(
      '/api/speech/models',
      {
        config: { access: 'administrator' },
        schema: {
          operationId: 'setSpeechModels',
          tags,
          summary: 'Chooses the models that read aloud and write down, at an OpenAI-compatible connection',
          body: SpeechModels,
          response: { 200: SpeechModels },
        },
      },
      async (request) => {
        request.act = { kind: 'speech-models', ...toChange(await speech.readModels(), request.body) };
        await speech.setModels(request.body);
        return speech.readModels();
      },
    );

    app.post(
      '/api/speech',
      {
        config: using,
        schema: {
          operationId: 'speak',
          tags,
          summary: 'Reads a text aloud (MP3)',
          description:
            'By the speech model that an administrator chose. It counts as usage, by the characters or the minutes that its price is of, and is refused where a budget is spent. Who leaves stops it.',
          body: SpeakInput,
          response: {
            200: { content: { 'audio/mpeg': { schema: z.string() } } },
            ...problemResponses(402, 409, 429, 502, 503),
          },
        },
      },
      async (request, reply) => {
        const bytes = await speech.speak(request.actor, request.body, untilLeft(reply.raw));
        return reply.type('audio/mpeg').send(Buffer.from(bytes) as never);
      },
    );

    app.post(
      '/api/transcriptions',
      {
        config: using,
        schema: {
          operationId: 'transcribe',
          tags,
          summary: 'Writes down what is said in a recording (multipart form, field "file", 10 MB at most)',
          description:
            'By the transcription model that an administrator chose: WebM, Ogg, MP4, MP3, WAV or FLAC. It counts as usage, by the tokens or the minutes that the endpoint tells. The recording is not kept.',
          consumes: ['multipart/form-data'],
          response: { 200: Transcription, ...problemResponses(400, 402, 409, 413, 415, 429, 502, 503) },
        },
      },
      async (request, reply) => {
        const part = await request.file();
        if (part === undefined) throw recordingMissing();
        const bytes = await part.toBuffer();
        return speech.transcribe(request.actor, { bytes, mediaType: part.mimetype }, untilLeft(reply.raw));
      },
    );
  };
}
