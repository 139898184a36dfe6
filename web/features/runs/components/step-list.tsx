import { useTranslation } from 'react-i18next';
import type { StepView } from '#web/features/runs/run-view.ts';
import { StepLine } from './step-line.tsx';

const foldedFrom = 5;

/** What the agent did, one line a tool call; many of them fold into one. */
export function StepList({ steps }: { steps: StepView[] }) {
  const { t } = useTranslation('runs');
  const list = (shown: StepView[]) => (
    <ol className="grid gap-1" aria-label={t('step.list')}>
      {shown.map((step) => (
        <StepLine key={step.call} step={step} />
      ))}
    </ol>
  );
  if (steps.length < foldedFrom) return list(steps);
  return (
    <div className="grid gap-1">
      <details>
        <summary className="w-fit rounded-sm py-1 text-sm text-ink-soft hover:text-ink">
          {t('step.earlier', { count: steps.length - 2 })}
        </summary>
        {list(steps.slice(0, -2))}
      </details>
      {list(steps.slice(-2))}
    </div>
  );
}
