import { X } from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { classNames } from '#web/lib/class-names.ts';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';
import { actOnToast, dismissToast, type Toast, useToasts } from './toast-store.ts';

const edges = { neutral: 'border-l-line-strong', success: 'border-l-success', danger: 'border-l-danger' };

/** The place of all toasts, clear of the chat's composer and of what is chosen above it: a polite live region that is always in the page. Put once at the root. */
export function Toaster() {
  const { t } = useTranslation('common');
  const toasts = useToasts();
  const place = useRef<HTMLElement>(null);
  useUndoKey(toasts.findLast(({ action }) => action)?.id);
  return (
    <section
      ref={place}
      tabIndex={-1}
      data-toasts
      // An open window would take a press here for one beside it, and close.
      onPointerDown={(event) => event.stopPropagation()}
      aria-label={t('notifications')}
      className="pointer-events-none fixed inset-x-4 bottom-60 z-60 outline-none sm:left-auto sm:w-96 md:bottom-28"
    >
      <div role="status" aria-live="polite" className="grid gap-2">
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} place={place} />
        ))}
      </div>
    </section>
  );
}

/** Takes back what the newest offer tells, but for where the keys undo something else. */
function useUndoKey(id: number | undefined) {
  useEffect(() => {
    if (id === undefined) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key === 'z';
      const target = event.target as HTMLElement | null;
      const isText = target?.closest('input:not([type=checkbox], [type=radio]), textarea, [contenteditable]');
      if (!isUndo || isText || event.defaultPrevented) return;
      event.preventDefault();
      actOnToast(id);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [id]);
}

/** Where what had the focus is gone, the next Tab reaches the offer to have it back. */
function useFocusAtHand(place: RefObject<HTMLElement | null>, isWanted: boolean) {
  useEffect(() => {
    if (!isWanted) return;
    const frame = requestAnimationFrame(() => {
      if (document.activeElement === document.body) place.current?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [place, isWanted]);
}

function ToastCard({ toast, place }: { toast: Toast; place: RefObject<HTMLElement | null> }) {
  const { t } = useTranslation('common');
  const [held, setHeld] = useState(false);
  const { id, action } = toast;
  const durationMs = toast.durationMs ?? (action ? 10_000 : 5_000);

  useFocusAtHand(place, action !== undefined);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => dismissToast(id), durationMs);
    return () => clearTimeout(timer);
  }, [held, id, durationMs]);

  const hold = () => setHeld(true);
  const release = () => setHeld(false);
  return (
    <div
      onPointerEnter={hold}
      onPointerLeave={release}
      onFocus={hold}
      onBlur={release}
      className={classNames(
        'pointer-events-auto flex animate-rise items-center gap-3 rounded-md border border-l-4 border-line bg-raised py-2 pr-2 pl-4 shadow-lifted',
        edges[toast.tone ?? 'neutral'],
      )}
    >
      <div className="grid min-w-0 flex-1 py-1 text-sm">
        <span className="font-medium">{toast.title}</span>
        {toast.detail && <span className="text-ink-soft">{toast.detail}</span>}
      </div>
      {action && (
        <Button size="small" aria-keyshortcuts="Control+Z Meta+Z" onClick={() => actOnToast(id)}>
          {action.label}
        </Button>
      )}
      <IconButton
        size="small"
        label={t('action.dismiss')}
        icon={<X />}
        tooltip={false}
        onClick={() => dismissToast(id)}
      />
    </div>
  );
}
