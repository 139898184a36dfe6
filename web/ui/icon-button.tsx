import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '#web/lib/class-names.ts';
import { buttonClass, type ButtonSize, type ButtonVariant } from './button.tsx';
import { Tooltip } from './tooltip.tsx';

export type IconButtonProps = Omit<ComponentProps<'button'>, 'children'> & {
  /** Its name, also shown as a tooltip. */
  label: string;
  icon: ReactNode;
  variant?: ButtonVariant;
  size?: ButtonSize;
  tooltip?: boolean;
};

/** A button that shows only a picture, with a name for everyone. */
export function IconButton({
  label,
  icon,
  variant = 'quiet',
  size = 'medium',
  tooltip = true,
  className,
  type,
  ...rest
}: IconButtonProps) {
  const button = (
    <button
      {...rest}
      type={type ?? 'button'}
      aria-label={label}
      className={classNames(buttonClass(variant, size), size === 'medium' ? 'w-11' : 'w-9', 'px-0!', className)}
    >
      {icon}
    </button>
  );
  return tooltip ? <Tooltip text={label}>{button}</Tooltip> : button;
}
