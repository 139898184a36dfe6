import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { HubAgent, HubAgentDetail, HubAgentList, HubAgentQuery } from '#server/contract/hub.ts';
import { AgentReference } from '#server/contract/identifier.ts';
import { PageQuery, pageOf } from '#server/contract/page.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { categoryRoutes } from './category-routes.ts';
import type { HubService } from './hub-service.ts';
import { moderationRoutes } from './moderation-routes.ts';
import { reviewRoutes } from './review-routes.ts';

const tags = ['hub'];
const params = z.object({ agent: AgentReference });
const reading = { scope: 'agents:read' } as const;
const changing = { scope: 'agents:write' } as const;

/** Everything under `/api/hub`. */
export function hubRoutes({ hub }: { hub: HubService }): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(reviewRoutes({ hub }));
    await app.register(moderationRoutes({ hub }));
    await app.register(categoryRoutes({ hub }));

    app.get(
      '/api/hub/agents',
      {
        config: reading,
        schema: {
          operationId: 'listHubAgents',
          tags,
          summary: 'Find agents on the hub',
          description:
            'By words (typing errors are forgiven), category and tag; sorted by use in the last 30 days, by rating, or by the newest version. A search gives its best 200.',
          querystring: HubAgentQuery,
          response: { 200: pageOf(HubAgent), ...problemResponses(400, 401, 403, 429) },
        },
      },
      (request) => hub.listAgents(request.actor, request.query),
    );

    app.get(
      '/api/hub/featured',
      {
        config: reading,
        schema: {
          operationId: 'listFeaturedAgents',
          tags,
          summary: 'The agents that administrators put in front, in their order',
          response: { 200: HubAgentList, ...problemResponses(401, 403, 429) },
        },
      },
      async (request) => ({ items: await hub.listFeatured(request.actor) }),
    );

    app.get(
      '/api/hub/agents/:agent',
      {
        config: reading,
        schema: {
          operationId: 'getHubAgent',
          tags,
          summary: 'Read all that the hub tells of an agent',
          description:
            'What it does, the tools and data that it uses, its versions, ratings, where it comes from and how often it was copied. Also for agents that are shared by link or with members only.',
          params,
          response: { 200: HubAgentDetail, ...problemResponses(400, 401, 403, 404, 429) },
        },
      },
      (request) => hub.getAgent(request.actor, request.params.agent),
    );

    app.get(
      '/api/hub/favourites',
      {
        config: reading,
        schema: {
          operationId: 'listFavourites',
          tags,
          summary: 'List your favourites, newest first',
          querystring: PageQuery,
          response: { 200: pageOf(HubAgent), ...problemResponses(400, 401, 403, 429) },
        },
      },
      (request) => hub.listFavourites(request.actor, request.query),
    );

    app.put(
      '/api/hub/agents/:agent/favourite',
      {
        config: changing,
        schema: {
          operationId: 'addFavourite',
          tags,
          summary: 'Make an agent one of your favourites',
          params,
          response: { 204: z.null(), ...problemResponses(400, 401, 403, 404, 429) },
        },
      },
      async (request, reply) => {
        await hub.addFavourite(request.actor, request.params.agent);
        return reply.code(204).send(null);
      },
    );

    app.delete(
      '/api/hub/agents/:agent/favourite',
      {
        config: changing,
        schema: {
          operationId: 'removeFavourite',
          tags,
          summary: 'Take an agent out of your favourites',
          params,
          response: { 204: z.null(), ...problemResponses(400, 401, 403, 404, 429) },
        },
      },
      async (request, reply) => {
        await hub.removeFavourite(request.actor, request.params.agent);
        return reply.code(204).send(null);
      },
    );
  };
}
