import type { JsonObject } from '#server/contract/json.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError } from '#server/hub-error.ts';
import type { ChartTask } from './chart-worker.ts';
import { toAbsence } from './workers/to-absence.ts';
import { createWorkerPool } from './workers/worker-pool.ts';
import type { Loss } from './workers/worker-process.ts';

const largestSpecificationBytes = 2 * 1024 * 1024;
const largestSvgBytes = 5 * 1024 * 1024;

/**
 * Draws Vega-Lite 6 specifications as SVG, one after another, in a process of their own that is ended when a chart takes
 * more than `processorMs` of the processor or too much memory.
 *
 * @param workerFile - where the build put `chart-worker`
 */
export function createChartRenderer({ workerFile, processorMs = 10_000 }: { workerFile: URL; processorMs?: number }) {
  const pool = createWorkerPool<ChartTask, string>({
    file: workerFile,
    processes: 1,
    mostWaiting: 32,
    memoryMb: 512,
    toFailure,
  });

  const drawChart = async (
    specification: JsonObject,
    { signal }: { signal?: AbortSignal | undefined } = {},
  ): Promise<{ svg: string }> => {
    checkSize(specification);
    const svg = await pool.run({ specification, as: 'svg' }, { processorMs, signal });
    if (svg.length > largestSvgBytes) {
      throw refusal({
        en: 'The drawn chart has more than 5 MB. Use fewer rows.',
        zh: '绘制出的图表超过 5 MB。请减少行数。',
      });
    }
    return { svg };
  };

  /** As PNG, two pixels a point. Its texts need fonts of the machine. */
  const drawPicture = async (
    specification: JsonObject,
    { signal }: { signal?: AbortSignal | undefined } = {},
  ): Promise<Uint8Array> => {
    checkSize(specification);
    return Buffer.from(await pool.run({ specification, as: 'png' }, { processorMs, signal }), 'base64');
  };

  return Object.assign(drawChart, { drawPicture, close: pool.close });
}
export type ChartRenderer = ReturnType<typeof createChartRenderer>;

function checkSize(specification: JsonObject): void {
  if (Buffer.byteLength(JSON.stringify(specification)) > largestSpecificationBytes)
    throw refusal({ en: 'The chart has more than 2 MB of data.', zh: '图表的数据超过 2 MB。' });
}

function toFailure(why: Loss): HubError {
  switch (why) {
    case 'slow':
      return refusal({
        en: 'The chart takes too much work to draw. Use fewer rows or simpler marks.',
        zh: '绘制此图表的计算量过大。请减少行数或使用更简单的图形。',
      });
    case 'memory':
      return refusal({
        en: 'The chart needs too much memory to draw. Use fewer rows or simpler marks.',
        zh: '绘制此图表占用的内存过多。请减少行数或使用更简单的图形。',
      });
    case 'broken':
      return refusal({
        en: 'The chart cannot be drawn: drawing broke off. Use fewer rows or simpler marks.',
        zh: '无法绘制此图表：绘制中断。请减少行数或使用更简单的图形。',
      });
    case 'busy':
    case 'stopped':
      return toAbsence(why, { en: 'draw charts', zh: '绘制图表' });
  }
}

function refusal(words: LocalizedText): HubError {
  return new HubError('validation_failed', words);
}
