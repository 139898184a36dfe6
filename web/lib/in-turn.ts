import { startTransition } from 'react';
import { afterTyping } from './after-typing.ts';

const waiting = new Set<() => void>();

/**
 * Has something drawn that many places of a page draw at once: one after the other, each in a frame of its own while nobody
 * types, or all of them would be drawn and laid out under one key. The answer calls it off.
 */
export function inTurn(draw: () => void): () => void {
  waiting.add(draw);
  if (waiting.size === 1) drawNext();
  return () => waiting.delete(draw);
}

function drawNext(): void {
  afterTyping(() => {
    const [next] = waiting;
    if (next === undefined) return;
    waiting.delete(next);
    startTransition(next);
    if (waiting.size > 0) drawNext();
  });
}
