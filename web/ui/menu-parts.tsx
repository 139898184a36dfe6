import { DropdownMenu as Radix } from 'radix-ui';
import { type ReactNode, useEffect, useRef } from 'react';
import { classNames } from '#web/lib/class-names.ts';
import type { MenuProps } from './menu.tsx';

const itemClass = classNames(
  'flex min-h-10 cursor-pointer items-center gap-2.5 rounded-sm px-2.5 text-sm outline-none select-none',
  'data-highlighted:bg-sunken data-disabled:cursor-not-allowed data-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0',
);

/** An open menu at its trigger; `menu.tsx` brings it when it is wanted. */
export function MenuRoot({
  trigger,
  label,
  align = 'end',
  isOpenedByKeys,
  children,
}: MenuProps & { isOpenedByKeys: boolean }) {
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isOpenedByKeys) return;
    // Radix, which was not there when the key went down, gives the focus to the whole.
    const frame = requestAnimationFrame(() => {
      if (document.activeElement !== content.current) return;
      content.current?.querySelector<HTMLElement>('[role=menuitem]:not([data-disabled])')?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [isOpenedByKeys]);
  return (
    // A modal menu changes what all of the page inherits: with a long conversation beside it, that takes a second.
    <Radix.Root defaultOpen modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          ref={content}
          aria-label={label}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 animate-appear overflow-y-auto rounded-md border border-line bg-raised p-1.5 shadow-lifted"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type MenuItemProps = {
  onSelect?: () => void;
  icon?: ReactNode;
  tone?: 'danger';
  disabled?: boolean;
  asChild?: boolean;
  children: ReactNode;
};

/** One action of a menu; with `asChild` a link. */
export function MenuItem({ onSelect, icon, tone, disabled = false, asChild = false, children }: MenuItemProps) {
  return (
    <Radix.Item
      className={classNames(itemClass, tone === 'danger' && 'text-danger')}
      disabled={disabled}
      asChild={asChild}
      {...(onSelect && { onSelect })}
    >
      {asChild ? (
        children
      ) : (
        <>
          {icon}
          {children}
        </>
      )}
    </Radix.Item>
  );
}

/** Parts groups of actions. */
export function MenuSeparator() {
  return <Radix.Separator className="my-1.5 h-px bg-line" />;
}
