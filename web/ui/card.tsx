import type { ComponentProps } from 'react';
import { classNames } from '#web/lib/class-names.ts';

/** A raised sheet that groups what belongs together. */
export function Card({ className, ...rest }: ComponentProps<'section'>) {
  return (
    <section
      {...rest}
      className={classNames('min-w-0 rounded-lg border border-line bg-surface p-5 shadow-low sm:p-6', className)}
    />
  );
}

type CardHeaderProps = { title: string; description?: React.ReactNode; actions?: React.ReactNode };

/** A card's title line. */
export function CardHeader({ title, description, actions }: CardHeaderProps) {
  return (
    <header className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3 last:mb-0">
      <div className="grid min-w-0 max-w-prose gap-1">
        <h2 className="text-lg font-semibold">{title}</h2>
        {description && <div className="text-sm text-ink-soft">{description}</div>}
      </div>
      {actions && (
        <div data-commands className="contents">
          {actions}
        </div>
      )}
    </header>
  );
}
