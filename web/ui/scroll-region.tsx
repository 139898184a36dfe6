import type { ReactNode, Ref } from 'react';

type ScrollRegionProps = { label: string; className?: string; ref?: Ref<HTMLDivElement>; children: ReactNode };

// Something that scrolls must be reachable by keyboard, also when nothing in it can be pressed.
const reachable = { role: 'region', tabIndex: 0 };

/** A box whose content may scroll inside it, reachable by keyboard and named for screen readers. */
export function ScrollRegion({ label, className = '', ref, children }: ScrollRegionProps) {
  return (
    <div ref={ref} {...reachable} aria-label={label} className={`overflow-auto -outline-offset-2 ${className}`}>
      {children}
    </div>
  );
}
