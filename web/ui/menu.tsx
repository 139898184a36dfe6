import { Slot } from 'radix-ui';
import { type ComponentProps, lazy, type ReactElement, type ReactNode, Suspense, useState } from 'react';
import type * as Parts from './menu-parts.tsx';

// A menu's code is fetched when the first menu is about to open: no page needs it to appear.
const load = () => import('./menu-parts.tsx');
const MenuRoot = lazy(async () => ({ default: (await load()).MenuRoot }));
const LazyItem = lazy(async () => ({ default: (await load()).MenuItem }));
const LazySeparator = lazy(async () => ({ default: (await load()).MenuSeparator }));

export type MenuProps = { trigger: ReactElement; label: string; align?: 'start' | 'end'; children: ReactNode };

/** A list of actions that opens from a button. */
export function Menu({ trigger, ...rest }: MenuProps) {
  const [wanted, setWanted] = useState(false);
  const closed = (
    <Slot.Root
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={() => setWanted(true)}
    >
      {trigger}
    </Slot.Root>
  );
  if (!wanted) return closed;
  return (
    <Suspense fallback={closed}>
      <MenuRoot trigger={trigger} {...rest} />
    </Suspense>
  );
}

/** One action of a menu; with `asChild` a link. */
export function MenuItem(props: ComponentProps<typeof Parts.MenuItem>) {
  return <LazyItem {...props} />;
}

/** Parts groups of actions. */
export function MenuSeparator() {
  return <LazySeparator />;
}
