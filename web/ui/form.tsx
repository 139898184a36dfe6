import type { FormEvent, ReactNode } from 'react';
import { classNames } from '#web/lib/class-names.ts';
import { ErrorPanel } from './error-panel.tsx';

type FormProps = {
  onSubmit: (event: FormEvent<HTMLFormElement>) => unknown;
  /** A problem that belongs to no field. */
  error?: unknown;
  id?: string;
  className?: string;
  children: ReactNode;
};

/** Fields that are sent together; the fields check themselves, so the browser does not. */
export function Form({ onSubmit, error, id, className, children }: FormProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.stopPropagation();
    void onSubmit(event);
  };
  return (
    <form id={id} noValidate onSubmit={submit} className={classNames('grid gap-5', className)}>
      {children}
      {error !== null && error !== undefined && <ErrorPanel error={error} />}
    </form>
  );
}
