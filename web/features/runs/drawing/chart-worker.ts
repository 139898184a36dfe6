import { type Loader, logger, None, parse, textMetrics, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import { measureChartText } from '#server/contract/measure-chart-text.ts';
import type { ChartAnswer, ChartQuestion } from './draw-chart.ts';

const refuse = () => Promise.reject(new Error('A chart may not load anything.'));
const noLoader: Loader = { load: refuse, sanitize: refuse, http: refuse, file: refuse };

textMetrics.width = measureChartText;

/** Beside the page, so that an endless chart can be ended; expressions are interpreted, and nothing is loaded. */
async function draw(specification: object): Promise<string> {
  const { spec } = compile(specification as TopLevelSpec, { logger: logger(None) });
  const view = new View(parse(spec, undefined, { ast: true }), {
    renderer: 'none',
    loader: noLoader,
    expr: expressionInterpreter,
    logger: logger(None),
  });
  const svg = await view.toSVG();
  view.finalize();
  return svg;
}

addEventListener('message', ({ data }: MessageEvent<ChartQuestion>) => {
  const { id, specification } = data;
  draw(specification).then(
    (svg) => postMessage({ id, svg } satisfies ChartAnswer),
    () => postMessage({ id, svg: null } satisfies ChartAnswer),
  );
});
