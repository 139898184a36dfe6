import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { toChange } from '#server/contract/audit.ts';
import {
  ConversationShare,
  CreateShareInput,
  ShareListQuery,
  SharingSettings,
} from '#server/contract/conversation-share.ts';
import { Identifier } from '#server/contract/identifier.ts';
import { pageOf } from '#server/contract/page.ts';
import { problemResponses } from '#server/contract/problem.ts';
import type { ShareService } from './share-service.ts';

const tags = ['shares'];

/** A person's shares, and whether there may be any. */
export function shareRoutes({ shares }: { shares: ShareService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      '/api/conversations/:conversation/shares',
      {
        config: { scope: 'runs:write' },
        schema: {
          operationId: 'shareConversation',
          tags,
          summary: 'Shares a conversation as it is now with everybody who has the link',
          description:
            'The copy is read-only, at `/s/<id>` and `GET /api/shares/{share}`: the messages, their sources, and what was made ' +
            'in them. What tools were told and brought is not in it; files that you attached and your name only if you say so.',
          params: z.object({ conversation: Identifier }),
          body: CreateShareInput,
          response: { 201: ConversationShare, ...problemResponses(400, 403, 404, 409, 413) },
        },
      },
      async (request, reply) =>
        reply.code(201).send(await shares.createShare(request.actor, request.params.conversation, request.body)),
    );

    app.get(
      '/api/conversation-shares',
      {
        config: { scope: 'conversations:read' },
        schema: {
          operationId: 'listConversationShares',
          tags,
          summary: 'Your shares, newest first, but for those that expired',
          querystring: ShareListQuery,
          response: { 200: pageOf(ConversationShare), ...problemResponses(400) },
        },
      },
      async (request) => shares.listShares(request.actor, request.query),
    );

    app.delete(
      '/api/conversation-shares/:share',
      {
        config: { scope: 'runs:write' },
        schema: {
          operationId: 'revokeConversationShare',
          tags,
          summary: 'Revokes a share: its link leads nowhere from now on',
          params: z.object({ share: Identifier }),
          response: { 204: z.null(), ...problemResponses(404) },
        },
      },
      async (request, reply) => {
        await shares.revokeShare(request.actor, request.params.share);
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/api/sharing-settings',
      {
        config: { scope: 'conversations:read' },
        schema: {
          operationId: 'getSharingSettings',
          tags,
          summary: 'Whether conversations may be shared on this hub',
          response: { 200: SharingSettings, ...problemResponses(401, 403, 429) },
        },
      },
      () => shares.readSharingSettings(),
    );

    app.put(
      '/api/sharing-settings',
      {
        config: { access: 'administrator' },
        schema: {
          operationId: 'setSharingSettings',
          tags,
          summary: 'Lets people share conversations, or not',
          description: 'While they may not, no share is shown; what was shared is there again once they may.',
          body: SharingSettings,
          response: { 200: SharingSettings, ...problemResponses(400, 401, 403, 413, 415, 429) },
        },
      },
      async (request) => {
        request.act = { kind: 'sharing-settings', ...toChange(await shares.readSharingSettings(), request.body) };
        return shares.writeSharingSettings(request.body);
      },
    );
  };
}
