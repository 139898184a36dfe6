import type { ReactNode } from 'react';
import { classNames } from '#web/lib/class-names.ts';

/** A page that scrolls as a whole, in a column of readable width. */
export function PageFrame({ wide = false, children }: { wide?: boolean; children: ReactNode }) {
  return (
    <div className={classNames('mx-auto w-full px-4 py-8 sm:px-8 md:py-12', wide ? 'max-w-7xl' : 'max-w-5xl')}>
      {children}
    </div>
  );
}

/** A page of exactly the height that the shell leaves it, whose parts scroll on their own. */
export function FullFrame({ children }: { children: ReactNode }) {
  return (
    <div data-full-frame className="flex h-full min-h-0 min-w-0 flex-col">
      {children}
    </div>
  );
}
