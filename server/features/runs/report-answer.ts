import { drawCharts } from '#server/chart-reports.ts';
import type { Actor } from '#server/contract/actor.ts';
import type { JsonObject } from '#server/contract/json.ts';
import type { ReportBlock } from '#server/contract/report-block.ts';
import type { RunService } from './run-service.ts';
import { toAnswerReport } from './to-answer-report.ts';

type Needs = {
  runs: Pick<RunService, 'get'>;
  drawChart: (specification: JsonObject, signal: AbortSignal) => Promise<string>;
  writePdf: (blocks: ReportBlock[]) => Uint8Array;
};

/** Writes answers on paper: whatever tools brought is in them, with its charts and sources. */
export function createAnswerReporter({ runs, drawChart, writePdf }: Needs) {
  return async (
    actor: Actor,
    { id, language }: { id: string; language: 'en' | 'zh' },
    signal: AbortSignal,
  ): Promise<Uint8Array> => {
    const run = await runs.get(actor, id);
    const charts = run.artifacts.filter((artifact) => artifact.kind === 'chart');
    return writePdf(toAnswerReport(run, await drawCharts(charts, drawChart, signal), language));
  };
}
export type AnswerReporter = ReturnType<typeof createAnswerReporter>;
