import type { QueryClient } from '@tanstack/react-query';
import { forgetComposerDrafts } from '#web/lib/composer-drafts.ts';
import { sessionQuery } from './session.ts';

/** Forgets everything that was read and typed here: nobody is signed in any more. */
export async function forgetPerson(cache: QueryClient): Promise<void> {
  forgetComposerDrafts();
  cache.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionQuery.queryKey[0] });
  await cache.invalidateQueries(sessionQuery);
}
