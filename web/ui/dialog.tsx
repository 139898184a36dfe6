import { type ComponentType, createElement, type ReactNode, Suspense, useEffect, useState } from 'react';
import { lazyComponent } from '#web/lib/lazy-component.ts';
import { whenTouched } from '#web/lib/when-touched.ts';

// No page needs a dialog's code to appear, so it comes when a person has begun to use the page.
const DialogWindow = lazyComponent<DialogProps>(async () => (await import('./dialog-window.tsx')).DialogWindow);

export type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  /** Stays in view while the body scrolls. */
  footer?: ReactNode;
  size?: 'small' | 'medium' | 'large';
  /** Only the close button closes it: for what is shown once or would be lost. */
  sticky?: boolean;
  children: ReactNode;
};

/** A window over the page that keeps the focus and gives it back; a sheet from below on a phone. */
export function Dialog(props: DialogProps) {
  const wanted = useWanted(props.open);
  usePrepared(DialogWindow.load);
  return (
    wanted && (
      <Suspense fallback={null}>
        <DialogWindow {...props} />
      </Suspense>
    )
  );
}

/** A dialog whose contents come as late as its window. */
export function lazyDialog<Props extends { open: boolean }>(
  loadContents: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const Contents = lazyComponent(loadContents);
  const prepare = () => Promise.all([Contents.load(), DialogWindow.load()]);
  return function LazyDialog(props: Props) {
    const wanted = useWanted(props.open);
    usePrepared(prepare);
    return wanted && <Suspense fallback={null}>{createElement(Contents, props)}</Suspense>;
  };
}

/** Loads something once a person has begun to use the page. */
export function usePrepared(prepare: () => Promise<unknown>): void {
  // What fails here fails again, and is shown, where it is opened.
  useEffect(() => whenTouched(() => void prepare().catch(() => undefined)), [prepare]);
}

/** Whether something was ever open. */
export function useWanted(open: boolean): boolean {
  const [wanted, setWanted] = useState(open);
  if (open && !wanted) setWanted(true);
  return wanted;
}
