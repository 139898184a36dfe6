import type { ComponentProps } from 'react';
import { classNames } from '#web/lib/class-names.ts';
import { type FieldTexts, FormField, splitFieldProps } from './form-field.tsx';

export type TextAreaProps = ComponentProps<'textarea'> & FieldTexts & { monospaced?: boolean };

/** Several lines of text that grow with what is written. */
export function TextArea({ monospaced = false, rows = 3, ...props }: TextAreaProps) {
  const { texts, control } = splitFieldProps(props);
  return (
    <FormField {...texts}>
      {(field) => (
        <textarea
          {...control}
          {...field}
          rows={rows}
          className={classNames(
            'control field-sizing-content max-h-[60dvh] resize-y',
            monospaced && 'font-mono text-sm!',
          )}
        />
      )}
    </FormField>
  );
}
