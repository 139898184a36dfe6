import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  BeginVisitInput,
  EmbedOpening,
  embedTokenHeader,
  EmbedVisit,
  VisitConversation,
  VisitRunInput,
} from '#server/contract/embed.ts';
import { AgentReference, Identifier } from '#server/contract/identifier.ts';
import { PageQuery } from '#server/contract/page.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { RunEvent } from '#server/contract/run-event.ts';
import { readLanguage } from '#server/read-language.ts';
import { toFileHeaders } from '#server/to-file-headers.ts';
import type { EmbedService } from './embed-service.ts';

const tags = ['embeds'];
const params = z.object({ agent: AgentReference });
const headers = z.object({
  [embedTokenHeader]: z.string().min(1).max(100).describe('The token of the visit.'),
});
const eventStream = { content: { 'text/event-stream': { schema: RunEvent } } };
const noStore = { 'cache-control': 'no-store' };
/** Per address; a request that changes something must come from the hub's own page, as everywhere (`access: 'public'`). */
const limited = (max: number) => ({
  access: 'public' as const,
  rateLimit: { max, timeWindow: '1 minute' },
});

/** The site that a browser asks for; null where it is the hub's own page, or no browser. */
function findSite({ headers: { origin }, host }: FastifyRequest): string | null {
  if (origin === undefined) return null;
  return URL.canParse(origin) && new URL(origin).host === host ? null : origin;
}

/** What sites that show an agent ask, and their visitors, who are nobody the hub knows. */
export function visitRoutes({ embeds }: { embeds: EmbedService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/embeds/:agent',
      {
        config: limited(120),
        schema: {
          operationId: 'readEmbedOpening',
          tags,
          summary: 'How an agent introduces itself on a site that may show it',
          params,
          response: { 200: EmbedOpening, ...problemResponses(403) },
        },
      },
      async (request, reply) => {
        // Whom it refuses may read why; without this a site would only learn that something failed.
        void reply.headers({ ...noStore, 'access-control-allow-origin': '*', vary: 'Origin' });
        return embeds.readOpening(request.params.agent, findSite(request));
      },
    );

    app.get(
      '/api/embeds/:agent/portrait',
      {
        config: limited(120),
        schema: {
          operationId: 'readEmbedPortrait',
          tags,
          summary: 'The picture of an embedded agent whose avatar is a file',
          params,
          response: {
            200: { description: 'The picture', content: { 'image/*': { schema: z.any() } } },
            ...problemResponses(403, 404),
          },
        },
      },
      async (request, reply) => {
        const { mediaType, bytes } = await embeds.readPortrait(request.params.agent);
        return reply
          .type(mediaType)
          .headers({
            'cache-control': 'public, max-age=300',
            'content-security-policy': "default-src 'none'; sandbox",
            'cross-origin-resource-policy': 'cross-origin',
            'x-content-type-options': 'nosniff',
          })
          .send(Buffer.from(bytes));
      },
    );

    app.post(
      '/api/embeds/:agent/visits',
      {
        config: limited(20),
        schema: {
          operationId: 'beginVisit',
          tags,
          summary: 'Begin a visit: its token is the only way to its conversation',
          description: 'The first message, within ten minutes, makes a conversation of it; nothing is stored before.',
          params,
          body: BeginVisitInput,
          response: { 201: EmbedVisit, ...problemResponses(403) },
        },
      },
      async (request, reply) => {
        const visit = await embeds.beginVisit(request.params.agent, request.body.site);
        return reply.code(201).headers(noStore).send(visit);
      },
    );

    app.delete(
      '/api/embeds/:agent/visits',
      {
        config: limited(20),
        schema: {
          operationId: 'endVisit',
          tags,
          summary: 'End a visit and forget what was said',
          params,
          headers,
          response: { 204: z.null(), ...problemResponses(403, 404) },
        },
      },
      async (request, reply) => {
        await embeds.endVisit(toVisitor(request));
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/api/embeds/:agent/conversation',
      {
        config: limited(60),
        schema: {
          operationId: 'readVisit',
          tags,
          summary: 'What was said in a visit, newest first',
          params,
          headers,
          querystring: PageQuery,
          response: { 200: VisitConversation, ...problemResponses(400, 403, 404) },
        },
      },
      async (request, reply) => {
        void reply.headers(noStore);
        return embeds.readConversation(toVisitor(request), request.query);
      },
    );

    app.post(
      '/api/embeds/:agent/runs',
      {
        config: limited(30),
        bodyLimit: 128 * 1024,
        schema: {
          operationId: 'startVisitRun',
          tags,
          summary: 'Say something to an embedded agent and read its answer as it comes',
          description:
            'The events are those of a run, without how the answer came to be. 402 before the first one, where the owner’s limit is met.',
          params,
          headers,
          body: VisitRunInput,
          response: { 200: eventStream, ...problemResponses(402, 403, 404, 409, 503, 504) },
        },
      },
      async (request, reply) => {
        const run = await embeds.startRun(toVisitor(request), request.body, readLanguage(request.headers));
        return reply.header('x-run-id', run.id).sendEventStream((signal) => run.toFrames(undefined, signal));
      },
    );

    app.get(
      '/api/embeds/:agent/runs/:run/events',
      {
        config: limited(120),
        schema: {
          operationId: 'readVisitRunEvents',
          tags,
          summary: 'The events of a run of the visit, from its start or after `Last-Event-ID`',
          params: params.extend({ run: Identifier }),
          headers: headers.extend({ 'last-event-id': z.string().max(40).optional() }),
          response: { 200: eventStream, ...problemResponses(403, 404) },
        },
      },
      async (request, reply) => {
        const run = await embeds.openRun(toVisitor(request), request.params.run, readLanguage(request.headers));
        return reply.sendEventStream((signal) => run.toFrames(request.headers['last-event-id'], signal));
      },
    );

    app.post(
      '/api/embeds/:agent/runs/:run/cancel',
      {
        config: limited(60),
        schema: {
          operationId: 'cancelVisitRun',
          tags,
          summary: 'Stop a run of the visit; what it said stays',
          params: params.extend({ run: Identifier }),
          headers,
          response: { 204: z.null(), ...problemResponses(403, 404, 503) },
        },
      },
      async (request, reply) => {
        await embeds.cancelRun(toVisitor(request), request.params.run);
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/api/embeds/:agent/files/:file',
      {
        config: limited(120),
        schema: {
          operationId: 'readVisitFile',
          tags,
          summary: 'The bytes of a file that a run of the visit made',
          params: params.extend({ file: Identifier }),
          headers,
          response: {
            200: { content: { 'application/octet-stream': { schema: z.string() } } },
            ...problemResponses(403, 404),
          },
        },
      },
      async (request, reply) => {
        const { file, content } = await embeds.openFile(toVisitor(request), request.params.file);
        return reply
          .headers({ ...toFileHeaders(file), ...noStore })
          .type(file.mediaType)
          .send(content as never);
      },
    );
  };
}

const toVisitor = (request: { params: { agent: string }; headers: { [embedTokenHeader]: string } }) => ({
  agent: request.params.agent,
  token: request.headers[embedTokenHeader],
});
