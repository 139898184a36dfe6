import { useEffect, useMemo, useState } from 'react';
import { guessHeight } from '#web/features/runs/markdown/guess-height.ts';
import { createBlockSplitter } from '#web/features/runs/markdown/split-blocks.ts';
import { inTurn } from '#web/lib/in-turn.ts';
import type { Turn } from './to-turns.ts';

const step = 40;
/** Of a window, where the hub draws for one that it does not see. */
const usualHeight = 1000;

/** About how many pixels a turn takes by what it is made of; its words alone may stand in any form. */
const guessForm = (turn: Turn) =>
  100 + guessHeight(createBlockSplitter()(turn.kind === 'person' ? turn.content : turn.view.text));

/** Where the turns begin that fill the window from the end. */
function findFirst(turns: readonly Turn[]): number {
  let left = typeof window === 'undefined' ? usualHeight : window.innerHeight;
  return turns.findLastIndex((turn) => (left -= guessForm(turn)) <= 0);
}

/**
 * The turns that are drawn: the newest that fill a screen at once, earlier ones a few at a time, so that neither the first view
 * nor a key that was pressed waits for those that are out of sight.
 */
export function useDrawnTurns(turns: readonly Turn[]): { drawn: readonly Turn[]; isWhole: boolean } {
  const [from, setFrom] = useState<string | null>(null);
  const known = from === null ? -1 : turns.findIndex(({ key }) => key === from);
  const begin = known === -1 ? Math.max(0, findFirst(turns)) : known;
  const next = turns[Math.max(0, begin - step)]?.key ?? null;
  useEffect(() => {
    if (next === from) return;
    return inTurn(() => setFrom(next));
  }, [next, from]);
  const drawn = useMemo(() => (begin === 0 ? turns : turns.slice(begin)), [turns, begin]);
  return { drawn, isWhole: begin === 0 };
}
