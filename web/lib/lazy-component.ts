import { type ComponentType, createElement, lazy, useState } from 'react';
import { loadOnce } from './load-once.ts';

/**
 * A component whose code is loaded when it is first drawn, and which is drawn at once where it is already there.
 *
 * React's own `lazy` shows the fallback even then, and leaves each fallback of a first view standing for 300 ms.
 */
export function lazyComponent<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  let loaded: ComponentType<Props> | null = null;
  const loadComponent = loadOnce(async () => (loaded = await load()));
  const Late = lazy(async () => ({ default: await loadComponent() }));
  function LazyComponent(props: Props) {
    // The same for as long as it stands: another type would lose its state.
    const [Component] = useState<ComponentType<Props>>(() => loaded ?? Late);
    return createElement(Component, props);
  }
  return Object.assign(LazyComponent, { load: loadComponent });
}
