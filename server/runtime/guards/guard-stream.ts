import { type ActiveGuard, findPlaces, type GuardedPlace, maskPlaces } from './check-text.ts';
import type { Language } from './mark.ts';

/** What may be shown now; `isRefused`: nothing more of this stream may. */
export type Release = { text: string; places: GuardedPlace[]; isRefused: boolean };

/** Shown text that patterns may look back to. */
const contextLength = 200;

/**
 * Holds a growing text back as far as something forbidden may still be in the making at its end, so that nothing of it is
 * ever shown: not the beginning of an address whose end is in the next piece.
 */
export function createStreamGuard(active: readonly ActiveGuard[], language: Language) {
  const limits = active.flatMap(({ guard }) =>
    guard.kind === 'maximum-length' ? [{ guard, left: guard.characters }] : [],
  );
  const others = active.filter(({ guard }) => guard.kind !== 'maximum-length');
  let context = '';
  let held = '';

  function release(isEnd: boolean): Release {
    const whole = context + held;
    const base = context.length;
    const open = isEnd
      ? whole.length
      : Math.min(whole.length, ...others.map(({ detector }) => detector.findOpen(whole)));
    if (open <= base) return { text: '', places: [], isRefused: false };
    const places = findPlaces(others, whole).filter(({ start, end }) => end > base && start < open);
    const refused = places.find(({ guard }) => guard.action === 'refuse');
    const shown = places.filter(({ start }) => refused === undefined || start < refused.start);
    const to =
      refused === undefined
        ? shown.reduce((last, { end }) => Math.max(last, end), open)
        : Math.max(base, refused.start);
    const text = maskPlaces(whole, shown, language, { from: base, to });
    context = whole.slice(Math.max(0, to - contextLength), to);
    held = refused === undefined ? whole.slice(to) : '';
    return { text, places: refused === undefined ? places : [...shown, refused], isRefused: refused !== undefined };
  }

  return {
    /** Takes the next piece. */
    push: (piece: string): Release => {
      const over = takeWithin(piece, limits);
      held += over === null ? piece : piece.slice(0, over.length);
      if (over === null) return release(false);
      const last = release(true);
      if (last.isRefused) return last;
      const place = { guard: over.guard, what: 'length', start: 0, end: 0 };
      return { ...last, places: [...last.places, place], isRefused: true };
    },

    /** What was said ends here; what comes later begins anew. */
    end: (): Release => {
      const last = release(true);
      context = '';
      return last;
    },
  };
}

/** Counts a piece; tells how much of it has room where the limit is passed. */
function takeWithin<Limit extends { left: number; guard: ActiveGuard['guard'] }>(piece: string, limits: Limit[]) {
  let over: { length: number; guard: Limit['guard'] } | null = null;
  for (const limit of limits) {
    let length = 0;
    for (const character of piece) {
      if (limit.left === 0) {
        if (over === null || length < over.length) over = { length, guard: limit.guard };
        break;
      }
      limit.left -= 1;
      length += character.length;
    }
  }
  return over;
}
