import { ChevronRight, CircleAlert, CircleCheck, LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useFileAddress } from '#web/features/files/file-address.ts';
import type { StepView } from '#web/features/runs/run-view.ts';
import { useFormat } from '#web/lib/format.ts';
import { CodeBlock } from '#web/ui/code-block.tsx';

/** One tool call as a line of intent, which opens to what went in and what came out; `children` stand below it. */
export function StepLine({ step, children }: { step: StepView; children?: ReactNode }) {
  const { t } = useTranslation('runs');
  const format = useFormat();
  const toFileAddress = useFileAddress();
  return (
    <li>
      <details className="group rounded-md text-sm open:bg-surface open:shadow-low">
        <summary className="flex min-h-9 list-none items-center gap-2 rounded-md px-2 py-1 text-ink-soft hover:bg-sunken hover:text-ink">
          <StepMark step={step} />
          <span className="min-w-0 flex-1 truncate group-open:whitespace-normal">
            {step.intent || step.tool}
            {step.progress && <span className="text-ink-faint"> · {step.progress}</span>}
          </span>
          {step.durationMs !== null && (
            <span className="text-xs text-ink-faint tabular-nums">{format.duration(step.durationMs)}</span>
          )}
          <ChevronRight aria-hidden className="size-4 shrink-0 transition-transform group-open:rotate-90" />
        </summary>
        <div className="grid grid-cols-1 gap-3 p-3">
          <CodeBlock label={t('step.input', { tool: step.tool })} code={toText(step.input)} wrap />
          {step.output !== null && (
            <CodeBlock label={t(step.isError ? 'step.error' : 'step.output')} code={toText(step.output)} wrap />
          )}
          {step.file && (
            <a className="text-link w-fit" href={toFileAddress(step.file)} download>
              {t('step.wholeResult')}
            </a>
          )}
        </div>
      </details>
      {children}
    </li>
  );
}

function StepMark({ step }: { step: StepView }) {
  const { t } = useTranslation('runs');
  const look = 'size-4 shrink-0';
  if (step.isRunning) {
    return <LoaderCircle aria-label={t('step.running')} role="img" className={`${look} animate-spin text-accent`} />;
  }
  if (step.isError) return <CircleAlert aria-label={t('step.failed')} role="img" className={`${look} text-danger`} />;
  if (step.durationMs === null) {
    return <CircleAlert aria-label={t('step.unfinished')} role="img" className={`${look} text-warning`} />;
  }
  return <CircleCheck aria-label={t('step.done')} role="img" className={`${look} text-success`} />;
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
