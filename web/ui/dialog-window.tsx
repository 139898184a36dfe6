import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { classNames } from '#web/lib/class-names.ts';
import type { DialogProps } from './dialog.tsx';
import { useFocusReturn } from './focus-return.ts';
import { IconButton } from './icon-button.tsx';

export const scrimClass = 'fixed inset-0 z-40 animate-appear bg-scrim';
export const sheetClass = classNames(
  'fixed z-50 flex max-h-[92dvh] w-full flex-col overflow-hidden border border-line bg-raised shadow-lifted animate-rise outline-none',
  'inset-x-0 bottom-0 rounded-t-lg sm:inset-x-auto sm:bottom-auto sm:top-1/2 sm:left-1/2 sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-lg',
);
const widths: Record<NonNullable<DialogProps['size']>, string> = {
  small: 'sm:max-w-md',
  medium: 'sm:max-w-xl',
  large: 'sm:max-w-4xl',
};

/** The window of a dialog; `dialog.tsx` brings it when it first opens. */
export function DialogWindow({
  open,
  onOpenChange,
  title,
  description,
  footer,
  size = 'medium',
  sticky,
  children,
}: DialogProps) {
  const { t } = useTranslation('common');
  const focus = useFocusReturn(open);
  const stay = (event: Event) => event.preventDefault();
  const stayForToasts = (event: CustomEvent<{ originalEvent: Event }>) => {
    const { target } = event.detail.originalEvent;
    if (target instanceof Element && target.closest('[data-toasts]')) event.preventDefault();
  };
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={scrimClass} />
        <Radix.Content
          {...focus}
          className={classNames(sheetClass, widths[size])}
          {...(!description && { 'aria-describedby': undefined })}
          onInteractOutside={sticky ? stay : stayForToasts}
          {...(sticky && { onEscapeKeyDown: stay })}
        >
          <header className="flex items-start gap-3 px-5 pt-5 sm:px-6">
            <div className="grid min-w-0 flex-1 gap-1">
              <Radix.Title className="font-display text-xl">{title}</Radix.Title>
              {description && <Radix.Description className="text-sm text-ink-soft">{description}</Radix.Description>}
            </div>
            <Radix.Close asChild>
              <IconButton className="-mt-1.5 -mr-2" label={t('action.close')} icon={<X />} tooltip={false} />
            </Radix.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-5 sm:px-6">{children}</div>
          {footer && (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-4 sm:px-6">
              {footer}
            </footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
