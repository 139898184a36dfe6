import { useRef, useState } from 'react';

const fields = 'select, textarea, input:not([type=checkbox], [type=radio], [type=file], [type=hidden], [readonly])';

const isHere = (element: Element | null): element is HTMLElement =>
  element instanceof HTMLElement && element.isConnected && element !== document.body;

/**
 * Gives the focus to the first field of a window, and back to what opened it, also when that was a menu that is gone by then.
 *
 * Radix does so only for its own triggers, and these windows open by state.
 */
export function useFocusReturn(open: boolean) {
  const [opened, setOpened] = useState<{ open: boolean; by: Element | null }>({ open: false, by: null });
  const before = useRef<Element | null>(null);
  if (open !== opened.open) setOpened({ open, by: open ? document.activeElement : opened.by });

  return {
    onOpenAutoFocus: (event: Event) => {
      before.current = document.activeElement;
      // What is asked for has the focus first, not the button that closes; on a phone its keyboard would cover the rest.
      const field = event.target instanceof Element ? event.target.querySelector<HTMLElement>(fields) : null;
      if (field === null || matchMedia('(pointer: coarse)').matches) return;
      event.preventDefault();
      field.focus();
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      [opened.by, before.current].find(isHere)?.focus();
    },
  };
}
