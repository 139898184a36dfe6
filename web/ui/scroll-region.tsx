import type { ReactNode } from 'react';

type ScrollRegionProps = { label: string; className?: string; children: ReactNode };

// Something that scrolls must be reachable by keyboard, also when nothing in it can be pressed.
const reachable = { role: 'region', tabIndex: 0 };

/** A box whose content may scroll inside it, reachable by keyboard and named for screen readers. */
export function ScrollRegion({ label, className = '', children }: ScrollRegionProps) {
  return (
    <div {...reachable} aria-label={label} className={`overflow-auto -outline-offset-2 ${className}`}>
      {children}
    </div>
  );
}
