import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ToolSummary } from '#server/contract/tool.ts';

/** The catalogue of tools. */
export function toolRoutes({ listTools }: { listTools: () => ToolSummary[] }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/tools',
      {
        config: { scope: 'agents:read' },
        schema: {
          operationId: 'listTools',
          tags: ['tools'],
          summary: 'The tools that agents can be given, with their schemas',
          response: { 200: z.object({ items: z.array(ToolSummary) }) },
        },
      },
      async () => ({ items: listTools() }),
    );
  };
}
