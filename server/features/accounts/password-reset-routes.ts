import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { CreatedPasswordReset, PasswordReset, ResetPasswordInput, SessionState } from '#server/contract/account.ts';
import { Identifier } from '#server/contract/identifier.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { guessLimit, setCookies, toClient } from './account-routes.ts';
import type { PasswordResetService } from './password-reset-service.ts';

const tags = ['accounts'];

/** Links to a new password: made at `/api/people/:person/password-reset`, followed at `/api/password-resets`. */
export function passwordResetRoutes({ resets }: { resets: PasswordResetService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      '/api/people/:person/password-reset',
      {
        config: { access: 'administrator', rateLimit: { max: 60, timeWindow: '1 minute' } },
        schema: {
          operationId: 'createPasswordReset',
          tags,
          summary: 'Make a link with which a person sets a new password; only this answer has its token',
          params: z.object({ person: Identifier }),
          response: { 201: CreatedPasswordReset, ...problemResponses(401, 403, 404, 429) },
        },
      },
      async (request, reply) => {
        request.act = { kind: 'password-link', target: { person: request.params.person } };
        const created = await resets.createPasswordReset(request.actor, request.params.person);
        return reply.header('cache-control', 'no-store').code(201).send(created);
      },
    );

    app.get(
      '/api/password-resets/open/:token',
      {
        config: { access: 'public', rateLimit: guessLimit },
        schema: {
          operationId: 'getOpenPasswordReset',
          tags,
          summary: 'Whose link to a new password this is',
          params: z.object({ token: z.string().min(1).max(200) }),
          response: { 200: PasswordReset, ...problemResponses(400, 404, 429) },
        },
      },
      async (request) => resets.getOpenPasswordReset(request.params.token),
    );

    app.post(
      '/api/password-resets/accept',
      {
        config: { access: 'public', rateLimit: guessLimit },
        schema: {
          operationId: 'resetPassword',
          tags,
          summary: 'Set a new password with a link’s token, end all earlier sessions, and sign in',
          body: ResetPasswordInput,
          response: { 200: SessionState, ...problemResponses(400, 403, 404, 429) },
        },
      },
      async (request, reply) => setCookies(reply, await resets.resetPassword(request.body, toClient(request))),
    );
  };
}
