import { startTransition } from 'react';
import { afterTyping } from './after-typing.ts';

const waiting = new Set<() => void>();
let isDrawing = false;

/**
 * Has something drawn that many places of a page draw at once: one after the other, each in a frame of its own while nobody
 * types, or all of them would be drawn and laid out under one key. The answer calls it off.
 */
export function inTurn(draw: () => void): () => void {
  waiting.add(draw);
  if (!isDrawing) drawNext();
  return () => waiting.delete(draw);
}

function drawNext(): void {
  isDrawing = waiting.size > 0;
  if (!isDrawing) return;
  afterTyping(() => {
    const [next] = waiting;
    if (next !== undefined) {
      waiting.delete(next);
      startTransition(next);
    }
    drawNext();
  });
}
