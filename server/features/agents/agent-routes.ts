import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  Agent,
  AgentListQuery,
  AgentSummary,
  CreateAgentInput,
  DuplicateAgentInput,
  PublishAgentInput,
  UpdateDraftInput,
} from '#server/contract/agent.ts';
import { AgentReference } from '#server/contract/identifier.ts';
import { pageOf } from '#server/contract/page.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { readIfMatch, toEntityTag } from '#server/if-match.ts';
import { readLanguage } from '#server/read-language.ts';
import { agentPackageRoutes } from './agent-package-routes.ts';
import type { AgentService } from './agent-service.ts';
import { agentVersionRoutes } from './agent-version-routes.ts';

const tags = ['agents'];
const params = z.object({ agent: AgentReference.describe('Handle or identifier.') });
const headers = z.object({
  'if-match': z.string().max(200).optional().describe('The ETag of the draft as it was read.'),
});
const reading = { access: 'signed-in', scope: 'agents:read' } as const;
const changing = { access: 'signed-in', scope: 'agents:write' } as const;

function answer(reply: FastifyReply, agent: Agent): Agent {
  if (agent.draftRevision !== null) void reply.header('ETag', toEntityTag(agent.draftRevision));
  return agent;
}

/** Everything under `/api/agents` but runs. */
export function agentRoutes({ agents }: { agents: AgentService }): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(agentVersionRoutes({ agents }));
    await app.register(agentPackageRoutes({ agents }));

    app.get(
      '/api/agents',
      {
        config: reading,
        schema: {
          operationId: 'listAgents',
          tags,
          summary: 'List agents',
          description: 'One’s own, and those that are published for everyone signed in; newest change first.',
          querystring: AgentListQuery,
          response: { 200: pageOf(AgentSummary), ...problemResponses(400, 401, 403, 429) },
        },
      },
      (request) => agents.listAgents(request.actor, request.query),
    );

    app.post(
      '/api/agents',
      {
        config: changing,
        schema: {
          operationId: 'createAgent',
          tags,
          summary: 'Create an agent',
          description:
            'It begins as a draft that only its owner sees. Without a handle, a free one is made of the name.',
          body: CreateAgentInput,
          response: { 201: Agent, ...problemResponses(400, 401, 403, 409, 413, 415, 429) },
        },
      },
      async (request, reply) => answer(reply.code(201), await agents.createAgent(request.actor, request.body)),
    );

    app.get(
      '/api/agents/:agent',
      {
        config: reading,
        schema: {
          operationId: 'getAgent',
          tags,
          summary: 'Read an agent',
          description:
            'With the draft, and its ETag, for those who may edit it; else with the newest published version.',
          params,
          response: { 200: Agent, ...problemResponses(400, 401, 403, 404, 429) },
        },
      },
      async (request, reply) => answer(reply, await agents.getAgent(request.actor, request.params.agent)),
    );

    app.delete(
      '/api/agents/:agent',
      {
        config: changing,
        schema: {
          operationId: 'deleteAgent',
          tags,
          summary: 'Delete an agent with its versions, conversations and runs',
          params,
          response: { 204: z.null(), ...problemResponses(400, 401, 403, 404, 429) },
        },
      },
      async (request, reply) => {
        const { name, isOwn } = await agents.deleteAgent(request.actor, request.params.agent);
        if (!isOwn) request.act = { kind: 'agent-delete', target: { name } };
        return reply.code(204).send(null);
      },
    );

    app.patch(
      '/api/agents/:agent/draft',
      {
        config: changing,
        schema: {
          operationId: 'updateDraft',
          tags,
          summary: 'Change the draft',
          description: 'Replaces the top-level keys that are sent. Needs If-Match; a stale one is answered with 412.',
          params,
          headers,
          body: UpdateDraftInput,
          response: { 200: Agent, ...problemResponses(400, 401, 403, 404, 409, 412, 413, 415, 428, 429) },
        },
      },
      async (request, reply) => {
        const revision = readIfMatch(request.headers['if-match']);
        const { agent } = request.params;
        return answer(reply, await agents.updateDraft(request.actor, { agent, revision, changes: request.body }));
      },
    );

    app.post(
      '/api/agents/:agent/publish',
      {
        config: changing,
        schema: {
          operationId: 'publishAgent',
          tags,
          summary: 'Publish the draft as the next version',
          description:
            'The version never changes afterwards; the draft’s handle and access take effect. If-Match is optional.',
          params,
          headers,
          body: PublishAgentInput,
          response: { 200: Agent, ...problemResponses(400, 401, 403, 404, 409, 412, 413, 415, 429) },
        },
      },
      async (request, reply) => {
        const { agent } = request.params;
        const revision = readIfMatch(request.headers['if-match']);
        return answer(reply, await agents.publishAgent(request.actor, { agent, note: request.body.note, revision }));
      },
    );

    app.post(
      '/api/agents/:agent/duplicate',
      {
        config: changing,
        schema: {
          operationId: 'duplicateAgent',
          tags,
          summary: 'Copy an agent into a private draft of one’s own',
          description:
            'A copy of one’s own agent has all its languages; one of somebody else’s has its texts in the language that `Accept-Language` asks for.',
          params,
          body: DuplicateAgentInput,
          response: { 201: Agent, ...problemResponses(400, 401, 403, 404, 409, 413, 415, 429) },
        },
      },
      async (request, reply) => {
        const { agent } = request.params;
        const language = readLanguage(request.headers);
        const copy = await agents.duplicateAgent(request.actor, { agent, ...request.body }, language);
        return answer(reply.code(201), copy);
      },
    );
  };
}
