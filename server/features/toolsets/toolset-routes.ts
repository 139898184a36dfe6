import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Identifier } from '#server/contract/identifier.ts';
import { pageOf } from '#server/contract/page.ts';
import { problemResponses } from '#server/contract/problem.ts';
import {
  CreateToolsetInput,
  LoadToolsetInput,
  OAuthClientDocument,
  SignInEnd,
  SignInStart,
  Toolset,
  ToolsetListQuery,
  ToolsetPreset,
  ToolsetWithTools,
  UpdateToolsetInput,
} from '#server/contract/toolset.ts';
import { untilLeft } from '#server/until-left.ts';
import type { ToolsetService } from './toolset-service.ts';

const tags = ['toolsets'];
const params = z.object({ toolset: Identifier });
const reading = { scope: 'agents:read' } as const;
const writing = { scope: 'agents:write' } as const;
/** A pasted description, with what JSON adds to it. */
const bodyLimit = 24 * 1024 * 1024;

type RouteNeeds = Exclude<keyof ToolsetService, 'callMcpTool' | 'readMcpResource' | 'getMcpPrompt'>;

/** A person's own tools from elsewhere. */
export function toolsetRoutes({ toolsets }: { toolsets: Pick<ToolsetService, RouteNeeds> }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/toolsets',
      {
        config: reading,
        schema: {
          operationId: 'listToolsets',
          tags,
          summary: 'Your toolsets: what you imported from OpenAPI descriptions and MCP servers, newest first',
          querystring: ToolsetListQuery,
          response: { 200: pageOf(Toolset), ...problemResponses(400) },
        },
      },
      async (request) => toolsets.listToolsets(request.actor, request.query),
    );

    app.post(
      '/api/toolsets',
      {
        bodyLimit,
        config: writing,
        schema: {
          operationId: 'createToolset',
          tags,
          summary: 'Import an OpenAPI description, or connect an MCP server',
          description:
            'Every operation, or every tool of the server, becomes a tool of yours. Up to 40 can be given to agents at once; of more, choose with "enabled". Secrets are never returned.',
          body: CreateToolsetInput,
          response: { 201: ToolsetWithTools, ...problemResponses(403, 409, 502) },
        },
      },
      async (request, reply) =>
        reply.code(201).send(await toolsets.createToolset(request.actor, request.body, untilLeft(reply.raw))),
    );

    app.get(
      '/api/toolsets/:toolset',
      {
        config: reading,
        schema: {
          operationId: 'getToolset',
          tags,
          summary: 'One of your toolsets with its tools',
          params,
          response: { 200: ToolsetWithTools, ...problemResponses(404) },
        },
      },
      async (request) => toolsets.getToolset(request.actor, request.params.toolset),
    );

    app.patch(
      '/api/toolsets/:toolset',
      {
        config: writing,
        schema: {
          operationId: 'updateToolset',
          tags,
          summary: 'Change a toolset’s name, server, credential or which of its tools agents can be given',
          params,
          body: UpdateToolsetInput,
          response: { 200: ToolsetWithTools, ...problemResponses(404) },
        },
      },
      async (request) => toolsets.updateToolset(request.actor, request.params.toolset, request.body),
    );

    app.delete(
      '/api/toolsets/:toolset',
      {
        config: writing,
        schema: {
          operationId: 'deleteToolset',
          tags,
          summary: 'Delete a toolset; agents that use it cannot run until its tools are taken out of them',
          params,
          response: { 204: z.null(), ...problemResponses(404) },
        },
      },
      async (request, reply) => {
        await toolsets.deleteToolset(request.actor, request.params.toolset);
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/api/toolsets/:toolset/load',
      {
        bodyLimit,
        config: writing,
        schema: {
          operationId: 'loadToolset',
          tags,
          summary: 'Load its tools anew; those that were chosen stay chosen',
          params,
          body: LoadToolsetInput,
          response: { 200: ToolsetWithTools, ...problemResponses(404, 409, 502) },
        },
      },
      async (request, reply) =>
        toolsets.loadToolset(request.actor, request.params.toolset, request.body.text, untilLeft(reply.raw)),
    );

    app.post(
      '/api/toolsets/:toolset/sign-in',
      {
        config: writing,
        schema: {
          operationId: 'beginToolsetSignIn',
          tags,
          summary: 'Begin to sign in with its service: where to send the person',
          params,
          response: { 200: SignInStart, ...problemResponses(404, 409, 502) },
        },
      },
      async (request) => toolsets.beginSignIn(request.actor, request.params.toolset),
    );

    app.post(
      '/api/toolset-sign-ins',
      {
        config: writing,
        schema: {
          operationId: 'endToolsetSignIn',
          tags,
          summary: 'End a sign-in with what the service sent the person back with',
          body: SignInEnd,
          response: { 200: ToolsetWithTools, ...problemResponses(404, 409, 502) },
        },
      },
      async (request) => toolsets.endSignIn(request.actor, request.body),
    );

    app.get(
      '/api/oauth-client',
      {
        config: { access: 'public' },
        schema: {
          operationId: 'getOAuthClient',
          tags,
          summary: 'Who this hub is, for the services that people sign in with (client id metadata document)',
          response: { 200: OAuthClientDocument, ...problemResponses(404) },
        },
      },
      async () => toolsets.describeClient(),
    );

    app.get(
      '/api/toolset-presets',
      {
        config: reading,
        schema: {
          operationId: 'listToolsetPresets',
          tags,
          summary: 'Known services that can be connected with little more than a key',
          response: { 200: z.object({ items: z.array(ToolsetPreset) }) },
        },
      },
      async () => ({ items: toolsets.listPresets() }),
    );
  };
}
