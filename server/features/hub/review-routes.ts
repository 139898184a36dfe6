import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { HubReview, ReviewAnswerInput, ReviewInput } from '#server/contract/hub.ts';
import { AgentReference, Identifier } from '#server/contract/identifier.ts';
import { PageQuery, pageOf } from '#server/contract/page.ts';
import { problemResponses } from '#server/contract/problem.ts';
import type { HubService } from './hub-service.ts';

const tags = ['hub'];
const ofAgent = z.object({ agent: AgentReference });
const ofReview = z.object({ review: Identifier });
const writing = { scope: 'agents:write', rateLimit: { max: 20, timeWindow: '1 minute' } } as const;

export function reviewRoutes({ hub }: { hub: HubService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/hub/agents/:agent/reviews',
      {
        config: { scope: 'agents:read' },
        schema: {
          operationId: 'listReviews',
          tags,
          summary: 'List what people say of an agent, newest first',
          params: ofAgent,
          querystring: PageQuery,
          response: { 200: pageOf(HubReview), ...problemResponses(400, 401, 403, 404, 429) },
        },
      },
      (request) => hub.listReviews(request.actor, { agent: request.params.agent, ...request.query }),
    );

    app.put(
      '/api/hub/agents/:agent/review',
      {
        config: writing,
        schema: {
          operationId: 'writeReview',
          tags,
          summary: 'Review an agent, or change your review',
          description:
            'One a person, and only after a run of yours with the agent ended well. Not for one’s own agents.',
          params: ofAgent,
          body: ReviewInput,
          response: { 200: HubReview, ...problemResponses(400, 401, 403, 404, 413, 415, 429) },
        },
      },
      (request) => hub.writeReview(request.actor, request.params.agent, request.body),
    );

    app.delete(
      '/api/hub/agents/:agent/review',
      {
        config: writing,
        schema: {
          operationId: 'deleteOwnReview',
          tags,
          summary: 'Take your review of an agent back',
          params: ofAgent,
          response: { 204: z.null(), ...problemResponses(400, 401, 403, 404, 429) },
        },
      },
      async (request, reply) => {
        await hub.removeOwnReview(request.actor, request.params.agent);
        return reply.code(204).send(null);
      },
    );

    app.put(
      '/api/hub/reviews/:review/answer',
      {
        config: writing,
        schema: {
          operationId: 'answerReview',
          tags,
          summary: 'Answer a review of your agent, once',
          params: ofReview,
          body: ReviewAnswerInput,
          response: { 200: HubReview, ...problemResponses(400, 401, 403, 404, 409, 413, 415, 429) },
        },
      },
      (request) => hub.answerReview(request.actor, request.params.review, request.body),
    );

    app.delete(
      '/api/hub/reviews/:review',
      {
        config: { access: 'administrator' },
        schema: {
          operationId: 'deleteReview',
          tags,
          summary: 'Remove somebody’s review',
          params: ofReview,
          response: { 204: z.null(), ...problemResponses(400, 401, 403, 404, 429) },
        },
      },
      async (request, reply) => {
        const { agentId } = await hub.removeReview(request.params.review);
        request.act = { kind: 'review-delete', target: { agent: agentId } };
        return reply.code(204).send(null);
      },
    );
  };
}
