import type { ReactNode } from 'react';
import { classNames } from '#web/lib/class-names.ts';
import { useMayRest } from '#web/lib/use-may-rest.ts';

/** A message that costs nothing while it is out of sight; `id` is where a link to it leads. */
export function RestingTurn({ id, children }: { id: string; children: ReactNode }) {
  const mayRest = useMayRest();
  return (
    <div
      id={id}
      tabIndex={-1}
      className={classNames('min-w-0 outline-none target:rounded-md target:bg-accent-soft/50', mayRest && 'resting')}
    >
      {children}
    </div>
  );
}
