import type { Actor } from '#server/contract/actor.ts';
import type { QueryAccess } from '#server/contract/saved-query.ts';
import { isWholePerson } from '#server/is-whole-person.ts';

type Judged = { ownerId: string; access: QueryAccess };

export const canEditQuery = (actor: Actor, { ownerId }: Judged) => isWholePerson(actor) && ownerId === actor.userId;

/** Whoever has the link of a query needs no more to see it, but has to be somebody here. */
export const canSeeQuery = (actor: Actor, query: Judged) =>
  isWholePerson(actor) && (query.access !== 'private' || query.ownerId === actor.userId);
