import { useMutation } from '@tanstack/react-query';
import { Brain } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { z } from 'zod';
import { undoRemembering } from '#web/features/runs/api/undo-remembering.ts';
import type { StepView } from '#web/features/runs/run-view.ts';
import { isProblem } from '#web/lib/api-problem.ts';
import { Button } from '#web/ui/button.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';

const Remembered = z.object({
  memory: z.string(),
  fact: z.string(),
  before: z.string().nullable(),
  isNew: z.boolean(),
});
type Remembered = z.infer<typeof Remembered>;

/** What a step kept in the agent's memory; null for any other step. */
function findRemembered(step: StepView): Remembered | null {
  const output = Remembered.safeParse(step.output);
  return output.success && (output.data.isNew || output.data.before !== null) ? output.data : null;
}

/** Says what the agent remembers from now on through a step, and takes it back. */
export default function RememberedLine({ step }: { step: StepView }) {
  const remembered = useMemo(() => findRemembered(step), [step]);
  return remembered && <KeptFact remembered={remembered} />;
}

function KeptFact({ remembered }: { remembered: Remembered }) {
  const { t } = useTranslation('remarks');
  const undo = useMutation({
    mutationFn: () => undoRemembering(remembered),
    onError: (error) => {
      if (!isProblem(error, 'not_found')) showProblemToast(error);
    },
  });
  const isUndone = undo.isSuccess || isProblem(undo.error, 'not_found');
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 text-sm text-ink-soft" role="status">
      <Brain aria-hidden className="size-4 shrink-0 text-accent" />
      <span className="min-w-0 wrap-anywhere">
        {isUndone ? t('remembered.undone') : t('remembered.fact', { fact: remembered.fact })}
      </span>
      {!isUndone && (
        <Button
          size="small"
          variant="quiet"
          busy={undo.isPending}
          aria-label={t('remembered.undoLabel', { fact: remembered.fact })}
          onClick={() => undo.mutate()}
        >
          {t('common:action.undo')}
        </Button>
      )}
    </div>
  );
}
