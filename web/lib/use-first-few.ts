import { useDeferredValue } from 'react';

/** How many of a list are drawn: so many at once, which fill a screen, and all as soon as those are seen. */
export const useFirstFew = (few: number): number => useDeferredValue(Number.POSITIVE_INFINITY, few);
