import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { toChange } from '#server/contract/audit.ts';
import { Person, SessionState, SetUpInput, SignInInput, UpdatePersonInput } from '#server/contract/account.ts';
import { Identifier } from '#server/contract/identifier.ts';
import { PageQuery, pageOf } from '#server/contract/page.ts';
import { problemResponses } from '#server/contract/problem.ts';
import type { AccountService, SessionAnswer } from './account-service.ts';
import type { Client } from './session-keeper.ts';

/** Guessing passwords and tokens is slow: so many attempts a minute from one address. */
export const guessLimit = { max: 10, timeWindow: '1 minute' };

export const toClient = ({ ip, headers }: FastifyRequest): Client => ({
  address: ip,
  userAgent: headers['user-agent'],
});

export function setCookies(reply: FastifyReply, { state, setCookie }: SessionAnswer): SessionState {
  if (setCookie.length > 0) void reply.header('set-cookie', setCookie);
  void reply.header('cache-control', 'no-store');
  return state;
}

/** Sessions, set-up and people: `/api/session`, `/api/setup`, `/api/people`. */
export function accountRoutes({ accounts }: { accounts: AccountService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/session',
      {
        config: { access: 'public' },
        schema: {
          operationId: 'getSession',
          tags: ['accounts'],
          summary: 'Who is signed in, what they may do, and whether the hub still needs its first administrator',
          response: { 200: SessionState, ...problemResponses(401, 429) },
        },
      },
      async (request, reply) => setCookies(reply, await accounts.readSession(request.visitor, request.headers)),
    );

    app.post(
      '/api/session',
      {
        config: { access: 'public', rateLimit: guessLimit },
        schema: {
          operationId: 'signIn',
          tags: ['accounts'],
          summary: 'Sign in with e-mail address and password; the answer sets the session cookie',
          body: SignInInput,
          response: { 200: SessionState, ...problemResponses(400, 401, 403, 429) },
        },
      },
      async (request, reply) => {
        await app.countSignIn(request);
        return setCookies(reply, await accounts.signIn(request.body, toClient(request)));
      },
    );

    app.delete(
      '/api/session',
      {
        config: { access: 'public' },
        schema: {
          operationId: 'signOut',
          tags: ['accounts'],
          summary: 'Sign out; the session ends also where its cookie was copied',
          response: { 204: z.null(), ...problemResponses(401, 403, 429) },
        },
      },
      async (request, reply) => {
        const { setCookie } = await accounts.signOut(request.headers);
        return reply.header('set-cookie', setCookie).code(204).send(null);
      },
    );

    app.post(
      '/api/setup',
      {
        config: { access: 'public', rateLimit: guessLimit },
        schema: {
          operationId: 'setUp',
          tags: ['accounts'],
          summary: 'Make the first administrator with the token that the hub printed, and sign in',
          body: SetUpInput,
          response: { 200: SessionState, ...problemResponses(400, 403, 409, 429) },
        },
      },
      async (request, reply) => setCookies(reply, await accounts.setUp(request.body, toClient(request))),
    );

    app.get(
      '/api/people',
      {
        config: { access: 'administrator' },
        schema: {
          operationId: 'listPeople',
          tags: ['accounts'],
          summary: 'The people of this hub, newest first',
          querystring: PageQuery,
          response: { 200: pageOf(Person), ...problemResponses(400, 401, 403, 429) },
        },
      },
      async (request) => accounts.listPeople(request.actor, request.query),
    );

    app.patch(
      '/api/people/:person',
      {
        config: { access: 'administrator' },
        schema: {
          operationId: 'updatePerson',
          tags: ['accounts'],
          summary: 'Change the role of a person; the last administrator keeps it',
          params: z.object({ person: Identifier }),
          body: UpdatePersonInput,
          response: { 200: Person, ...problemResponses(400, 401, 403, 404, 409, 429) },
        },
      },
      async (request) => {
        const { person } = request.params;
        const { before, person: updated } = await accounts.updatePerson(request.actor, person, request.body);
        const change = toChange({ role: before }, { role: updated.role });
        request.act = { kind: 'person-role', target: { person }, ...change };
        return updated;
      },
    );
  };
}
