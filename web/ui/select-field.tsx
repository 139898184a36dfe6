import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { type FieldTexts, FormField, splitFieldProps } from './form-field.tsx';

export type SelectOption = { value: string; label: string; disabled?: boolean };
export type SelectFieldProps = Omit<ComponentProps<'select'>, 'children'> &
  FieldTexts & { options: readonly (SelectOption | { label: string; options: readonly SelectOption[] })[] };

/** A choice of one from a list; the device's own list, so that it works everywhere. Options may be grouped. */
export function SelectField({ options, ...props }: SelectFieldProps) {
  const { texts, control } = splitFieldProps(props);
  return (
    <FormField {...texts}>
      {(field) => (
        <div className="relative">
          <select {...control} {...field} className="control cursor-pointer appearance-none truncate pr-10">
            {options.map((option) =>
              'options' in option ? (
                <optgroup key={option.label} label={option.label}>
                  {option.options.map(toOption)}
                </optgroup>
              ) : (
                toOption(option)
              ),
            )}
          </select>
          <ChevronDown
            aria-hidden
            className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-ink-faint"
          />
        </div>
      )}
    </FormField>
  );
}

function toOption({ value, label, disabled }: SelectOption) {
  return (
    <option key={value} value={value} disabled={disabled}>
      {label}
    </option>
  );
}
