import { type ReactNode, useId } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { classNames } from '#web/lib/class-names.ts';

/** What a field's control must carry, so that label, hint and error belong to it. */
export type FieldControl = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined };

export type FieldTexts = {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  /** Marks the field as optional in words; fields are needed otherwise. */
  optional?: boolean;
  /** For a field whose label stands elsewhere; it is still read out. */
  hideLabel?: boolean;
  /** Something at the end of the label's line, such as a counter. */
  aside?: ReactNode;
};

type FormFieldProps = FieldTexts & {
  id?: string | undefined;
  className?: string | undefined;
  children: (control: FieldControl) => ReactNode;
};

/** Label, hint and error around any control; the error is announced when it appears. */
export function FormField({ label, hint, error, optional, hideLabel, aside, id, className, children }: FormFieldProps) {
  const { t } = useTranslation('common');
  const generated = useId();
  const controlId = id ?? generated;
  const hintId = `${controlId}-hint`;
  const errorId = `${controlId}-error`;
  const describedBy = [hint ? hintId : '', error ? errorId : ''].filter(Boolean).join(' ');

  return (
    <div className={classNames('grid min-w-0 content-start gap-1.5', className)}>
      <div className={classNames('flex items-baseline justify-between gap-3', hideLabel && 'sr-only')}>
        <label htmlFor={controlId} className="text-sm font-medium">
          {label}
          {optional && (
            <>
              {' '}
              <span className="font-normal whitespace-nowrap text-ink-faint">· {t('field.optional')}</span>
            </>
          )}
        </label>
        {aside && <span className="text-xs text-ink-faint">{aside}</span>}
      </div>
      {children({
        id: controlId,
        'aria-describedby': describedBy || undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {hint && (
        <div id={hintId} className="text-sm text-pretty text-ink-faint">
          {hint}
        </div>
      )}
      <div id={errorId} aria-live="polite" className="text-sm text-danger empty:hidden">
        {error}
      </div>
    </div>
  );
}

/** Parts a field's own props from those of its control. */
export function splitFieldProps<Props extends FieldTexts & { id?: string | undefined; className?: string | undefined }>(
  props: Props,
) {
  const { label, hint, error, optional, hideLabel, aside, id, className, ...control } = props;
  const texts = {
    label,
    hint,
    error,
    ...(optional && { optional }),
    ...(hideLabel && { hideLabel }),
    aside,
    id,
    className,
  };
  return { texts, control };
}
