import multipart from '@fastify/multipart';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { StoredFile, UploadQuery } from '#server/contract/file.ts';
import { Identifier } from '#server/contract/identifier.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { toFileHeaders } from '#server/to-file-headers.ts';
import { fileMissing } from './file-errors.ts';
import { type FileService, maximumFileBytes } from './file-service.ts';

const tags = ['files'];
/** Uploads, and the bytes of stored files. */
export function fileRoutes({ files }: { files: FileService }): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(multipart, { limits: { fileSize: maximumFileBytes + 1, files: 1, fields: 0, parts: 1 } });

    app.post(
      '/api/files',
      {
        config: { scope: 'runs:write' },
        schema: {
          operationId: 'uploadFile',
          tags,
          summary: 'Stores a file to attach to a run (multipart form, field "file", 25 MB at most)',
          consumes: ['multipart/form-data'],
          querystring: UploadQuery,
          response: { 201: StoredFile, ...problemResponses(400, 413, 415) },
        },
      },
      async (request, reply) => {
        const part = await request.file();
        if (part === undefined) throw fileMissing();
        const stored = await files.upload(request.actor, {
          name: part.filename,
          mediaType: part.mimetype,
          content: part.file,
          isForRun: request.query.for === 'run',
        });
        return reply.code(201).send(stored);
      },
    );

    app.get(
      '/api/files/:file',
      {
        config: { scope: 'conversations:read' },
        schema: {
          operationId: 'readFile',
          tags,
          summary: 'The bytes of a file',
          params: z.object({ file: Identifier }),
          response: {
            200: { content: { 'application/octet-stream': { schema: z.string() } } },
            ...problemResponses(404),
          },
        },
      },
      async (request, reply) => {
        const { file, content } = await files.open(request.actor, request.params.file);
        return reply
          .headers(toFileHeaders(file))
          .type(file.mediaType)
          .send(content as never);
      },
    );
  };
}
