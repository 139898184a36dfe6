import { lazy, Suspense } from 'react';
import type { Artifact } from '#server/contract/run-event.ts';
import { Skeleton } from '#web/ui/skeleton.tsx';

/** Few answers have one, and it brings much. */
const TransactionCard = lazy(() => import('#web/features/runs/transactions/transaction-card.tsx'));

/** A transaction that was proposed for the reader's own wallet. */
export function TransactionArtifact({
  artifact,
  canSend,
}: {
  artifact: Extract<Artifact, { kind: 'transaction' }>;
  canSend: boolean;
}) {
  return (
    <Suspense fallback={<Skeleton className="h-80 w-full" />}>
      <TransactionCard artifact={artifact} canSend={canSend} />
    </Suspense>
  );
}
