import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  Agent,
  AgentDiff,
  AgentVersion,
  AgentVersionSummary,
  DiffQuery,
  RestoreVersionInput,
} from '#server/contract/agent.ts';
import { AgentReference } from '#server/contract/identifier.ts';
import { PageQuery, pageOf } from '#server/contract/page.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { readIfMatch, toEntityTag } from '#server/if-match.ts';
import type { AgentService } from './agent-service.ts';

const tags = ['agents'];
const params = z.object({ agent: AgentReference });
const reading = { access: 'signed-in', scope: 'agents:read' } as const;
const changing = { access: 'signed-in', scope: 'agents:write' } as const;

export function agentVersionRoutes({ agents }: { agents: AgentService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/agents/:agent/versions',
      {
        config: reading,
        schema: {
          operationId: 'listAgentVersions',
          tags,
          summary: 'List published versions, newest first',
          params,
          querystring: PageQuery,
          response: { 200: pageOf(AgentVersionSummary), ...problemResponses(400, 401, 403, 404, 429) },
        },
      },
      (request) => agents.listVersions(request.actor, { agent: request.params.agent, ...request.query }),
    );

    app.get(
      '/api/agents/:agent/versions/:version',
      {
        config: reading,
        schema: {
          operationId: 'getAgentVersion',
          tags,
          summary: 'Read a published version',
          params: params.extend({ version: z.coerce.number().int().min(1) }),
          response: { 200: AgentVersion, ...problemResponses(400, 401, 403, 404, 429) },
        },
      },
      (request) => agents.getVersion(request.actor, request.params),
    );

    app.get(
      '/api/agents/:agent/diff',
      {
        config: reading,
        schema: {
          operationId: 'diffAgentVersions',
          tags,
          summary: 'Compare two versions, or a version and the draft',
          params,
          querystring: DiffQuery,
          response: { 200: AgentDiff, ...problemResponses(400, 401, 403, 404, 429) },
        },
      },
      (request) => agents.diffVersions(request.actor, { agent: request.params.agent, ...request.query }),
    );

    app.post(
      '/api/agents/:agent/restore',
      {
        config: changing,
        schema: {
          operationId: 'restoreAgentVersion',
          tags,
          summary: 'Make the draft equal to a published version',
          description: 'What the draft held is replaced. If-Match is optional and guards against that.',
          params,
          headers: z.object({ 'if-match': z.string().max(200).optional() }),
          body: RestoreVersionInput,
          response: { 200: Agent, ...problemResponses(400, 401, 403, 404, 409, 412, 413, 415, 429) },
        },
      },
      async (request, reply) => {
        const revision = readIfMatch(request.headers['if-match']);
        const { version } = request.body;
        const agent = await agents.restoreVersion(request.actor, { agent: request.params.agent, version, revision });
        if (agent.draftRevision !== null) void reply.header('ETag', toEntityTag(agent.draftRevision));
        return agent;
      },
    );
  };
}
