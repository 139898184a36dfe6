import type { EvalResult, EvalRun, EvalRunSummary, StoredEval } from '#server/contract/eval.ts';
import type { EvalRecord, EvalRunRecord } from './eval-record.ts';

/** How long after its last word a process that runs evals counts as gone. */
const goneAfterMs = 60_000;

export function isUnderWay({ status, seenAt }: EvalRunRecord, now: Date): boolean {
  return status === 'running' && now.getTime() - seenAt.getTime() < goneAfterMs;
}

/** A run of evals as the API shows it; one whose process fell silent was interrupted. Pure. */
export function presentEvalRun(record: EvalRunRecord, now: Date): EvalRun {
  const isGone = record.status === 'running' && !isUnderWay(record, now);
  const results = isGone ? record.results.map(toInterrupted) : record.results;
  return {
    ...presentEvalRunSummary({ ...record, ...(isGone ? { status: 'interrupted' as const } : {}), results }),
    tests: record.tests,
    results,
  };
}

/** @param record - one that is not taken for running when its process is gone */
function presentEvalRunSummary(record: EvalRunRecord): EvalRunSummary {
  const { id, status, draftRevision, publishedVersion, columns, results, startedAt, endedAt } = record;
  return {
    id,
    status,
    draftRevision,
    publishedVersion,
    columns,
    counts: columns.map((_column, column) => {
      const count = (wanted: EvalResult['status']) =>
        results.filter((result) => result.column === column && result.status === wanted).length;
      return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
    }),
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}

const toInterrupted = (result: EvalResult): EvalResult =>
  result.status === 'waiting' || result.status === 'running' ? { ...result, status: 'cancelled' } : result;

export function presentEval({ id, revision, content, updatedAt }: EvalRecord): StoredEval {
  return { id, revision, test: content, updatedAt: updatedAt.toISOString() };
}
