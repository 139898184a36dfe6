import { lazy, type ReactNode, Suspense } from 'react';
import { useWanted } from './dialog.tsx';

const ConfirmWindow = lazy(async () => ({ default: (await import('./confirm-window.tsx')).ConfirmWindow }));

export type ConfirmDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What will be lost, and whether it can be had back. */
  description: ReactNode;
  /** The verb of what happens: "Delete key", never "OK". */
  confirmLabel: string;
  tone?: 'danger' | 'primary';
  /** The dialog stays open until it resolves, and shows the problem if it rejects. */
  onConfirm: () => unknown;
};

/** Asks before something that cannot be undone; the focus starts at the way out. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const wanted = useWanted(props.open);
  return (
    wanted && (
      <Suspense fallback={null}>
        <ConfirmWindow {...props} />
      </Suspense>
    )
  );
}
