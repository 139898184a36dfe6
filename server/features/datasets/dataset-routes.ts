import multipart from '@fastify/multipart';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Dataset, largestDatasetBytes, UpdateDatasetInput } from '#server/contract/dataset.ts';
import { Identifier } from '#server/contract/identifier.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { untilLeft } from '#server/until-left.ts';
import { fileMissing } from './dataset-errors.ts';
import type { DatasetService } from './dataset-service.ts';

const tags = ['datasets'];
const params = z.object({ dataset: Identifier });
const reading = { scope: 'data:read' } as const;
const writing = { scope: 'data:write' } as const;

/** Tables that people bring, to read them with SQL. */
export function datasetRoutes({ datasets }: { datasets: DatasetService }): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(multipart, { limits: { fileSize: largestDatasetBytes + 1, files: 1, fields: 0, parts: 1 } });

    app.get(
      '/api/datasets',
      {
        config: reading,
        schema: {
          operationId: 'listDatasets',
          tags,
          summary: "The actor's tables, by name",
          response: { 200: z.object({ items: z.array(Dataset) }) },
        },
      },
      async (request) => ({ items: await datasets.list(request.actor) }),
    );

    app.post(
      '/api/datasets',
      {
        config: writing,
        schema: {
          operationId: 'createDataset',
          tags,
          summary: 'Brings a table: CSV, TSV, JSON, NDJSON or Parquet (multipart form, field "file", 200 MB at most)',
          description:
            "Names and types of the columns are found by reading all of the file; whole numbers too long for 64 bits stay exact. The name of the table is made of the file's. Texts are UTF-8.",
          consumes: ['multipart/form-data'],
          response: { 201: Dataset, ...problemResponses(400, 409, 413, 415, 503, 507) },
        },
      },
      async (request, reply) => {
        const part = await request.file();
        if (part === undefined) throw fileMissing();
        const file = { name: part.filename, content: part.file };
        return reply.code(201).send(await datasets.create(request.actor, file, untilLeft(reply.raw)));
      },
    );

    app.get(
      '/api/datasets/:dataset',
      {
        config: reading,
        schema: {
          operationId: 'getDataset',
          tags,
          summary: 'A table of the actor, with its columns',
          params,
          response: { 200: Dataset, ...problemResponses(404) },
        },
      },
      (request) => datasets.get(request.actor, request.params.dataset),
    );

    app.patch(
      '/api/datasets/:dataset',
      {
        config: writing,
        schema: {
          operationId: 'updateDataset',
          tags,
          summary: 'Changes the name of a table, or the types of its columns',
          description:
            'A new type has the uploaded file read again; what does not fit it is answered with 400, and nothing changes.',
          params,
          body: UpdateDatasetInput,
          response: { 200: Dataset, ...problemResponses(404, 409, 503, 507) },
        },
      },
      (request, reply) => datasets.update(request.actor, request.params.dataset, request.body, untilLeft(reply.raw)),
    );

    app.delete(
      '/api/datasets/:dataset',
      {
        config: writing,
        schema: {
          operationId: 'deleteDataset',
          tags,
          summary: 'Deletes a table; results that were made of it stay until they expire',
          params,
          response: { 204: z.null(), ...problemResponses(404) },
        },
      },
      async (request, reply) => {
        await datasets.remove(request.actor, request.params.dataset);
        return reply.code(204).send(null);
      },
    );
  };
}
