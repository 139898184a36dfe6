import { CircleCheck, CircleDashed, CircleMinus, CircleX, LoaderCircle, type LucideIcon } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { EvalResultStatus } from '#server/contract/eval.ts';

const looks: Record<EvalResultStatus, { icon: LucideIcon; look: string }> = {
  passed: { icon: CircleCheck, look: 'text-success' },
  failed: { icon: CircleX, look: 'text-danger' },
  skipped: { icon: CircleMinus, look: 'text-warning' },
  running: { icon: LoaderCircle, look: 'animate-spin text-accent' },
  waiting: { icon: CircleDashed, look: 'text-ink-faint' },
  cancelled: { icon: CircleMinus, look: 'text-ink-faint' },
};

/** How a test stands, in a picture and in words. */
export function EvalMark({ status }: { status: EvalResultStatus }) {
  const { t } = useTranslation('evals');
  const { icon: Icon, look } = looks[status];
  return (
    <span className="inline-flex items-center gap-1.5">
      <Icon aria-hidden className={`size-4 shrink-0 ${look}`} />
      {t(`status.${status}`)}
    </span>
  );
}
