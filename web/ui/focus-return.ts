import { useRef, useState } from 'react';

const isHere = (element: Element | null): element is HTMLElement =>
  element instanceof HTMLElement && element.isConnected && element !== document.body;

/**
 * Gives the focus back to what opened a window, also when that was a menu that is gone by then.
 *
 * Radix does so only for its own triggers, and these windows open by state.
 */
export function useFocusReturn(open: boolean) {
  const [opened, setOpened] = useState<{ open: boolean; by: Element | null }>({ open: false, by: null });
  const before = useRef<Element | null>(null);
  if (open !== opened.open) setOpened({ open, by: open ? document.activeElement : opened.by });

  return {
    onOpenAutoFocus: () => {
      before.current = document.activeElement;
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      [opened.by, before.current].find(isHere)?.focus();
    },
  };
}
