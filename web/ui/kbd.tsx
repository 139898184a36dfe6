import type { ReactNode } from 'react';

/** A key of the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="rounded-sm border border-line-strong bg-raised px-1.5 py-0.5 font-mono text-xs text-ink-soft shadow-low">
      {children}
    </kbd>
  );
}
