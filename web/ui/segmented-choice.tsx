import { type ReactNode, useId } from 'react';
import { classNames } from '#web/lib/class-names.ts';

export type Segment<Value extends string> = {
  value: Value;
  label: string;
  icon?: ReactNode;
  hideLabel?: boolean;
  /** Shown instead of the label, which is still its name. */
  short?: string;
  lang?: string;
};

type SegmentedChoiceProps<Value extends string> = {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly Segment<Value>[];
};

/** A choice of one from a few that are all in view; radio buttons underneath. */
export function SegmentedChoice<Value extends string>({
  label,
  value,
  onChange,
  options,
}: SegmentedChoiceProps<Value>) {
  const name = useId();
  return (
    <fieldset className="inline-flex max-w-full flex-wrap justify-self-start rounded-md border border-line bg-sunken p-1">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          lang={option.lang}
          className={classNames(
            'flex min-h-9 cursor-pointer items-center gap-2 rounded-sm text-sm whitespace-nowrap text-ink-soft hover:text-ink',
            'has-checked:bg-raised has-checked:text-ink has-checked:shadow-low has-focus-visible:outline-2 has-focus-visible:outline-accent',
            '[&_svg]:size-4',
            option.hideLabel || option.short !== undefined ? 'px-2' : 'px-3',
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="sr-only"
          />
          {option.icon}
          {option.short !== undefined && <span aria-hidden>{option.short}</span>}
          <span className={classNames((option.hideLabel || option.short !== undefined) && 'sr-only')}>
            {option.label}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
