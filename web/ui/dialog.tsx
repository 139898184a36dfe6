import { lazy, type ReactNode, Suspense, useState } from 'react';

// A dialog's code is fetched when the first one opens: no page needs it to appear.
const DialogWindow = lazy(async () => ({ default: (await import('./dialog-window.tsx')).DialogWindow }));

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
  return (
    wanted && (
      <Suspense fallback={null}>
        <DialogWindow {...props} />
      </Suspense>
    )
  );
}

/** Whether something was ever open. */
export function useWanted(open: boolean): boolean {
  const [wanted, setWanted] = useState(open);
  if (open && !wanted) setWanted(true);
  return wanted;
}
