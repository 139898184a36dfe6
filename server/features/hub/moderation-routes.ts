import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { toChange } from '#server/contract/audit.ts';
import {
  FeaturedInput,
  HubReport,
  HubSettings,
  ListingDecision,
  ListingRequest,
  ReportInput,
  ReportOutcome,
} from '#server/contract/hub-moderation.ts';
import { HubAgentList } from '#server/contract/hub.ts';
import { AgentReference, Identifier } from '#server/contract/identifier.ts';
import { PageQuery, pageOf } from '#server/contract/page.ts';
import { problemResponses } from '#server/contract/problem.ts';
import type { HubService } from './hub-service.ts';

const tags = ['hub'];
const config = { access: 'administrator' } as const;
const ofAgent = z.object({ agent: AgentReference });

const toHandles = (agents: readonly { handle: string }[]) => ({
  agents: agents.map(({ handle }) => handle).join(', '),
});

/** Reports, which everybody makes, and what administrators decide. */
export function moderationRoutes({ hub }: { hub: HubService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      '/api/hub/agents/:agent/reports',
      {
        config: { scope: 'agents:write', rateLimit: { max: 10, timeWindow: '1 minute' } },
        schema: {
          operationId: 'reportAgent',
          tags,
          summary: 'Report an agent to the administrators, once',
          params: ofAgent,
          body: ReportInput,
          response: { 204: z.null(), ...problemResponses(400, 401, 403, 404, 409, 413, 415, 429) },
        },
      },
      async (request, reply) => {
        await hub.reportAgent(request.actor, request.params.agent, request.body);
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/api/hub/reports',
      {
        config,
        schema: {
          operationId: 'listReports',
          tags,
          summary: 'List open reports, newest first',
          querystring: PageQuery,
          response: { 200: pageOf(HubReport), ...problemResponses(400, 401, 403, 429) },
        },
      },
      (request) => hub.listReports(request.query),
    );

    app.post(
      '/api/hub/reports/:report/outcome',
      {
        config,
        schema: {
          operationId: 'settleReport',
          tags,
          summary: 'Dismiss a report, or take its agent off the hub',
          description: 'Taking the agent off settles all reports of it. Its owner is told the reason.',
          params: z.object({ report: Identifier }),
          body: ReportOutcome,
          response: { 204: z.null(), ...problemResponses(400, 401, 403, 404, 413, 415, 429) },
        },
      },
      async (request, reply) => {
        const { agentId } = await hub.settleReport(request.params.report, request.body);
        request.act = { kind: 'report-outcome', target: { agent: agentId }, detail: { outcome: request.body.outcome } };
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/api/hub/requests',
      {
        config,
        schema: {
          operationId: 'listListingRequests',
          tags,
          summary: 'List agents that wait for a place on the hub, longest first, or that were refused one',
          querystring: PageQuery.extend({ state: z.enum(['waiting', 'refused']).default('waiting') }),
          response: { 200: pageOf(ListingRequest), ...problemResponses(400, 401, 403, 429) },
        },
      },
      (request) => hub.listRequests(request.actor, request.query),
    );

    app.post(
      '/api/hub/agents/:agent/listing',
      {
        config,
        schema: {
          operationId: 'decideListing',
          tags,
          summary: 'Say whether an agent may stand on the hub',
          description: 'An approved agent stays there when its owner publishes new versions.',
          params: ofAgent,
          body: ListingDecision,
          response: { 204: z.null(), ...problemResponses(400, 401, 403, 404, 409, 413, 415, 429) },
        },
      },
      async (request, reply) => {
        const { agent } = request.params;
        request.act = { kind: 'listing-decision', target: { agent }, detail: { outcome: request.body.outcome } };
        await hub.decideListing(request.actor, agent, request.body);
        return reply.code(204).send(null);
      },
    );

    app.put(
      '/api/hub/featured',
      {
        config,
        schema: {
          operationId: 'featureAgents',
          tags,
          summary: 'Set who is featured, in this order',
          body: FeaturedInput,
          response: { 200: HubAgentList, ...problemResponses(400, 401, 403, 404, 413, 415, 429) },
        },
      },
      async (request) => {
        const before = await hub.listFeatured(request.actor);
        await hub.feature(request.actor, request.body.agents);
        const items = await hub.listFeatured(request.actor);
        request.act = { kind: 'featured', ...toChange(toHandles(before), toHandles(items)) };
        return { items };
      },
    );

    app.get(
      '/api/hub/settings',
      {
        config,
        schema: {
          operationId: 'getHubSettings',
          tags,
          summary: 'Read how agents come onto the hub',
          response: { 200: HubSettings, ...problemResponses(401, 403, 429) },
        },
      },
      () => hub.readSettings(),
    );

    app.put(
      '/api/hub/settings',
      {
        config,
        schema: {
          operationId: 'setHubSettings',
          tags,
          summary: 'Set how agents come onto the hub',
          description: 'What stands on the hub when the review of new agents begins stays there.',
          body: HubSettings,
          response: { 200: HubSettings, ...problemResponses(400, 401, 403, 413, 415, 429) },
        },
      },
      async (request) => {
        request.act = { kind: 'hub-settings', ...toChange(await hub.readSettings(), request.body) };
        return hub.writeSettings(request.body);
      },
    );
  };
}
