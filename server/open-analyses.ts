import type { Actor } from '#server/contract/actor.ts';
import { createAnalyses } from '#server/features/analyses/analyse.ts';
import type { SourcePorts } from '#server/features/analyses/analysis-ports.ts';
import { createAnalysisRepository } from '#server/features/analyses/analysis-repository.ts';
import { createAnalysisService } from '#server/features/analyses/analysis-service.ts';
import { createSourceOpener } from '#server/features/analyses/open-source.ts';
import { createAnalyst } from '#server/platform/analysis/analyst.ts';
import type { RawSeries } from '#server/platform/analysis/place-series.ts';
import { profileTable } from '#server/platform/analysis/profile-table.ts';
import { readSeries } from '#server/platform/analysis/read-series.ts';
import { toSeries } from '#server/platform/analysis/to-series.ts';
import type { Database } from '#server/platform/database.ts';
import { writePdf } from '#server/platform/documents/write-pdf.ts';
import type { AnalysisDesk, DrawChart } from '#server/runtime/tools/ports.ts';

type Needs = {
  database: Database;
  /** Where the build put the workers. */
  workersFolder: URL;
  sources: SourcePorts;
  drawChart: DrawChart;
  now: () => Date;
};

/** The analyses' part of the wiring: who reads series, who foretells them, and who keeps the reports. */
export function openAnalyses({ database, workersFolder, sources, drawChart, now }: Needs) {
  const analyst = createAnalyst({ workerFile: new URL('analysis-worker.js', workersFolder) });
  const analyses = createAnalyses<RawSeries>(createSourceOpener(sources), {
    readSeries,
    toSeries,
    profileTable,
    forecast: analyst.forecast,
    computeIndicators: analyst.computeIndicators,
  });
  const service = createAnalysisService({
    repository: createAnalysisRepository({ database }),
    analyses,
    ports: {
      drawChart: async (specification, signal) => (await drawChart(specification, { signal })).svg,
      writePdf,
      now,
    },
  });
  return {
    service,
    openDesk: (actor: Actor): AnalysisDesk => ({
      profile: (source, signal) => analyses.profile(actor, source, signal),
      forecast: (asked, signal) => analyses.forecast(actor, asked, signal),
      indicators: (asked, signal) => analyses.indicators(actor, asked, signal),
    }),
    /** What is pasted needs nobody's tables. */
    analysePoints: {
      forecast: async ({ points, series, ...choice }, signal) =>
        analyst.forecast(toSeries(points ?? [], series.combine), choice, signal),
      indicators: async ({ points, series, ...choice }) =>
        analyst.computeIndicators(toSeries(points ?? [], series.combine), choice),
    } satisfies Pick<AnalysisDesk, 'forecast' | 'indicators'>,
    close: analyst.close,
  };
}
