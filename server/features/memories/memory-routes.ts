import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Identifier } from '#server/contract/identifier.ts';
import {
  CreateMemoryInput,
  ExportMemoriesQuery,
  ForgetMemoriesQuery,
  Memory,
  MemoryExport,
  MemoryListQuery,
  UpdateMemoryInput,
} from '#server/contract/memory.ts';
import { pageOf } from '#server/contract/page.ts';
import { problemResponses } from '#server/contract/problem.ts';
import type { MemoryService } from './memory-service.ts';

const tags = ['memories'];
const params = z.object({ memory: Identifier });
const config = { scope: 'memories:write' } as const;

/** What agents remember of a person, for that person alone. */
export function memoryRoutes({ memories }: { memories: MemoryService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/memories',
      {
        config,
        schema: {
          operationId: 'listMemories',
          tags,
          summary: 'What agents remember of you, newest first',
          querystring: MemoryListQuery,
          response: { 200: pageOf(Memory), ...problemResponses(400) },
        },
      },
      async (request) => memories.list(request.actor, request.query),
    );

    app.post(
      '/api/memories',
      {
        config,
        schema: {
          operationId: 'createMemory',
          tags,
          summary: 'Have an agent remember a fact',
          description:
            'For an agent whose memory is on. What an agent remembers for everybody who uses it, only its owner adds to.',
          body: CreateMemoryInput,
          response: { 201: Memory, ...problemResponses(403, 404, 409) },
        },
      },
      async (request, reply) => reply.code(201).send(await memories.create(request.actor, request.body)),
    );

    app.delete(
      '/api/memories',
      {
        config,
        schema: {
          operationId: 'forgetMemories',
          tags,
          summary: 'Have an agent forget all that it remembers of you',
          description: 'Also what you said lately, which was not looked through for facts yet.',
          querystring: ForgetMemoriesQuery,
          response: { 204: z.null(), ...problemResponses(400) },
        },
      },
      async (request, reply) => {
        await memories.forget(request.actor, request.query.agent);
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/api/memories/export',
      {
        config,
        schema: {
          operationId: 'exportMemories',
          tags,
          summary: 'All that agents remember of you, as a JSON file',
          querystring: ExportMemoriesQuery,
          response: { 200: MemoryExport, ...problemResponses(400) },
        },
      },
      async (request, reply) =>
        reply
          .header('content-disposition', 'attachment; filename="memories.json"')
          .send(await memories.export(request.actor, request.query.agent)),
    );

    app.patch(
      '/api/memories/:memory',
      {
        config,
        schema: {
          operationId: 'updateMemory',
          tags,
          summary: 'Change a fact; what you wrote yourself makes room for no other',
          params,
          body: UpdateMemoryInput,
          response: { 200: Memory, ...problemResponses(404) },
        },
      },
      async (request) => memories.update(request.actor, request.params.memory, request.body),
    );

    app.delete(
      '/api/memories/:memory',
      {
        config,
        schema: {
          operationId: 'deleteMemory',
          tags,
          summary: 'Delete a fact',
          params,
          response: { 204: z.null(), ...problemResponses(404) },
        },
      },
      async (request, reply) => {
        await memories.remove(request.actor, request.params.memory);
        return reply.code(204).send(null);
      },
    );
  };
}
