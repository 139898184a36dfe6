import { parentPort } from 'node:worker_threads';
import { type Loader, logger, parse, View, Warn } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';

export type ChartWorkerRequest = { id: number; specification: object };
/** The first message says that the thread has loaded; each later one answers a request. */
export type ChartWorkerReply = { ready: true } | { id: number; svg: string } | { id: number; refusal: string };

const refuse = () => Promise.reject(new Error('A chart may not load anything.'));
const noLoader: Loader = { load: refuse, sanitize: refuse, http: refuse, file: refuse };
/** Warnings after which the picture would not show what was asked for. */
const serious =
  /invalid|unknown|unrecognized|dropp|incompatible|not (?:supported|valid|allowed|work)|cannot|can't|missing|conflict/i;

/**
 * Draws in a thread of its own, so that an endless chart can be ended. Expressions run in vega's interpreter of syntax
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

parentPort?.on('message', ({ id, specification }: ChartWorkerRequest) => {
  draw(specification).then(
    (svg) => parentPort?.postMessage({ id, svg } satisfies ChartWorkerReply),
    (error: unknown) =>
      parentPort?.postMessage({
        id,
        refusal: error instanceof Error ? error.message : String(error),
      } satisfies ChartWorkerReply),
  );
});
parentPort?.postMessage({ ready: true } satisfies ChartWorkerReply);
