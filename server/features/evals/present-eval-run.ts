import type { EvalResult, EvalRun, EvalRunSummary, StoredEval } from '#server/contract/eval.ts';
import type { EvalRecord, EvalRunFacts, EvalRunRecord } from './eval-record.ts';

/** How long after its last word a process that runs evals counts as gone. */
const goneAfterMs = 60_000;

export function isUnderWay({ status, seenAt }: EvalRunFacts, now: Date): boolean {
  return status === 'running' && now.getTime() - seenAt.getTime() < goneAfterMs;
}

const isGone = (facts: EvalRunFacts, now: Date) => facts.status === 'running' && !isUnderWay(facts, now);

/** A run of evals as the API shows it; one whose process fell silent was interrupted. Pure. */
export function presentEvalRun(record: EvalRunRecord, now: Date): EvalRun {
  return {
    ...presentEvalRunSummary(record, now),
    tests: record.tests,
    results: isGone(record, now) ? record.results.map(toInterrupted) : record.results,
  };
}

/** The same for a list. Pure. */
export function presentEvalRunSummary(facts: EvalRunFacts, now: Date): EvalRunSummary {
  const { id, draftRevision, publishedVersion, columns, results, startedAt, endedAt } = facts;
  return {
    id,
    status: isGone(facts, now) ? 'interrupted' : facts.status,
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
