import type { ForecastChoice, ForecastReport, IndicatorChoice } from '#server/contract/analysis.ts';
import { HubError } from '#server/hub-error.ts';
import { toAbsence } from '#server/platform/workers/to-absence.ts';
import { createWorkerPool } from '#server/platform/workers/worker-pool.ts';
import type { Loss } from '#server/platform/workers/worker-process.ts';
import { computeIndicators } from './compute-indicators.ts';
import type { ForecastTask, ForecastValues } from './forecast-values.ts';
import { placeSeries, type RawSeries } from './place-series.ts';
import { summariseForecast } from './summarise-forecast.ts';

const usualLimits = { processorMs: 60_000, memoryMb: 384 };

/**
 * Foretells series and reckons indicators. Models are fitted in a process of their own with limits on processor time and memory, for
 * they take seconds and one of the packages is native code.
 *
 * @param options.workerFile - where the build put `analysis-worker`
 */
export function createAnalyst({ workerFile, limits = {} }: { workerFile: URL; limits?: Partial<typeof usualLimits> }) {
  const { processorMs, memoryMb } = { ...usualLimits, ...limits };
  const pool = createWorkerPool<ForecastTask, ForecastValues>({
    file: workerFile,
    processes: 1,
    mostWaiting: 16,
    memoryMb,
    toFailure: (why) => toFailure(why, processorMs),
  });

  return {
    /** @throws {HubError} `validation_failed` for a series that cannot be foretold, `unavailable` */
    forecast: async (raw: RawSeries, choice: ForecastChoice, signal: AbortSignal): Promise<ForecastReport> => {
      const series = placeSeries(raw);
      const task: ForecastTask = {
        values: series.values,
        step: series.facts.step,
        horizon: choice.horizon,
        season: choice.season,
      };
      return summariseForecast(series, await pool.run(task, { processorMs, signal }));
    },

    /** @throws {HubError} `validation_failed` */
    computeIndicators: (raw: RawSeries, choice: IndicatorChoice) => computeIndicators(placeSeries(raw), choice),

    close: pool.close,
  };
}
export type Analyst = ReturnType<typeof createAnalyst>;

function toFailure(why: Loss, processorMs: number): HubError {
  switch (why) {
    case 'slow':
      return new HubError('validation_failed', {
        en: `The forecast took more than ${processorMs / 1000} seconds of a processor. Give a shorter series or a shorter season.`,
        zh: `预测占用处理器超过 ${processorMs / 1000} 秒。请使用更短的序列或季节。`,
      });
    case 'memory':
    case 'broken':
      return new HubError('unavailable', {
        en: 'The forecast broke off. Try again, or with a shorter series.',
        zh: '预测中断。请重试，或使用更短的序列。',
      });
    case 'busy':
    case 'stopped':
      return toAbsence(why, { en: 'forecast', zh: '进行预测' });
  }
}
