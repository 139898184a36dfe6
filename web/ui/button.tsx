import { Slot } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '#web/lib/class-names.ts';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';
export type ButtonSize = 'medium' | 'small';

/** A full colour that is only made paler looks washed out; without its colour it looks like what it is: not yet to be pressed. */
const resting = 'disabled:bg-sunken disabled:text-ink-faint disabled:border-line disabled:shadow-none';

const variants: Record<ButtonVariant, string> = {
  primary: `bg-accent text-on-accent hover:bg-accent-strong shadow-pressable border-transparent ${resting}`,
  secondary: 'bg-raised text-ink border-line-strong hover:bg-sunken shadow-low disabled:opacity-55',
  quiet: 'bg-transparent text-ink-soft border-transparent hover:bg-sunken hover:text-ink disabled:opacity-55',
  danger: `bg-danger text-on-danger border-transparent hover:bg-danger-strong shadow-pressable ${resting}`,
};

const sizes: Record<ButtonSize, string> = {
  medium: 'min-h-11 px-4 text-base gap-2',
  small: 'min-h-9 px-3 text-sm gap-1.5',
};

/** The look of a button, for things that are not one. */
export function buttonClass(variant: ButtonVariant = 'secondary', size: ButtonSize = 'medium'): string {
  return classNames(
    'inline-flex items-center justify-center rounded-md border font-medium no-underline whitespace-nowrap select-none',
    'disabled:cursor-not-allowed aria-disabled:opacity-75',
    '[&_svg]:size-[1.15em] [&_svg]:shrink-0',
    sizes[size],
    variants[variant],
  );
}

export type ButtonProps = ComponentProps<'button'> & {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Work is under way: the button keeps its place and focus, and does nothing when pressed. */
  busy?: boolean;
  icon?: ReactNode;
  /** Lends its look to the only child, such as a link. */
  asChild?: boolean;
};

/** Does something at once; one `primary` a view. */
export function Button({
  variant,
  size,
  busy = false,
  icon,
  asChild = false,
  className,
  children,
  onClick,
  type,
  ...rest
}: ButtonProps) {
  const look = classNames(buttonClass(variant, size), className);
  if (asChild) {
    return (
      <Slot.Root {...rest} className={look} onClick={onClick}>
        {icon}
        <Slot.Slottable>{children}</Slot.Slottable>
      </Slot.Root>
    );
  }
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      className={classNames(look, busy && 'animate-breathe')}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {icon}
      {children}
    </button>
  );
}
