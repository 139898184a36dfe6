import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Agent } from '#server/contract/agent.ts';
import { AgentReference } from '#server/contract/identifier.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { toEntityTag } from '#server/if-match.ts';
import { packageTooLarge, uploadMissing } from './agent-errors.ts';
import type { AgentService } from './agent-service.ts';
import { maximumZipBytes } from './read-package-zip.ts';

const tags = ['agents'];
const params = z.object({ agent: AgentReference });
const reading = { access: 'signed-in', scope: 'agents:read' } as const;

/** Agents as files that come and go: packages and avatars. */
export function agentPackageRoutes({ agents }: { agents: AgentService }): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(multipart, { throwFileSizeLimit: false, limits: { fileSize: maximumZipBytes, files: 1 } });

    app.get(
      '/api/agents/:agent/export',
      {
        config: reading,
        schema: {
          operationId: 'exportAgent',
          tags,
          summary: 'Download an agent as a package',
          description: 'A zip with agent.yaml, prompt.md and the avatar; it never holds a secret.',
          params,
          produces: ['application/zip'],
          response: {
            200: { description: 'The package', content: { 'application/zip': { schema: z.any() } } },
            ...problemResponses(400, 401, 403, 404, 429),
          },
        },
      },
      async (request, reply) => {
        const { name, bytes } = await agents.exportPackage(request.actor, request.params.agent);
        return reply
          .type('application/zip')
          .header('Content-Disposition', `attachment; filename="${name}"`)
          .send(Buffer.from(bytes));
      },
    );

    app.get(
      '/api/agents/:agent/avatar',
      {
        config: reading,
        schema: {
          operationId: 'getAgentAvatar',
          tags,
          summary: 'The picture of an agent whose avatar is a file',
          params,
          response: {
            200: { description: 'The picture', content: { 'image/*': { schema: z.any() } } },
            ...problemResponses(400, 401, 403, 404, 429),
          },
        },
      },
      async (request, reply) => {
        const { mediaType, bytes } = await agents.readAvatar(request.actor, request.params.agent);
        return reply
          .type(mediaType)
          .headers({
            'Cache-Control': 'private, max-age=300',
            'Content-Security-Policy': "default-src 'none'; sandbox",
            'X-Content-Type-Options': 'nosniff',
          })
          .send(Buffer.from(bytes));
      },
    );

    app.post(
      '/api/agents/import',
      {
        config: { access: 'signed-in', scope: 'agents:write' },
        bodyLimit: maximumZipBytes + 64 * 1024,
        schema: {
          operationId: 'importAgent',
          tags,
          summary: 'Make an agent of a package',
          description: 'multipart/form-data with the zip in the field "file". It becomes a draft of one’s own.',
          consumes: ['multipart/form-data'],
          response: { 201: Agent, ...problemResponses(400, 401, 403, 409, 413, 415, 429) },
        },
      },
      async (request, reply) => {
        const agent = await agents.importPackage(request.actor, await readUpload(request));
        if (agent.draftRevision !== null) void reply.header('ETag', toEntityTag(agent.draftRevision));
        return reply.code(201).send(agent);
      },
    );
  };
}

async function readUpload(request: FastifyRequest): Promise<Uint8Array> {
  if (!request.isMultipart()) throw uploadMissing();
  const upload = await request.file();
  if (upload?.fieldname !== 'file') throw uploadMissing();
  const bytes = await upload.toBuffer();
  if (upload.file.truncated) throw packageTooLarge(maximumZipBytes);
  return bytes;
}
