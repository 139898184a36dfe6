import { useSyncExternalStore } from 'react';

const wide = '(width >= 48rem)';

function subscribe(listener: () => void) {
  const media = window.matchMedia(wide);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}

/** Whether there is room for widgets beside each other. */
export const useWide = () =>
  useSyncExternalStore(
    subscribe,
    () => window.matchMedia(wide).matches,
    () => true,
  );
