import { type ReactNode, useId } from 'react';

type FieldGroupProps = { label: string; hint?: ReactNode; error?: string | undefined; children: ReactNode };

/** Several controls that answer one question, such as boxes to tick. */
export function FieldGroup({ label, hint, error, children }: FieldGroupProps) {
  const id = useId();
  return (
    <fieldset className="grid min-w-0 gap-3" aria-describedby={`${id}-hint ${id}-error`}>
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      {hint && (
        <div id={`${id}-hint`} className="-mt-1.5 text-sm text-ink-faint">
          {hint}
        </div>
      )}
      {children}
      <div id={`${id}-error`} aria-live="polite" className="text-sm text-danger empty:hidden">
        {error}
      </div>
    </fieldset>
  );
}
