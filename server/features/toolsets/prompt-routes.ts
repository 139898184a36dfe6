import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problemResponses } from '#server/contract/problem.ts';
import { AgentPrompt, FilledPrompt, FillPromptInput, PromptQuery } from '#server/contract/prompt.ts';
import { untilLeft } from '#server/until-left.ts';
import type { PromptService } from './prompt-service.ts';

const tags = ['agents'];
const params = z.object({ agent: z.string() });

/** Prompts of MCP servers, which people pick where they write to an agent. */
export function promptRoutes({ prompts }: { prompts: PromptService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/agents/:agent/prompts',
      {
        config: { scope: 'agents:read' },
        schema: {
          operationId: 'listAgentPrompts',
          tags,
          summary: 'The prompts of MCP servers that you can begin a message to an agent with',
          description: 'Those of the toolsets whose tool `get_prompt` the agent was given.',
          params,
          querystring: PromptQuery,
          response: { 200: z.object({ items: z.array(AgentPrompt) }), ...problemResponses(400, 403, 404) },
        },
      },
      async ({ actor, params: { agent }, query }) => ({
        items: await prompts.listPrompts(actor, agent, query.version),
      }),
    );

    app.post(
      '/api/agents/:agent/prompts',
      {
        config: { scope: 'runs:write' },
        schema: {
          operationId: 'fillAgentPrompt',
          tags,
          summary: 'Have an MCP server fill in one of an agent’s prompts, as a text to send',
          params,
          body: FillPromptInput,
          response: { 200: FilledPrompt, ...problemResponses(400, 403, 404, 409, 502, 503) },
        },
      },
      async ({ actor, params: { agent }, body }, reply) => prompts.fillPrompt(actor, agent, body, untilLeft(reply.raw)),
    );
  };
}
