import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ConversationFolder, ConversationFolderInput } from '#server/contract/conversation-folder.ts';
import { Identifier } from '#server/contract/identifier.ts';
import { problemResponses } from '#server/contract/problem.ts';
import type { ConversationService } from './conversation-service.ts';

const tags = ['conversations'];
const params = z.object({ folder: Identifier });

/** The folders that a person keeps conversations in. */
export function folderRoutes({ conversations }: { conversations: ConversationService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/conversation-folders',
      {
        config: { scope: 'conversations:read' },
        schema: {
          operationId: 'listConversationFolders',
          tags,
          summary: 'Your folders, by name',
          response: { 200: z.object({ items: z.array(ConversationFolder) }), ...problemResponses(401, 403, 429) },
        },
      },
      async (request) => ({ items: await conversations.listFolders(request.actor) }),
    );

    app.post(
      '/api/conversation-folders',
      {
        config: { scope: 'runs:write' },
        schema: {
          operationId: 'createConversationFolder',
          tags,
          summary: 'Makes a folder',
          body: ConversationFolderInput,
          response: { 201: ConversationFolder, ...problemResponses(400, 409) },
        },
      },
      async (request, reply) => reply.code(201).send(await conversations.createFolder(request.actor, request.body)),
    );

    app.patch(
      '/api/conversation-folders/:folder',
      {
        config: { scope: 'runs:write' },
        schema: {
          operationId: 'renameConversationFolder',
          tags,
          summary: 'Renames a folder',
          params,
          body: ConversationFolderInput,
          response: { 200: ConversationFolder, ...problemResponses(400, 404) },
        },
      },
      async (request) => conversations.renameFolder(request.actor, request.params.folder, request.body),
    );

    app.delete(
      '/api/conversation-folders/:folder',
      {
        config: { scope: 'runs:write' },
        schema: {
          operationId: 'deleteConversationFolder',
          tags,
          summary: 'Deletes a folder; the conversations in it stay, in no folder',
          params,
          response: { 204: z.null(), ...problemResponses(404) },
        },
      },
      async (request, reply) => {
        await conversations.removeFolder(request.actor, request.params.folder);
        return reply.code(204).send(null);
      },
    );
  };
}
