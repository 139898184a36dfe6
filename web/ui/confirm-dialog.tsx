import { lazy, type ReactNode, Suspense } from 'react';
import { usePrepared, useWanted } from './dialog.tsx';

const load = () => import('./confirm-window.tsx');
const ConfirmWindow = lazy(async () => ({ default: (await load()).ConfirmWindow }));

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
  usePrepared(load);
  return (
    wanted && (
      <Suspense fallback={null}>
        <ConfirmWindow {...props} />
      </Suspense>
    )
  );
}
