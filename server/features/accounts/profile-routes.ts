import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ChangePasswordInput, Person, SignedInBrowsers, UpdateProfileInput } from '#server/contract/account.ts';
import { Identifier } from '#server/contract/identifier.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { guessLimit, toClient } from './account-routes.ts';
import type { ProfileService } from './profile-service.ts';

const tags = ['accounts'];

/** What people change about themselves: `/api/profile`, `/api/sessions`. No key opens these routes. */
export function profileRoutes({ profiles }: { profiles: ProfileService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.patch(
      '/api/profile',
      {
        config: { access: 'signed-in' },
        schema: {
          operationId: 'updateProfile',
          tags,
          summary: 'Change your name',
          body: UpdateProfileInput,
          response: { 200: Person, ...problemResponses(400, 401, 403, 429) },
        },
      },
      async (request) => profiles.updateProfile(request.actor, request.body),
    );

    app.post(
      '/api/profile/password',
      {
        config: { access: 'signed-in', rateLimit: guessLimit },
        schema: {
          operationId: 'changePassword',
          tags,
          summary: 'Change your password; your other sessions end, and the answer sets this one’s new cookie',
          body: ChangePasswordInput,
          response: { 204: z.null(), ...problemResponses(400, 401, 403, 429) },
        },
      },
      async (request, reply) => {
        const { headers } = request;
        const changed = await profiles.changePassword(request.actor, request.body, {
          headers,
          client: toClient(request),
        });
        return reply.header('set-cookie', changed.setCookie).code(204).send(null);
      },
    );

    app.get(
      '/api/sessions',
      {
        config: { access: 'signed-in' },
        schema: {
          operationId: 'listSessions',
          tags,
          summary: 'The browsers in which you are signed in, newest first',
          response: { 200: SignedInBrowsers, ...problemResponses(401, 403, 429) },
        },
      },
      async (request) => profiles.listSessions(request.actor, request.headers),
    );

    app.delete(
      '/api/sessions',
      {
        config: { access: 'signed-in' },
        schema: {
          operationId: 'endOtherSessions',
          tags,
          summary: 'End all your sessions but this one',
          response: { 204: z.null(), ...problemResponses(401, 403, 404, 429) },
        },
      },
      async (request, reply) => {
        await profiles.endOtherSessions(request.actor, request.headers);
        return reply.code(204).send(null);
      },
    );

    app.delete(
      '/api/sessions/:session',
      {
        config: { access: 'signed-in' },
        schema: {
          operationId: 'endSession',
          tags,
          summary: 'End one of your sessions; its cookie is useless at once',
          params: z.object({ session: Identifier }),
          response: { 204: z.null(), ...problemResponses(401, 403, 404, 429) },
        },
      },
      async (request, reply) => {
        await profiles.endSession(request.actor, request.params.session);
        return reply.code(204).send(null);
      },
    );
  };
}
