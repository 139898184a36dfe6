import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { SharedConversation } from '#server/contract/conversation-share.ts';
import { Identifier } from '#server/contract/identifier.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { toFileHeaders } from '#server/to-file-headers.ts';
import type { ShareService } from './share-service.ts';

const tags = ['shares'];
const params = z.object({ share: Identifier });
/** Kept by nobody, so that what is revoked is gone at once, and found by no search engine. */
const headers = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex, nofollow' };

/** What everybody with a link reads, whoever they are. */
export function sharedRoutes({ shares }: { shares: ShareService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/shares/:share',
      {
        config: { access: 'anonymous', rateLimit: { max: 60, timeWindow: '1 minute' } },
        schema: {
          operationId: 'readShare',
          tags,
          summary: 'A shared conversation, for everybody with its link',
          params,
          response: { 200: SharedConversation, ...problemResponses(404, 429) },
        },
      },
      async (request, reply) => {
        const shared = await shares.readShare(request.params.share);
        return reply.headers(headers).send(shared);
      },
    );

    app.get(
      '/api/shares/:share/files/:file',
      {
        config: { access: 'anonymous', rateLimit: { max: 300, timeWindow: '1 minute' } },
        schema: {
          operationId: 'readSharedFile',
          tags,
          summary: 'The bytes of a file that belongs to a shared conversation',
          params: params.extend({ file: Identifier }),
          response: {
            200: { content: { 'application/octet-stream': { schema: z.string() } } },
            ...problemResponses(404, 429),
          },
        },
      },
      async (request, reply) => {
        const { file, content } = await shares.openSharedFile(request.params.share, request.params.file);
        return reply
          .headers({ ...toFileHeaders(file), ...headers })
          .type(file.mediaType)
          .send(content as never);
      },
    );
  };
}
