import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { FlaskConical, Play, Plus, Table2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Agent } from '#server/contract/agent.ts';
import type { EvalColumn, EvalRun, StoredEval } from '#server/contract/eval.ts';
import {
  cancelEvalRun,
  deleteEval,
  evalListQuery,
  evalRunQuery,
  evalsKey,
  startEvalRun,
} from '#web/features/evals/api/eval-requests.ts';
import { emptyEval, toFormValues } from '#web/features/evals/eval-form-values.ts';
import { Button } from '#web/ui/button.tsx';
import { deleteWithUndo, useWithoutDeleted } from '#web/ui/delete-with-undo.ts';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { holdPlace } from '#web/ui/hold-place.ts';
import { ListStates } from '#web/ui/list-states.tsx';
import { Progress } from '#web/ui/progress.tsx';
import { ColumnChoice } from './column-choice.tsx';
import { EvalGateLine } from './eval-gate-line.tsx';
import { EvalMatrix } from './eval-matrix.tsx';

const EvalDialog = lazyDialog(async () => (await import('./eval-dialog.tsx')).EvalDialog);
const CsvDialog = lazyDialog(async () => (await import('./csv-dialog.tsx')).CsvDialog);
const ResultDialog = lazyDialog(async () => (await import('./result-dialog.tsx')).ResultDialog);

type Shown =
  | { kind: 'edit'; test: StoredEval | null }
  | { kind: 'csv' }
  | { kind: 'result'; row: number; column: number };

/** `save`: stores the draft as it stands in the form, which is what is tested. */
type EvalPanelProps = { agent: Agent; save: () => Promise<unknown> };

/** The tests of an agent: written, run side by side, and looked into. */
export function EvalPanel({ agent, save }: EvalPanelProps) {
  const { t } = useTranslation('evals');
  const [shown, setShown] = useState<Shown | null>(null);
  const [openings, setOpenings] = useState(0);
  const [others, setOthers] = useState<EvalColumn[]>([]);
  const { list, run, start, cancel, isRunning } = useEvals(agent, save);
  const tests = useWithoutDeleted(list.data?.items);
  const show = (next: Shown) => {
    setShown(next);
    setOpenings(openings + 1);
  };
  const close = (open: boolean) => open || setShown(null);
  const columns: EvalColumn[] = [{ kind: 'draft' }, ...others];
  const create = (
    <Button
      variant={tests?.length === 0 ? 'primary' : 'secondary'}
      icon={<Plus aria-hidden />}
      onClick={() => show({ kind: 'edit', test: null })}
    >
      {t('new')}
    </Button>
  );
  const importCsv = (
    <Button icon={<Table2 aria-hidden />} onClick={() => show({ kind: 'csv' })}>
      {t('csv.open')}
    </Button>
  );

  return (
    <section aria-label={t('title')} className="grid min-w-0 gap-5">
      <ListStates
        items={tests}
        error={list.error}
        onRetry={list.refetch}
        empty={
          <EmptyState
            title={t('empty.title')}
            icon={<FlaskConical />}
            action={
              <>
                {create}
                {importCsv}
              </>
            }
          >
            <p>{t('empty.text')}</p>
            <p className="mt-2">{t('empty.preview')}</p>
          </EmptyState>
        }
      >
        {(listed) => (
          <>
            <div className="flex flex-wrap gap-2">
              <Button
                variant="primary"
                icon={<Play aria-hidden />}
                busy={start.isPending || isRunning}
                onClick={() => start.mutate({ columns })}
              >
                {t('runAll')}
              </Button>
              {create}
              {importCsv}
            </div>
            <details className="rounded-md border border-line px-4 py-2">
              <summary className="min-h-9 cursor-pointer py-1.5 text-sm font-medium">
                {t('compare.open', { count: others.length })}
              </summary>
              <div className="py-3">
                <ColumnChoice columns={others} onChange={setOthers} publishedVersion={agent.publishedVersion} />
              </div>
            </details>
            {start.isError && <ErrorPanel error={start.error} />}
            {cancel.isError && <ErrorPanel error={cancel.error} />}
            {run.isError && <ErrorPanel error={run.error} onRetry={run.refetch} />}
            <RunState run={run.data ?? null} isStopping={cancel.isPending} onCancel={() => cancel.mutate()} />
            <EvalMatrix
              tests={listed}
              run={run.data ?? null}
              isBusy={isRunning || start.isPending}
              onOpen={(row, column) => show({ kind: 'result', row, column })}
              onEdit={(test) => show({ kind: 'edit', test })}
              onRun={({ id }) => start.mutate({ columns, tests: [id] })}
              onDelete={(test) =>
                deleteWithUndo({
                  id: test.id,
                  title: t('deleted', { name: test.test.name }),
                  detail: t('deletedText'),
                  send: () => deleteEval(agent.id, test.id),
                  reload: () => list.refetch(),
                })
              }
            />
            {list.data && <EvalGateLine agent={agent.id} gate={list.data.gate} />}
          </>
        )}
      </ListStates>
      {shown?.kind === 'edit' && (
        <EvalDialog
          key={openings}
          open
          onOpenChange={close}
          agent={agent}
          stored={shown.test}
          values={shown.test === null ? emptyEval : toFormValues(shown.test.test)}
        />
      )}
      <CsvDialog open={shown?.kind === 'csv'} onOpenChange={close} agent={agent.id} />
      {shown?.kind === 'result' && <ShownResult key={openings} run={run.data} {...shown} onOpenChange={close} />}
    </section>
  );
}

function useEvals(agent: Agent, save: () => Promise<unknown>) {
  const cache = useQueryClient();
  const [startedRun, setStartedRun] = useState<string | null>(null);
  const list = useQuery(evalListQuery(agent.id, agent.draftRevision));
  const id = startedRun ?? list.data?.newestRun?.id ?? null;
  const run = useQuery(evalRunQuery(agent.id, id));
  const keep = (answer: EvalRun) => {
    cache.setQueryData(evalRunQuery(agent.id, answer.id).queryKey, answer);
    setStartedRun(answer.id);
  };
  const start = useMutation({
    mutationFn: async (input: { columns: EvalColumn[]; tests?: string[] }) => {
      await save();
      return startEvalRun(agent.id, input);
    },
    onSuccess: keep,
  });
  const cancel = useMutation({ mutationFn: () => cancelEvalRun(agent.id, id ?? ''), onSuccess: keep });
  const isRunning = run.data?.status === 'running';
  useEffect(() => {
    // At its end the gate may stand otherwise.
    if (!isRunning) void cache.invalidateQueries({ queryKey: [...evalsKey(agent.id), 'list'] });
  }, [isRunning, cache, agent.id]);
  return { list, run, start, cancel, isRunning };
}

type RunStateProps = { run: EvalRun | null; isStopping: boolean; onCancel: () => void };

function RunState({ run, isStopping, onCancel }: RunStateProps) {
  const { t } = useTranslation('evals');
  const done = run?.results.filter(({ status }) => status !== 'waiting' && status !== 'running').length ?? 0;
  const all = run?.results.length ?? 0;
  const passed = run?.counts.reduce((sum, counts) => sum + counts.passed, 0) ?? 0;
  const place = useRef<HTMLDivElement>(null);
  const keepFocus = useRef<(() => void) | null>(null);
  const isRunning = run?.status === 'running';
  useEffect(() => {
    // The button that cancels goes when the run ends, also from under the focus.
    if (!isRunning) keepFocus.current?.();
  }, [isRunning]);
  return (
    <div ref={place} className="grid gap-2">
      {isRunning && (
        <div className="flex items-center gap-4">
          <Progress label={t('run.progress')} value={all === 0 ? null : done / all} />
          <Button
            size="small"
            busy={isStopping}
            onFocus={() => (keepFocus.current = holdPlace(place.current))}
            onBlur={() => (keepFocus.current = null)}
            onClick={onCancel}
          >
            {t('common:action.cancel')}
          </Button>
        </div>
      )}
      <p role="status" className="text-sm text-ink-soft empty:hidden">
        {run && t(`run.${run.status}`, { done, all, passed })}
      </p>
    </div>
  );
}

type ShownResultProps = {
  run: EvalRun | undefined;
  row: number;
  column: number;
  onOpenChange: (open: boolean) => void;
};

function ShownResult({ run, row, column, onOpenChange }: ShownResultProps) {
  const result = run?.results.find((one) => one.row === row && one.column === column);
  const test = run?.tests[row]?.test;
  const asked = run?.columns[column];
  if (result === undefined || test === undefined || asked === undefined) return null;
  return <ResultDialog open onOpenChange={onOpenChange} test={test} column={asked} result={result} />;
}
