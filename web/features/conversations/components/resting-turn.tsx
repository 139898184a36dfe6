import { type ReactNode, useEffect, useState } from 'react';
import { classNames } from '#web/lib/class-names.ts';

/**
 * A message that costs nothing while it is out of sight.
 *
 * It is laid out once before it may rest, so that it keeps its true height and nothing jumps when it comes into sight.
 */
export function RestingTurn({ id, children }: { id: string; children: ReactNode }) {
  const [mayRest, setMayRest] = useState(false);
  useEffect(() => {
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => setMayRest(true));
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <div
      id={id}
      tabIndex={-1}
      className={classNames(
        // What is drawn around a focused control is not cut off.
        'min-w-0 outline-none target:rounded-md target:bg-accent-soft/50 [contain-intrinsic-block-size:auto_10rem] [overflow-clip-margin:0.5rem]',
        mayRest && '[content-visibility:auto]',
      )}
    >
      {children}
    </div>
  );
}
