import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { QueryTable } from '#server/contract/dataset.ts';
import {
  Execution,
  ExecutionListQuery,
  ExportQuery,
  ResultPage,
  ResultQuery,
  StartExecutionInput,
  WaitSeconds,
} from '#server/contract/execution.ts';
import { Identifier } from '#server/contract/identifier.ts';
import { pageOf } from '#server/contract/page.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { toDisposition } from '#server/to-file-headers.ts';
import { untilLeft } from '#server/until-left.ts';
import type { ExecutionService } from './execution-service.ts';
import { allRows } from './query-ports.ts';
import { readFilter } from './read-filter.ts';
import { readSort } from './read-sort.ts';
import type { TableService } from './table-service.ts';

const tags = ['queries'];
const params = z.object({ execution: Identifier });
const reading = { scope: 'data:read' } as const;
const writing = { scope: 'data:write' } as const;
const mediaTypes = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
  parquet: 'application/vnd.apache.parquet',
};
const Bytes = z.string();

/** SQL that is run, and its results. */
export function executionRoutes({
  executions,
  tables,
}: {
  executions: ExecutionService;
  tables: TableService;
}): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/tables',
      {
        config: reading,
        schema: {
          operationId: 'listTables',
          tags,
          summary: "The tables that the actor's queries can read, with their columns",
          response: { 200: z.object({ items: z.array(QueryTable) }) },
        },
      },
      async (request) => ({ items: await tables.list(request.actor) }),
    );

    app.get(
      '/api/executions',
      {
        config: reading,
        schema: {
          operationId: 'listExecutions',
          tags,
          summary: 'What the actor ran, newest first; of 90 days',
          querystring: ExecutionListQuery,
          response: { 200: pageOf(Execution), ...problemResponses(400) },
        },
      },
      (request) => executions.list(request.actor, request.query),
    );

    app.post(
      '/api/executions',
      {
        config: writing,
        schema: {
          operationId: 'startExecution',
          tags,
          summary: 'Runs SQL, or a saved query',
          description:
            'One statement of DuckDB that reads, on the tables of `GET /api/tables`: 60 seconds, 512 MB of memory and a million rows at most; no files, network, extensions or settings. What is wrong with it is in the `fault` of the execution. With `waitSeconds` the answer comes at its end, or after that time while it goes on; a caller who leaves before has it stopped.',
          body: StartExecutionInput,
          response: { 201: Execution, ...problemResponses(404) },
        },
      },
      async (request, reply) =>
        reply.code(201).send(await executions.start(request.actor, request.body, untilLeft(reply.raw))),
    );

    app.get(
      '/api/executions/:execution',
      {
        config: reading,
        schema: {
          operationId: 'getExecution',
          tags,
          summary: 'What became of SQL that was run; with `waitSeconds` at its end',
          params,
          querystring: z.object({ waitSeconds: WaitSeconds }),
          response: { 200: Execution, ...problemResponses(400, 404) },
        },
      },
      (request, reply) =>
        executions.get(request.actor, request.params.execution, request.query.waitSeconds, untilLeft(reply.raw)),
    );

    app.post(
      '/api/executions/:execution/cancel',
      {
        config: writing,
        schema: {
          operationId: 'cancelExecution',
          tags,
          summary: 'Stops SQL that runs; one that has ended stays as it is',
          params,
          response: { 200: Execution, ...problemResponses(404) },
        },
      },
      (request) => executions.cancel(request.actor, request.params.execution),
    );

    app.get(
      '/api/executions/:execution/rows',
      {
        config: reading,
        schema: {
          operationId: 'readExecutionRows',
          tags,
          summary: 'Some rows of a result, in its own order or by a column; with `filter` only some of them',
          description: 'Results are kept for a week.',
          params,
          querystring: ResultQuery,
          response: { 200: ResultPage, ...problemResponses(400, 404, 409, 503) },
        },
      },
      (request, reply) => {
        const { offset, limit, sort, filter: written = '' } = request.query;
        const filter = written.trim() === '' ? undefined : readFilter(written, 'query.filter');
        const choice = { offset, limit, columns: [], sort: readSort(sort), filter };
        return executions.readPage(request.actor, request.params.execution, choice, untilLeft(reply.raw));
      },
    );

    app.get(
      '/api/executions/:execution/export',
      {
        config: reading,
        schema: {
          operationId: 'exportExecution',
          tags,
          summary: 'All rows of a result, as CSV, JSON or Parquet',
          description:
            'HUGEINT stands as text in Parquet, and every number that JSON readers would round as text in JSON.',
          params,
          querystring: ExportQuery,
          response: {
            200: {
              content: {
                'text/csv': { schema: Bytes },
                'application/json': { schema: Bytes },
                'application/vnd.apache.parquet': { schema: Bytes },
              },
            },
            ...problemResponses(400, 404, 409, 503),
          },
        },
      },
      async (request, reply) => {
        const { format } = request.query;
        const { execution } = request.params;
        const choice = { ...allRows, format };
        const { content, size } = await executions.exportRows(request.actor, execution, choice, untilLeft(reply.raw));
        return reply
          .headers({ 'content-length': size, 'content-disposition': toDisposition(`result-${execution}.${format}`) })
          .header('cache-control', 'private, no-store')
          .type(mediaTypes[format])
          .send(content as never);
      },
    );
  };
}
