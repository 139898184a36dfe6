import type { ReactNode } from 'react';
import { classNames } from '#web/lib/class-names.ts';

type FactsProps = { facts: readonly (readonly [term: string, value: ReactNode])[]; className?: string };

/** Terms and their values, side by side where there is room. */
export function Facts({ facts, className }: FactsProps) {
  return (
    <dl className={classNames('grid grid-cols-2 gap-x-6 gap-y-3 text-sm sm:grid-cols-3 lg:grid-cols-6', className)}>
      {facts.map(([term, value]) => (
        <div key={term} className="min-w-0">
          <dt className="text-xs text-ink-faint">{term}</dt>
          <dd className="font-medium tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
