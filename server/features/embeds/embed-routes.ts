import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { AgentEmbed, EmbedSettings } from '#server/contract/embed.ts';
import { AgentReference } from '#server/contract/identifier.ts';
import { problemResponses } from '#server/contract/problem.ts';
import type { EmbedService } from './embed-service.ts';

const tags = ['embeds'];
const params = z.object({ agent: AgentReference.describe('Handle or identifier of an agent that you may edit.') });

/** What an agent's owner decides about other sites that show it. */
export function embedRoutes({ embeds }: { embeds: EmbedService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/agents/:agent/embed',
      {
        config: { scope: 'agents:read' },
        schema: {
          operationId: 'getAgentEmbed',
          tags,
          summary: 'Which sites may show your agent, and what their visitors used this month',
          params,
          response: { 200: AgentEmbed, ...problemResponses(404) },
        },
      },
      (request) => embeds.getEmbed(request.actor, request.params.agent),
    );

    app.put(
      '/api/agents/:agent/embed',
      {
        config: { scope: 'agents:write' },
        schema: {
          operationId: 'setAgentEmbed',
          tags,
          summary: 'Let sites show your agent, or no longer',
          description:
            'Visitors need no account: their runs are yours, of the published version alone, within the two monthly limits ' +
            'and your other budgets. What they say is theirs, and gone a day later. A tool call that wants an approval is refused.',
          params,
          body: EmbedSettings,
          response: { 200: AgentEmbed, ...problemResponses(404) },
        },
      },
      (request) => embeds.setEmbed(request.actor, request.params.agent, request.body),
    );
  };
}
