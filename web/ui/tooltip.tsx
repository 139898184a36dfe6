import { Slot } from 'radix-ui';
import { type ReactElement, useEffect, useId, useRef, useState } from 'react';
import { createPortal } from 'react-dom';

type TooltipProps = {
  text: string;
  /** The text is more than the control's own name, so it is read out too. */
  describes?: boolean;
  children: ReactElement;
};

type Place = { left: number; top: number; below: boolean };

const delayMs = 350;
const graceMs = 120;
const marginPx = 8;

/**
 * A few words about a control, on hover and keyboard focus; never the only place of something needed.
 *
 * It stays while the pointer is on it, and Escape takes it away (WCAG 2.2, 1.4.13).
 */
export function Tooltip({ text, describes = false, children }: TooltipProps) {
  const id = useId();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [place, setPlace] = useState<Place | null>(null);
  const open = place !== null;

  const later = (work: () => void, waitMs: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(work, waitMs);
  };
  const show = (anchor: Element) => setPlace(toPlace(anchor.getBoundingClientRect()));
  const hide = () => {
    clearTimeout(timer.current);
    setPlace(null);
  };

  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!open) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setPlace(null);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [open]);

  return (
    <>
      <Slot.Root
        onPointerEnter={(event) => {
          const anchor = event.currentTarget;
          if (event.pointerType === 'mouse') later(() => show(anchor), delayMs);
        }}
        onPointerLeave={() => later(hide, graceMs)}
        onFocus={(event) => {
          if (event.currentTarget.matches(':focus-visible')) show(event.currentTarget);
        }}
        onBlur={hide}
        onPointerDown={hide}
        {...(describes && open && { 'aria-describedby': id })}
      >
        {children}
      </Slot.Root>
      {place &&
        createPortal(
          <div
            role="tooltip"
            id={id}
            style={{ left: place.left, top: place.top, translate: place.below ? '-50% 0' : '-50% -100%' }}
            className="fixed z-50 w-max max-w-72 animate-appear rounded-sm bg-ink px-2.5 py-1 text-xs text-paper"
            onPointerEnter={() => clearTimeout(timer.current)}
            onPointerLeave={hide}
          >
            {text}
          </div>,
          document.body,
        )}
    </>
  );
}

function toPlace(anchor: DOMRect): Place {
  const below = anchor.top < 48;
  const halfPx = 60;
  const middle = anchor.left + anchor.width / 2;
  const left = Math.min(Math.max(middle, halfPx + marginPx), window.innerWidth - halfPx - marginPx);
  return { left, top: below ? anchor.bottom + 6 : anchor.top - 6, below };
}
