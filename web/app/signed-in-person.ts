import { createContext, use } from 'react';
import type { Person, SessionState } from '#server/contract/account.ts';

export type SignedInPerson = { person: Person; can: SessionState['can'] };

export const PersonContext = createContext<SignedInPerson | null>(null);

/** The person who is signed in, and what they may do; only inside the shell. */
export function useSignedInPerson(): SignedInPerson {
  const signedIn = use(PersonContext);
  if (!signedIn) throw new Error('Nobody is signed in here.');
  return signedIn;
}
