/**
 * Spreads calls so that not more than `perSecond` are made, with as many at once after a rest.
 *
 * `take` books the calls and `waitMs` says how long it would take until they may leave.
 */
export function createCallPace({ perSecond, now }: { perSecond: number; now: () => Date }) {
  const intervalMs = 1000 / perSecond;
  let bookedUntil = 0;
  return {
    waitMs: (): number => Math.max(0, bookedUntil - 1000 - now().getTime()),
    take: (count: number): void => {
      bookedUntil = Math.max(bookedUntil, now().getTime()) + count * intervalMs;
    },
  };
}
