import { type Loader, logger, parse, textMetrics, View, Warn } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import { measureChartText } from '#server/contract/measure-chart-text.ts';
import { HubError } from '#server/hub-error.ts';
import { serveTasks } from './workers/serve-tasks.ts';

export type ChartTask = { specification: object; as: 'svg' | 'png' };

const longestReason = 1_000;
const mostPixels = 64_000_000;

const refuse = () => Promise.reject(new Error('A chart may not load anything.'));
const noLoader: Loader = { load: refuse, sanitize: refuse, http: refuse, file: refuse };
textMetrics.width = measureChartText;

/** Warnings after which the picture would not show what was asked for. */
const serious =
  /invalid|unknown|unrecognized|dropp|incompatible|not (?:supported|valid|allowed|work)|cannot|can't|missing|conflict/i;

/**
 * Draws in a process of its own, so that an endless chart can be ended. Expressions run in vega's interpreter of syntax
 * trees: nothing is compiled to code, and nothing is loaded.
 */
async function draw(specification: object): Promise<string> {
  const warnings: string[] = [];
  const { spec } = compile(specification as TopLevelSpec, { logger: keepWarnings(warnings) });
  const fatal = warnings.filter((warning) => serious.test(warning));
  if (fatal.length > 0) throw new Error(fatal.slice(0, 5).join(' '));
  const runtime = parse(spec, undefined, { ast: true });
  const failures: string[] = [];
  const view = new View(runtime, {
    renderer: 'none',
    loader: noLoader,
    expr: expressionInterpreter,
    logger: keepWarnings(failures, failures),
  });
  const svg = await view.toSVG();
  view.finalize();
  if (failures.length > 0) throw new Error(failures.slice(0, 5).join(' '));
  return svg;
}

function keepWarnings(warnings: string[], errors: string[] = []) {
  return logger(Warn, undefined, (_method, level, parts) => {
    (level === 'ERROR' ? errors : warnings).push(parts.map(String).join(' ').slice(0, 300));
  });
}

/** Only what was drawn here is read as SVG: the hub itself reads none. */
async function toPng(svg: string): Promise<string> {
  const { default: sharp } = await import('sharp');
  const drawn = sharp(Buffer.from(svg), { density: 144, limitInputPixels: mostPixels });
  return (await drawn.png().toBuffer()).toString('base64');
}

const perform = async ({ specification, as }: ChartTask) => {
  const svg = await draw(specification);
  return as === 'svg' ? svg : toPng(svg);
};

serveTasks((task: ChartTask) =>
  perform(task).catch((error: unknown) => {
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, longestReason);
    throw new HubError('validation_failed', {
      en: `The chart cannot be drawn: ${reason}`,
      zh: `无法绘制此图表：${reason}`,
    });
  }),
);
