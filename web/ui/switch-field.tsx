import { type ComponentProps, type ReactNode, useId } from 'react';
import { classNames } from '#web/lib/class-names.ts';

export type SwitchFieldProps = Omit<ComponentProps<'input'>, 'type' | 'role'> & { label: ReactNode; hint?: ReactNode };

/** Turns something on or off at once. */
export function SwitchField({ label, hint, id, className, ...control }: SwitchFieldProps) {
  const generated = useId();
  const controlId = id ?? generated;
  return (
    <div className={classNames('flex items-start justify-between gap-4', className)}>
      <div className="grid min-w-0">
        <label htmlFor={controlId} className="cursor-pointer text-sm font-medium">
          {label}
        </label>
        {hint && (
          <span id={`${controlId}-hint`} className="text-sm text-ink-faint">
            {hint}
          </span>
        )}
      </div>
      <span className="relative inline-flex shrink-0">
        <input
          {...control}
          id={controlId}
          type="checkbox"
          role="switch"
          aria-describedby={hint ? `${controlId}-hint` : undefined}
          className={classNames(
            'peer h-6 w-10 cursor-pointer appearance-none rounded-full border border-line-strong bg-sunken ',
            'checked:border-accent checked:bg-accent disabled:cursor-not-allowed disabled:opacity-55',
          )}
        />
        <span
          aria-hidden
          className="pointer-events-none absolute top-1 left-1 size-4 rounded-full bg-line-strong transition-transform peer-checked:translate-x-4 peer-checked:bg-on-accent"
        />
      </span>
    </div>
  );
}
