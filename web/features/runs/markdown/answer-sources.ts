import { createContext } from 'react';
import type { Source } from '#server/contract/run-event.ts';

/** What the marks of a text lead to, by number, and what the anchors of the list below it begin with. */
export const AnswerSources = createContext<{ sources: ReadonlyMap<number, Source>; prefix: string }>({
  sources: new Map(),
  prefix: '',
});
