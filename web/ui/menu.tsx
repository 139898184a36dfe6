import { Slot } from 'radix-ui';
import {
  type ComponentProps,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  startTransition,
  Suspense,
  useState,
} from 'react';
import { lazyComponent } from '#web/lib/lazy-component.ts';
import { usePrepared } from './dialog.tsx';

// No page needs a menu's code to appear, so it comes when a person has begun to use the page.
const load = () => import('./menu-parts.tsx');
const MenuRoot = lazyComponent(async () => (await load()).MenuRoot);
const LazyItem = lazyComponent(async () => (await load()).MenuItem);
const LazySeparator = lazyComponent(async () => (await load()).MenuSeparator);
const prepare = () => Promise.all([MenuRoot.load(), LazyItem.load(), LazySeparator.load()]);

export type MenuProps = { trigger: ReactElement; label: string; align?: 'start' | 'end'; children: ReactNode };

/** A list of actions that opens from a button. */
export function Menu({ trigger, ...rest }: MenuProps) {
  const [wanted, setWanted] = useState<'by-pointer' | 'by-keys' | null>(null);
  usePrepared(prepare);
  // The press is seen at once, and the menu as soon as it is made.
  const open = ({ detail }: MouseEvent) =>
    // Keys press a button without a count.
    startTransition(() => setWanted(detail === 0 ? 'by-keys' : 'by-pointer'));
  const closed = (
    <Slot.Root aria-haspopup="menu" aria-expanded={false} onClick={open}>
      {trigger}
    </Slot.Root>
  );
  if (wanted === null) return closed;
  return (
    <Suspense fallback={closed}>
      <MenuRoot trigger={trigger} isOpenedByKeys={wanted === 'by-keys'} {...rest} />
    </Suspense>
  );
}

/** One action of a menu; with `asChild` a link. */
export function MenuItem(props: ComponentProps<typeof LazyItem>) {
  return <LazyItem {...props} />;
}

/** Parts groups of actions. */
export function MenuSeparator() {
  return <LazySeparator />;
}
