import { useQuery } from '@tanstack/react-query';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { CheckResult, Eval, EvalColumn, EvalResult } from '#server/contract/eval.ts';
import type { Run } from '#server/contract/run.ts';
import { answeringRunQuery } from '#web/features/evals/api/eval-requests.ts';
import { useDescribeCheck } from '#web/features/evals/use-describe-check.ts';
import { RunAnswer } from '#web/features/runs/components/run-answer.tsx';
import { toRunView } from '#web/features/runs/to-run-view.ts';
import { useFormat } from '#web/lib/format.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Facts } from '#web/ui/facts.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { useColumnName } from '#web/features/evals/use-column-name.ts';
import { EvalMark } from './eval-mark.tsx';

type ResultDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  test: Eval;
  column: EvalColumn;
  result: EvalResult;
};

/** One result: what was asked and answered, what each check found, and what it took. */
export function ResultDialog({ open, onOpenChange, test, column, result }: ResultDialogProps) {
  const { t } = useTranslation('evals');
  const format = useFormat();
  const toColumnName = useColumnName();
  const facts = [
    [t('result.column'), toColumnName(column)] as const,
    ...(result.durationMs === null ? [] : [[t('result.time'), format.duration(result.durationMs)] as const]),
    [t('result.tokens'), format.number(result.tokens)] as const,
    [t('result.cost'), result.costUsd === null ? t('result.costUnknown') : format.usd(result.costUsd)] as const,
  ];
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="large"
      title={test.name}
      description={<EvalMark status={result.status} />}
    >
      <div className="grid gap-6">
        <Facts facts={facts} />
        {result.reason !== null && <Notice tone="warning" title={t(`reason.${result.reason}`)} />}
        {result.error !== null && result.run === null && <ErrorPanel error={result.error} />}
        {result.checks.length > 0 && <CheckList test={test} checks={result.checks} />}
        <section className="grid gap-2">
          <h3 className="text-sm font-medium">{t('result.question')}</h3>
          <p className="text-sm whitespace-pre-wrap text-ink-soft">{test.input ?? test.messages?.at(-1)?.content}</p>
        </section>
        {result.run !== null && <Answer run={result.run} />}
      </div>
    </Dialog>
  );
}

function CheckList({ test, checks }: { test: Eval; checks: CheckResult[] }) {
  const { t } = useTranslation('evals');
  const describe = useDescribeCheck();
  return (
    <section className="grid gap-2">
      <h3 className="text-sm font-medium">{t('form.checks')}</h3>
      <ol className="grid gap-2">
        {checks.map((check, place) => {
          const expected = test.expect[place];
          return (
            <li key={place} className="grid gap-1 rounded-md border border-line p-3 text-sm">
              <div className="flex flex-wrap justify-between gap-x-4 gap-y-1">
                <span className="min-w-0 break-words">{expected && describe(expected)}</span>
                <EvalMark status={check.outcome} />
              </div>
              {check.reason !== null && (
                <p className="min-w-0 break-words whitespace-pre-wrap text-ink-soft">
                  {t(`reason.${check.reason}`)}
                  {check.detail !== '' && `\n${check.detail}`}
                </p>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Answer({ run: id }: { run: string }) {
  const { t } = useTranslation('evals');
  const run = useQuery(answeringRunQuery(id));
  return (
    <section className="grid gap-2">
      <h3 className="text-sm font-medium">{t('result.answer')}</h3>
      {run.isPending && <SkeletonList rows={2} />}
      {run.isError && <ErrorPanel error={run.error} onRetry={run.refetch} />}
      {run.data && <RunAnswer view={toView(run.data)} />}
    </section>
  );
}

function toView({ id, output, endedAt, startedAt, agent, ...run }: Run) {
  return toRunView({
    content: output,
    run: { id, startedAt, ...run, agent: { id: agent, handle: agent, name: agent, translations: {} }, reasoning: '' },
    sources: [],
    createdAt: endedAt ?? startedAt,
  });
}
