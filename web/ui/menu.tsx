import { Slot } from 'radix-ui';
import { type ComponentProps, lazy, type ReactElement, type ReactNode, Suspense, useState } from 'react';
import { usePrepared } from './dialog.tsx';
import type * as Parts from './menu-parts.tsx';

// No page needs a menu's code to appear, so it comes when a person has begun to use the page.
const load = () => import('./menu-parts.tsx');
const MenuRoot = lazy(async () => ({ default: (await load()).MenuRoot }));
const LazyItem = lazy(async () => ({ default: (await load()).MenuItem }));
const LazySeparator = lazy(async () => ({ default: (await load()).MenuSeparator }));

export type MenuProps = { trigger: ReactElement; label: string; align?: 'start' | 'end'; children: ReactNode };

/** A list of actions that opens from a button. */
export function Menu({ trigger, ...rest }: MenuProps) {
  const [wanted, setWanted] = useState(false);
  usePrepared(load);
  const closed = (
    <Slot.Root aria-haspopup="menu" aria-expanded={false} onClick={() => setWanted(true)}>
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
