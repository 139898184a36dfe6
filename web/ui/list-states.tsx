import type { ReactNode } from 'react';
import { ErrorPanel } from './error-panel.tsx';
import { SkeletonList } from './skeleton.tsx';

type ListStatesProps<Item> = {
  items: readonly Item[] | undefined;
  error: unknown;
  onRetry: () => unknown;
  empty: ReactNode;
  children: (items: readonly Item[]) => ReactNode;
};

/** What stands for a list while it loads, when it failed, when it is empty, and when it is there. */
export function ListStates<Item>({ items, error, onRetry, empty, children }: ListStatesProps<Item>) {
  if (items === undefined) return error ? <ErrorPanel error={error} onRetry={onRetry} /> : <SkeletonList />;
  return (
    <>
      {error ? <ErrorPanel error={error} onRetry={onRetry} /> : null}
      {items.length === 0 ? empty : children(items)}
    </>
  );
}
