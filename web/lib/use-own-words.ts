import { useEffect, useReducer } from 'react';
import { findOwnWords } from './issue-message.ts';

/** Draws a component again when what schemas say in their own words has come, once it is needed. */
export function useOwnWords(isNeeded: boolean): void {
  const [, draw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (isNeeded) void findOwnWords()?.then(draw);
  }, [isNeeded]);
}
