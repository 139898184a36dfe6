import type { Actor } from '#server/contract/actor.ts';
import type { Scope } from '#server/contract/api-key.ts';
import type { Act } from '#server/contract/audit.ts';

/**
 * Who may call a route.
 *
 * `signed-in` (also when nothing is said): a person with a session, or a key with the route's scope.
 * `administrator`: the same, for administrators; without a scope of its own the route asks keys for `admin`.
 * `public`: everybody; who is signed in is known as `request.visitor`.
 * `anonymous`: everybody, and nobody is looked up: for assets, health and documents.
 */
export type RouteAccess = 'signed-in' | 'administrator' | 'public' | 'anonymous';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; reading it where nobody is signed in throws `unauthenticated`. */
    readonly actor: Actor;
    visitor: Actor | null;
    /** What an administrator did with this request; kept when it is answered. */
    act: Act | null;
  }

  interface FastifyContextConfig {
    access?: RouteAccess;
    /** The scope that an API key needs; without it keys are refused. */
    scope?: Scope;
    /** A header in which software of another kind sends the API key, beside the usual one. */
    keyHeader?: string;
  }
}
