import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { StepView } from '#web/features/runs/run-view.ts';
import { StepLine } from './step-line.tsx';

const foldedFrom = 5;

/** What the agent did, one line a tool call; many of them fold into one. What an agent that was called did stands below it. */
export function StepList({ steps: all }: { steps: StepView[] }) {
  const { t } = useTranslation('runs');
  const list = (shown: StepView[]) => (
    <ol className="grid grid-cols-1 gap-1" aria-label={t('step.list')}>
      {shown.map((step) => {
        const inner = all.filter(({ parent }) => parent === step.call);
        return (
          <StepLine key={step.call} step={step}>
            {inner.length > 0 && <div className="ml-4 border-l border-line pl-2">{list(inner)}</div>}
          </StepLine>
        );
      })}
    </ol>
  );
  const known = new Set(all.map(({ call }) => call));
  const steps = all.filter(({ parent }) => parent === null || !known.has(parent));
  if (steps.length < foldedFrom) return list(steps);
  return (
    <div className="grid grid-cols-1 gap-1">
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
