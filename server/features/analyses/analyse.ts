import type { Actor } from '#server/contract/actor.ts';
import type { AnalysisSource, ForecastChoice, IndicatorChoice } from '#server/contract/analysis.ts';
import type { OpenSource, ReadSeries, SeriesAsked } from './analysis-ports.ts';

/** The three analyses for an actor, whoever keeps or shows what comes of them. */
export function createAnalyses<Raw>(
  openSource: (actor: Actor, source: AnalysisSource, signal: AbortSignal) => Promise<OpenSource>,
  { readSeries, toSeries, profileTable, forecast, computeIndicators }: ReadSeries<Raw>,
) {
  const read = async (actor: Actor, { source, points, series }: SeriesAsked, signal: AbortSignal): Promise<Raw> =>
    source === undefined
      ? toSeries(points ?? [], series.combine)
      : readSeries(await openSource(actor, source, signal), series, signal);

  return {
    /** @throws {HubError} `not_found`, `validation_failed` */
    profile: async (actor: Actor, source: AnalysisSource, signal: AbortSignal) =>
      profileTable(await openSource(actor, source, signal), signal),

    /** @throws {HubError} `not_found`, `validation_failed` */
    forecast: async (actor: Actor, asked: SeriesAsked & ForecastChoice, signal: AbortSignal) =>
      forecast(await read(actor, asked, signal), asked, signal),

    /** @throws {HubError} `not_found`, `validation_failed` */
    indicators: async (
      actor: Actor,
      { source, points, series, ...choice }: SeriesAsked & IndicatorChoice,
      signal: AbortSignal,
    ) => computeIndicators(await read(actor, { source, points, series }, signal), choice),
  };
}
export type Analyses = ReturnType<typeof createAnalyses>;
