import type { Piece } from './answer-body.ts';

type HandOn = (piece: Piece) => void;

/** The pieces of one answer on their way to its reader. */
export type PacedPieces = {
  /** Hands a piece on, at once or joined with the next ones. */
  add: HandOn;
  /** Hands on what waits, before the answer ends. */
  flush: () => void;
};

/** Opens the way of one answer's pieces. */
export type PiecePace = (handOn: HandOn) => PacedPieces;

const windowMs = 50;
const mostPiecesPerWindow = 100;
/** Answers that come due close together share a timer. */
const stepMs = 5;
/** An answer's first pieces tell of it, and only one of the next has its first word: these wait for nothing. */
const promptPieces = 4;
/** A longer one is worth its way alone. */
const longestToJoin = 16 * 1024;

/** For answers of which nobody waits for the pieces. */
export const withoutPace: PiecePace = (handOn) => ({ add: handOn, flush: () => {} });

/**
 * Makes the pace that the streamed answers of a process share.
 *
 * What a piece costs on its way is the same for a word and for a sentence. While more than 2,000 a second come, the pieces of
 * one answer wait for each other, no longer than some 50 ms, so that a process with hundreds of answers stays quick for the next.
 */
export function createPiecePace(now: () => number = () => performance.now()): PiecePace {
  const waiting: { dueMs: number; flush: () => void }[] = [];
  let timer: NodeJS.Timeout | null = null;
  let windowEndsMs = 0;
  let pieces = 0;
  let isBusy = false;

  const countPiece = (nowMs: number) => {
    if (nowMs >= windowEndsMs) {
      isBusy = pieces > mostPiecesPerWindow && nowMs < windowEndsMs + windowMs;
      pieces = 0;
      windowEndsMs = nowMs + windowMs;
    }
    pieces += 1;
  };
  const flushDue = () => {
    timer = null;
    const nowMs = now();
    const later = waiting.findIndex(({ dueMs }) => dueMs > nowMs);
    for (const { flush } of waiting.splice(0, later === -1 ? waiting.length : later)) flush();
    waitForFirst();
  };
  const waitForFirst = () => {
    const [first] = waiting;
    if (first !== undefined) timer ??= setTimeout(flushDue, Math.max(stepMs, first.dueMs - now()));
  };

  return (handOn) => {
    let held: Piece[] = [];
    let seen = 0;
    let lastMs = -Infinity;
    const flush = () => {
      const [first] = held;
      if (first === undefined) return;
      const joined = held.length === 1 ? first : Buffer.concat(held);
      held = [];
      handOn(joined);
    };
    return {
      add: (piece) => {
        const nowMs = now();
        countPiece(nowMs);
        seen += 1;
        // Where the next one comes later than this may wait, waiting joins nothing.
        const isAlone = nowMs - lastMs >= windowMs;
        lastMs = nowMs;
        held.push(piece);
        if (!isBusy || isAlone || seen <= promptPieces || piece.byteLength > longestToJoin) flush();
        else if (held.length === 1) {
          waiting.push({ dueMs: nowMs + windowMs, flush });
          waitForFirst();
        }
      },
      flush,
    };
  };
}
