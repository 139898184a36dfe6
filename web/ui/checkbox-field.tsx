import { type ComponentProps, type ReactNode, useId } from 'react';
import { classNames } from '#web/lib/class-names.ts';

export type CheckboxFieldProps = Omit<ComponentProps<'input'>, 'type'> & { label: ReactNode; hint?: ReactNode };

/** Something to tick, on its own or one of several. */
export function CheckboxField({ label, hint, id, className, ...control }: CheckboxFieldProps) {
  const generated = useId();
  const controlId = id ?? generated;
  return (
    <div className={classNames('flex items-start gap-3', className)}>
      <input
        {...control}
        id={controlId}
        type="checkbox"
        aria-describedby={hint ? `${controlId}-hint` : undefined}
        className="mt-0.5 size-5 shrink-0 cursor-pointer accent-accent disabled:cursor-not-allowed"
      />
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
    </div>
  );
}
