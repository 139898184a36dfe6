import type { FormEvent, ReactNode } from 'react';
import { classNames } from '#web/lib/class-names.ts';
import { ErrorPanel } from './error-panel.tsx';

type FormProps = {
  onSubmit: (event: FormEvent<HTMLFormElement>) => unknown;
  /** A problem that belongs to no field. */
  error?: unknown;
  id?: string;
  className?: string;
  /** Stays in view, with the problem, while a dialog scrolls. */
  actions?: ReactNode;
  children: ReactNode;
};

/** Fields that are sent together; the fields check themselves, so the browser does not. */
export function Form({ onSubmit, error, id, className, actions, children }: FormProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.stopPropagation();
    void onSubmit(event);
  };
  const problem = error !== null && error !== undefined && <ErrorPanel error={error} />;
  return (
    <form
      id={id}
      noValidate
      onSubmit={submit}
      className={classNames('grid gap-5', actions !== undefined && '[&_input]:scroll-mb-24', className)}
    >
      {children}
      {actions ? (
        <div className="sticky -bottom-5 -mx-5 -mb-5 grid gap-3 border-t border-line bg-raised px-5 py-4 sm:-mx-6 sm:px-6">
          {problem}
          <div className="flex flex-wrap justify-end gap-2">{actions}</div>
        </div>
      ) : (
        problem
      )}
    </form>
  );
}
