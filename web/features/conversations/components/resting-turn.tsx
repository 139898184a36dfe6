import type { ReactNode } from 'react';
import { classNames } from '#web/lib/class-names.ts';
import { useMayRest } from '#web/lib/use-may-rest.ts';

/** A message that costs nothing while it is out of sight. */
export function RestingTurn({ children }: { children: ReactNode }) {
  const mayRest = useMayRest();
  return <div className={classNames('min-w-0', mayRest && 'resting')}>{children}</div>;
}
