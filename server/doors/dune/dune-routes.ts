import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Actor } from '#server/contract/actor.ts';
import type { Execution } from '#server/contract/execution.ts';
import { Identifier } from '#server/contract/identifier.ts';
import type { ExecutionService } from '#server/features/queries/execution-service.ts';
import { readFilter } from '#server/features/queries/read-filter.ts';
import { readSort } from '#server/features/queries/read-sort.ts';
import type { SavedQueryService } from '#server/features/queries/saved-query-service.ts';
import { HubError } from '#server/hub-error.ts';
import { untilLeft } from '#server/until-left.ts';
import {
  CreateDuneQueryInput,
  ExecuteQueryInput,
  ExecuteSqlInput,
  mostRows,
  readValues,
  ResultsQuery,
  toChangedParameters,
  toDeclared,
  toParameters,
  UpdateDuneQueryInput,
} from './dune-input.ts';
import { explainAbsent } from './explain-absent.ts';
import { toDuneQuery, toResults, toState, toStatus } from './to-dune.ts';

type Needs = {
  executions: ExecutionService;
  savedQueries: SavedQueryService;
  /** Any thrown thing as the failure that a client may see. */
  toFailure: (thrown: unknown, request: FastifyRequest) => HubError;
};

const tags = ['dune'];
const keyHeader = 'x-dune-api-key';
const reading = { scope: 'data:read', keyHeader } as const;
const writing = { scope: 'data:write', keyHeader } as const;
const ofExecution = z.object({ execution: Identifier });
const ofQuery = z.object({ number: z.coerce.number().int().min(1).max(2_147_483_647) });
const DuneFailure = z.object({ error: z.string() });
const failures = {
  400: DuneFailure,
  401: DuneFailure,
  403: DuneFailure,
  404: DuneFailure,
  409: DuneFailure,
  429: DuneFailure,
};
const json = { 200: z.record(z.string(), z.unknown()), ...failures };
const csv = { 200: { content: { 'text/csv': { schema: z.string() } } }, ...failures };

/** What a client of Dune changes of a query by a verb. */
const marks = [
  { verb: 'archive', operationId: 'archiveDuneQuery', summary: 'Puts a query away', change: { isArchived: true } },
  { verb: 'unarchive', operationId: 'unarchiveDuneQuery', summary: 'Takes it back', change: { isArchived: false } },
  { verb: 'private', operationId: 'makeDuneQueryPrivate', summary: 'Hides it', change: { access: 'private' } },
  { verb: 'unprivate', operationId: 'makeDuneQueryPublic', summary: 'Shows it by link', change: { access: 'link' } },
] as const;

/**
 * Dune's API over the hub's queries, so that its clients work here: the key is a key of the hub, `query_id` the number of a
 * saved query. The SQL is DuckDB's.
 */
export function duneRoutes({ executions, savedQueries, toFailure }: Needs): FastifyPluginAsyncZod {
  async function toNumber(actor: Actor, { queryId }: Execution): Promise<number> {
    if (queryId === null) return 0;
    // The query may be gone, or no longer shared; its results are the actor's own.
    return savedQueries.get(actor, queryId).then(
      ({ number }) => number,
      () => 0,
    );
  }

  async function findLast(actor: Actor, number: number, query: ResultsQuery): Promise<Execution> {
    const { id } = await savedQueries.get(actor, number);
    const last = await executions.findLast(actor, id, readValues(query));
    if (last === null) {
      throw new HubError('not_found', {
        en: 'The query has no result yet. Execute it first.',
        zh: '此查询还没有结果，请先运行。',
      });
    }
    return last;
  }

  const toChoice = ({
    limit = mostRows,
    offset = 0,
    columns,
    sort_by: sort,
    filters,
    sample_count: sample,
  }: ResultsQuery) => ({
    offset,
    limit: Math.min(limit, mostRows),
    columns: readSort(columns).map(({ column }) => column),
    sort: readSort(sort),
    filter: filters === undefined || filters.trim() === '' ? undefined : readFilter(filters, 'query.filters'),
    sample: sample === undefined ? undefined : Math.min(sample, mostRows),
  });

  function findNext(request: FastifyRequest, query: ResultsQuery, total: number) {
    const { offset, limit, sample } = toChoice(query);
    if (sample !== undefined || offset + limit >= total) return null;
    const uri = new URL(request.url, `${request.protocol}://${request.host}`);
    uri.searchParams.set('offset', String(offset + limit));
    uri.searchParams.set('limit', String(limit));
    return { offset: offset + limit, uri: uri.href };
  }

  async function answerResults(
    request: FastifyRequest,
    reply: FastifyReply,
    execution: Execution,
    query: ResultsQuery,
  ) {
    const number = await toNumber(request.actor, execution);
    if (toState(execution) !== 'QUERY_STATE_COMPLETED') return toStatus(execution, number);
    const page = await executions.readPage(request.actor, execution.id, toChoice(query), untilLeft(reply.raw));
    return toResults(execution, number, page, findNext(request, query, page.total));
  }

  async function countRows(request: FastifyRequest, reply: FastifyReply, { id, rows }: Execution, query: ResultsQuery) {
    const choice = toChoice(query);
    if (choice.filter === undefined) return rows;
    return (await executions.readPage(request.actor, id, { ...choice, offset: 0, limit: 1 }, untilLeft(reply.raw)))
      .total;
  }

  async function answerCsv(request: FastifyRequest, reply: FastifyReply, execution: Execution, query: ResultsQuery) {
    const choice = { ...toChoice(query), format: 'csv' as const };
    const { content } = await executions.exportRows(request.actor, execution.id, choice, untilLeft(reply.raw));
    const next = findNext(request, query, await countRows(request, reply, execution, query));
    if (next !== null) void reply.headers({ 'x-dune-next-uri': next.uri, 'x-dune-next-offset': String(next.offset) });
    return reply.type('text/csv; charset=utf-8').send(content);
  }

  return async (app) => {
    app.setErrorHandler((thrown, request, reply) => {
      const failure = toFailure(thrown, request);
      if (failure.code === 'internal')
        request.log.error({ err: failure.cause }, 'a request failed without an expected reason');
      if (failure.retryAfterSeconds !== undefined) void reply.header('retry-after', String(failure.retryAfterSeconds));
      return reply
        .code(failure.status)
        .type('application/json')
        .serializer((body: unknown) => JSON.stringify(body))
        .send({
          error: [failure.message, ...(failure.errors ?? []).map(({ path, message }) => `${path}: ${message}`)].join(
            ' ',
          ),
        });
    });

    // Refused before the body is read, which may be of any kind.
    const explain = async (request: FastifyRequest, reply: FastifyReply) => {
      throw explainAbsent(request.url.split('?', 1)[0] ?? '') ?? app.explainAddress(request, reply);
    };
    app.all(
      '/api/v1/*',
      { config: { access: 'anonymous' }, schema: { hide: true }, onRequest: explain },
      async () => undefined,
    );

    const start = async (
      request: FastifyRequest,
      input: { sql: string } | { query: string },
      values: Parameters<typeof toParameters>[0],
    ) => {
      const asked = { ...input, parameters: toParameters(values), waitSeconds: 0 };
      const execution = await executions.start(request.actor, asked, new AbortController().signal);
      return { execution_id: execution.id, state: toState(execution) };
    };

    app.post(
      '/api/v1/sql/execute',
      {
        config: writing,
        schema: {
          operationId: 'executeDuneSql',
          tags,
          summary: 'Runs SQL; the key of the hub may be sent as `X-Dune-API-Key`',
          body: ExecuteSqlInput,
          response: json,
        },
      },
      (request) => start(request, { sql: request.body.sql }, request.body.query_parameters),
    );

    app.post(
      '/api/v1/query/:number/execute',
      {
        config: writing,
        schema: {
          operationId: 'executeDuneQuery',
          tags,
          summary: 'Runs a saved query, by its number',
          params: ofQuery,
          body: ExecuteQueryInput,
          response: json,
        },
      },
      async (request) => {
        const { id } = await savedQueries.get(request.actor, request.params.number);
        return start(request, { query: id }, request.body.query_parameters);
      },
    );

    app.get(
      '/api/v1/execution/:execution/status',
      {
        config: reading,
        schema: {
          operationId: 'getDuneStatus',
          tags,
          summary: 'How far an execution is',
          params: ofExecution,
          response: json,
        },
      },
      async (request, reply) => {
        const execution = await executions.get(request.actor, request.params.execution, 0, untilLeft(reply.raw));
        return toStatus(execution, await toNumber(request.actor, execution));
      },
    );

    app.post(
      '/api/v1/execution/:execution/cancel',
      {
        config: writing,
        schema: {
          operationId: 'cancelDuneExecution',
          tags,
          summary: 'Stops an execution',
          params: ofExecution,
          response: json,
        },
      },
      async (request) => ({
        success: (await executions.cancel(request.actor, request.params.execution)).state === 'cancelled',
      }),
    );

    app.get(
      '/api/v1/execution/:execution/results',
      {
        config: reading,
        schema: {
          operationId: 'getDuneResults',
          tags,
          summary: 'Rows of a result; `limit`, `offset`, `columns`, `sort_by`, `filters` and `sample_count` as in Dune',
          params: ofExecution,
          querystring: ResultsQuery,
          response: json,
        },
      },
      async (request, reply) => {
        const execution = await executions.get(request.actor, request.params.execution, 0, untilLeft(reply.raw));
        return answerResults(request, reply, execution, request.query);
      },
    );

    app.get(
      '/api/v1/execution/:execution/results/csv',
      {
        config: reading,
        schema: {
          operationId: 'getDuneCsv',
          tags,
          summary: 'The same as CSV',
          params: ofExecution,
          querystring: ResultsQuery,
          response: csv,
        },
      },
      async (request, reply) => {
        const execution = await executions.get(request.actor, request.params.execution, 0, untilLeft(reply.raw));
        return answerCsv(request, reply, execution, request.query);
      },
    );

    app.get(
      '/api/v1/query/:number/results',
      {
        config: reading,
        schema: {
          operationId: 'getLastDuneResults',
          tags,
          summary: "Rows of the actor's last result of a saved query; `params.name` asks for one with that value",
          params: ofQuery,
          querystring: ResultsQuery,
          response: json,
        },
      },
      async (request, reply) =>
        answerResults(
          request,
          reply,
          await findLast(request.actor, request.params.number, request.query),
          request.query,
        ),
    );

    app.get(
      '/api/v1/query/:number/results/csv',
      {
        config: reading,
        schema: {
          operationId: 'getLastDuneCsv',
          tags,
          summary: 'The same as CSV',
          params: ofQuery,
          querystring: ResultsQuery,
          response: csv,
        },
      },
      async (request, reply) =>
        answerCsv(request, reply, await findLast(request.actor, request.params.number, request.query), request.query),
    );

    // Dune's own client asks at the second address.
    for (const [url, operationId] of [
      ['/api/v1/query', 'createDuneQuery'],
      ['/api/v1/query/', 'createDuneQueryAtSlash'],
    ] as const) {
      app.post(
        url,
        {
          config: writing,
          schema: { operationId, tags, summary: 'Saves a query', body: CreateDuneQueryInput, response: json },
        },
        async (request) => {
          const {
            name,
            description,
            query_sql: sql,
            parameters,
            query_parameters: more,
            is_private: isPrivate,
          } = request.body;
          const declared = [...toDeclared(parameters), ...toDeclared(more)];
          const access = isPrivate ? 'private' : 'link';
          const input = { name, description, access, engine: 'duckdb', sql, parameters: declared } as const;
          return { query_id: (await savedQueries.create(request.actor, input)).number };
        },
      );
    }

    app.get(
      '/api/v1/query/:number',
      {
        config: reading,
        schema: { operationId: 'getDuneQuery', tags, summary: 'A saved query', params: ofQuery, response: json },
      },
      async (request) => toDuneQuery(await savedQueries.get(request.actor, request.params.number)),
    );

    app.patch(
      '/api/v1/query/:number',
      {
        config: writing,
        schema: {
          operationId: 'updateDuneQuery',
          tags,
          summary: 'Changes a saved query',
          params: ofQuery,
          body: UpdateDuneQueryInput,
          response: json,
        },
      },
      async (request) => {
        const { id, number, parameters } = await savedQueries.get(request.actor, request.params.number);
        const { name, description, query_sql: sql, is_private: isPrivate, is_archived: isArchived } = request.body;
        await savedQueries.update(request.actor, id, {
          parameters: toChangedParameters(parameters, request.body) ?? undefined,
          name,
          description,
          sql,
          access: isPrivate === undefined ? undefined : isPrivate ? 'private' : 'link',
          isArchived,
        });
        return { query_id: number };
      },
    );

    for (const { verb, operationId, summary, change } of marks) {
      app.post(
        `/api/v1/query/:number/${verb}`,
        { config: writing, schema: { operationId, tags, summary, params: ofQuery, response: json } },
        async (request) => {
          const { id, number } = await savedQueries.get(request.actor, request.params.number);
          await savedQueries.update(request.actor, id, change);
          return { query_id: number };
        },
      );
    }
  };
}
