import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  AcceptInvitationInput,
  CreatedInvitation,
  CreateInvitationInput,
  Invitation,
  SessionState,
} from '#server/contract/account.ts';
import { Identifier } from '#server/contract/identifier.ts';
import { PageQuery, pageOf } from '#server/contract/page.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { guessLimit, setCookies, toClient } from './account-routes.ts';
import type { InvitationService } from './invitation-service.ts';

const tags = ['accounts'];

/** Invitations: `/api/invitations` for administrators, `…/open/:token` and `…/accept` for those who were invited. */
export function invitationRoutes({ invitations }: { invitations: InvitationService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/invitations',
      {
        config: { access: 'administrator' },
        schema: {
          operationId: 'listInvitations',
          tags,
          summary: 'Open and used invitations, newest first',
          querystring: PageQuery,
          response: { 200: pageOf(Invitation), ...problemResponses(400, 401, 403, 429) },
        },
      },
      async (request) => invitations.listInvitations(request.actor, request.query),
    );

    app.post(
      '/api/invitations',
      {
        config: { access: 'administrator', rateLimit: { max: 60, timeWindow: '1 minute' } },
        schema: {
          operationId: 'createInvitation',
          tags,
          summary: 'Invite somebody; only this answer has the token of the link',
          body: CreateInvitationInput,
          response: { 201: CreatedInvitation, ...problemResponses(400, 401, 403, 409, 429) },
        },
      },
      async (request, reply) => {
        const { email, role } = request.body;
        request.act = { kind: 'invitation-create', target: { name: email }, detail: { role } };
        return reply.code(201).send(await invitations.createInvitation(request.actor, request.body));
      },
    );

    app.delete(
      '/api/invitations/:invitation',
      {
        config: { access: 'administrator' },
        schema: {
          operationId: 'deleteInvitation',
          tags,
          summary: 'Withdraw an invitation; its link stops working',
          params: z.object({ invitation: Identifier }),
          response: { 204: z.null(), ...problemResponses(401, 403, 404, 429) },
        },
      },
      async (request, reply) => {
        const { email } = await invitations.deleteInvitation(request.actor, request.params.invitation);
        request.act = { kind: 'invitation-delete', target: { name: email } };
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/api/invitations/open/:token',
      {
        config: { access: 'public', rateLimit: guessLimit },
        schema: {
          operationId: 'getOpenInvitation',
          tags,
          summary: 'What the link of an invitation offers',
          params: z.object({ token: z.string().min(1).max(200) }),
          response: { 200: Invitation, ...problemResponses(400, 404, 429) },
        },
      },
      async (request) => invitations.getOpenInvitation(request.params.token),
    );

    app.post(
      '/api/invitations/accept',
      {
        config: { access: 'public', rateLimit: guessLimit },
        schema: {
          operationId: 'acceptInvitation',
          tags,
          summary: 'Take the place that an invitation offers, and sign in',
          body: AcceptInvitationInput,
          response: { 200: SessionState, ...problemResponses(400, 403, 404, 409, 429) },
        },
      },
      async (request, reply) => setCookies(reply, await invitations.acceptInvitation(request.body, toClient(request))),
    );
  };
}
