import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problemResponses } from '#server/contract/problem.ts';
import { CallToolInput, FavouriteToolInput, ListedTool, ToolCall } from '#server/contract/tool.ts';
import { readLanguage } from '#server/read-language.ts';
import { toReportHeaders } from '#server/to-file-headers.ts';
import { untilLeft } from '#server/until-left.ts';
import type { CallReporter } from './report-call.ts';
import type { ToolService } from './tool-service.ts';

const tags = ['tools'];

/** The catalogue of tools, and the bench on which people try them. */
export function toolRoutes({
  tools,
  reportCall,
}: {
  tools: ToolService;
  reportCall: CallReporter;
}): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/tools',
      {
        config: { scope: 'agents:read' },
        schema: {
          operationId: 'listTools',
          tags,
          summary: 'The tools that your agents can be given, with their schemas',
          response: { 200: z.object({ items: z.array(ListedTool) }) },
        },
      },
      async (request) => ({ items: await tools.listTools(request.actor) }),
    );

    app.put(
      '/api/tools/favourites',
      {
        config: { scope: 'agents:write' },
        schema: {
          operationId: 'setFavouriteTool',
          tags,
          summary: 'Make a tool one of your favourites, or no longer',
          body: FavouriteToolInput,
          response: { 204: z.null(), ...problemResponses(404) },
        },
      },
      async (request, reply) => {
        await tools.setFavourite(request.actor, request.body);
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/api/tools/call',
      {
        config: { scope: 'agents:write' },
        schema: {
          operationId: 'callTool',
          tags,
          summary: 'Call one tool by hand, as an agent of yours would',
          description:
            'Answers when the tool is done; who leaves stops it. A tool that writes is called at once: you are the person whose consent it would need. The call counts as usage, and is refused where the budget of the person or the key is spent.',
          body: CallToolInput,
          response: { 200: ToolCall, ...problemResponses(402, 403, 404) },
        },
      },
      async (request, reply) =>
        tools.callTool(
          { actor: request.actor, language: readLanguage(request.headers), signal: untilLeft(reply.raw) },
          request.body,
        ),
    );

    app.post(
      '/api/tools/report',
      {
        config: { scope: 'agents:write' },
        schema: {
          operationId: 'reportToolCall',
          tags,
          summary: 'Call one tool that reads, and get what it brought as PDF: figures, charts and sources',
          description: 'A call by hand as `POST /api/tools/call` is; what the tool fails with is the answer’s problem.',
          produces: ['application/pdf'],
          body: CallToolInput,
          response: {
            200: { description: 'The report', content: { 'application/pdf': { schema: z.string() } } },
            ...problemResponses(402, 403, 404, 503),
          },
        },
      },
      async (request, reply) => {
        const caller = {
          actor: request.actor,
          language: readLanguage(request.headers),
          signal: untilLeft(reply.raw),
        };
        return reply
          .headers(toReportHeaders('report.pdf'))
          .type('application/pdf')
          .send(Buffer.from(await reportCall(caller, request.body)) as never);
      },
    );
  };
}
