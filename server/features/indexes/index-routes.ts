import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { toChange } from '#server/contract/audit.ts';
import { ChainIndex, ChainIndexList, CreateIndexInput, UpdateIndexInput } from '#server/contract/chain-index.ts';
import { Identifier } from '#server/contract/identifier.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { untilLeft } from '#server/until-left.ts';
import type { IndexService } from './index-service.ts';

const tags = ['indexes'];
const params = z.object({ index: Identifier });
const reading = { scope: 'data:read' } as const;
const ruling = { access: 'administrator' } as const;

/** What the hub keeps of chains as tables of SQL. */
export function indexRoutes({ indexes }: { indexes: IndexService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/indexes',
      {
        config: reading,
        schema: {
          operationId: 'listIndexes',
          tags,
          summary: 'The chains that are indexed, and how far',
          description: 'Their tables are under `chain.table` in SQL, and listed with all others.',
          response: { 200: ChainIndexList },
        },
      },
      (request) => indexes.list(request.actor),
    );

    app.post(
      '/api/indexes',
      {
        config: ruling,
        schema: {
          operationId: 'createIndex',
          tags,
          summary: 'Indexes a range of a chain: blocks, transactions with receipts, logs and what is decoded of them',
          description:
            'It is fetched in the background through the endpoints of the chain, goes on after a restart, and follows the head unless `toBlock` is given. Blocks that the chain undoes are undone in the tables. `contracts` gives the events of contracts tables of their own; with `onlyContracts` nothing else is read, so that years take minutes. A chain may have several indexes, each under its `name`. One that is as large as it may be (`maximumRows`, `maximumBytes`; 50 GB) is paused and keeps its tables.',
          body: CreateIndexInput,
          response: { 201: ChainIndex, ...problemResponses(400, 409, 503) },
        },
      },
      async (request, reply) => {
        const index = await indexes.create(request.actor, request.body, untilLeft(reply.raw));
        const { fromBlock, toBlock, chain } = index;
        request.act = { kind: 'index-create', target: { name: chain }, detail: { fromBlock, toBlock } };
        return reply.code(201).send(index);
      },
    );

    app.get(
      '/api/indexes/:index',
      {
        config: reading,
        schema: {
          operationId: 'getIndex',
          tags,
          summary: 'How far an index is, how fast it goes, and what is in its way',
          params,
          response: { 200: ChainIndex, ...problemResponses(404) },
        },
      },
      (request) => indexes.get(request.actor, request.params.index),
    );

    app.patch(
      '/api/indexes/:index',
      {
        config: ruling,
        schema: {
          operationId: 'updateIndex',
          tags,
          summary: 'Pauses an index, lets it go on, or changes how large it may become',
          params,
          body: UpdateIndexInput,
          response: { 200: ChainIndex, ...problemResponses(404) },
        },
      },
      async (request) => {
        const { state, maximumRows, maximumBytes } = await indexes.get(request.actor, request.params.index);
        const index = await indexes.update(request.actor, request.params.index, request.body);
        const detail = Object.fromEntries(Object.entries(request.body).map(([name, value]) => [name, value ?? null]));
        const before = { state, maximumRows, maximumBytes };
        request.act = { kind: 'index-update', target: { name: index.chain }, ...toChange(before, detail) };
        return index;
      },
    );

    app.delete(
      '/api/indexes/:index',
      {
        config: ruling,
        schema: {
          operationId: 'deleteIndex',
          tags,
          summary: 'Deletes an index with its tables; results that were made of them stay until they expire',
          params,
          response: { 204: z.null(), ...problemResponses(404) },
        },
      },
      async (request, reply) => {
        const { chain } = await indexes.remove(request.actor, request.params.index);
        request.act = { kind: 'index-delete', target: { name: chain } };
        return reply.code(204).send(null);
      },
    );
  };
}
