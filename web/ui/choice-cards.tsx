import { type ReactNode, useId } from 'react';
import { classNames } from '#web/lib/class-names.ts';

export type ChoiceCard<Value extends string> = {
  value: Value;
  label: string;
  description?: ReactNode;
  picture?: ReactNode;
};

type ChoiceCardsProps<Value extends string> = {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly ChoiceCard<Value>[];
  /** Many options on a wide page stand three in a row. */
  many?: boolean;
};

/** A choice of one where each option needs a sentence; radio buttons underneath. */
export function ChoiceCards<Value extends string>({
  label,
  value,
  onChange,
  options,
  many = false,
}: ChoiceCardsProps<Value>) {
  const name = useId();
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      <div className={classNames('grid gap-2 sm:grid-cols-2', many && 'lg:grid-cols-3')}>
        {options.map((option) => (
          <label
            key={option.value}
            className={classNames(
              'flex min-w-0 cursor-pointer items-start gap-3 rounded-md border border-line bg-raised p-3 hover:border-line-strong',
              'has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent',
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="mt-1 size-4 shrink-0 accent-accent"
            />
            {option.picture}
            <span className="grid min-w-0">
              <span className="text-sm font-medium">{option.label}</span>
              {option.description && <span className="text-sm text-ink-soft">{option.description}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
