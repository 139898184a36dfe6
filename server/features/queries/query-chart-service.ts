import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import {
  ChartView,
  type ChartViewQuery,
  mostDrawnRows,
  type QueryChart,
  type SaveChartInput,
} from '#server/contract/chart-view.ts';
import type { Execution, ResultPage } from '#server/contract/execution.ts';
import type { JsonObject } from '#server/contract/json.ts';
import type { ReportBlock } from '#server/contract/report-block.ts';
import type { SavedQuery } from '#server/contract/saved-query.ts';
import type { SqlColumn } from '#server/contract/sql.ts';
import { findViewFault, listViewColumns, suggestView, toViewChart } from '#server/contract/to-view-chart.ts';
import type { QueryChartRecord, QueryChartRepository } from './query-chart-repository.ts';
import { chartNotFound, chartUnfit, mostCharts, neverRun, queryOfOthers, tooManyCharts } from './query-errors.ts';
import { allRows, type RowChoice } from './query-ports.ts';
import { mostReportRows, toResultReport } from './to-result-report.ts';

type Needs = {
  repository: QueryChartRepository;
  findQuery: (actor: Actor, id: string) => Promise<SavedQuery>;
  findLast: (actor: Actor, queryId: string, values: Record<string, string>) => Promise<Execution | null>;
  getExecution: (actor: Actor, id: string) => Promise<Execution>;
  readPage: (actor: Actor, id: string, choice: RowChoice, signal: AbortSignal) => Promise<ResultPage>;
  drawChart: (specification: JsonObject, signal: AbortSignal) => Promise<{ svg: string }>;
  drawPicture: (specification: JsonObject, signal: AbortSignal) => Promise<Uint8Array>;
  writePdf: (blocks: ReportBlock[]) => Uint8Array;
  now: () => Date;
};

/** Charts that are kept with a saved query by a name, and pictures of results. */
export function createQueryChartService({ repository, findQuery, findLast, getExecution, readPage, ...rest }: Needs) {
  const { drawChart, drawPicture, writePdf, now } = rest;

  async function findOwn(actor: Actor, queryId: string): Promise<void> {
    if (!(await findQuery(actor, queryId)).can.edit) throw queryOfOthers();
  }

  async function find(queryId: string, id: string): Promise<QueryChartRecord> {
    const chart = await repository.find(queryId, id);
    if (chart === null) throw chartNotFound(id);
    return chart;
  }

  async function specify(
    actor: Actor,
    execution: Execution,
    { view, language = 'en' }: { view: ChartView; language?: 'en' | 'zh' },
    signal: AbortSignal,
  ): Promise<JsonObject> {
    const fault = execution.state === 'completed' ? findViewFault(view, execution.columns) : null;
    if (fault !== null) throw chartUnfit(fault);
    const choice = { ...allRows, limit: mostDrawnRows, columns: listViewColumns(view) };
    return toViewChart(view, await readPage(actor, execution.id, choice, signal), language);
  }

  /** Of the actor's own last result of the query. */
  async function specifyQuery(actor: Actor, queryId: string, id: string, signal: AbortSignal): Promise<JsonObject> {
    await findQuery(actor, queryId);
    const { view, name } = await find(queryId, id);
    const last = await findLast(actor, queryId, {});
    if (last === null) throw neverRun();
    return specify(actor, last, { view: view.title === '' ? { ...view, title: name } : view }, signal);
  }

  async function specifyExecution(actor: Actor, id: string, asked: ChartViewQuery, signal: AbortSignal) {
    const execution = await getExecution(actor, id);
    return specify(actor, execution, { view: readView(asked, execution.columns) }, signal);
  }

  return {
    /** Oldest first. @throws {HubError} `not_found` */
    list: async (actor: Actor, queryId: string): Promise<QueryChart[]> => {
      await findQuery(actor, queryId);
      return (await repository.list(queryId)).map(present);
    },

    /** @throws {HubError} `not_found`, `forbidden`, `conflict` */
    create: async (actor: Actor, queryId: string, input: SaveChartInput): Promise<QueryChart> => {
      await findOwn(actor, queryId);
      if ((await repository.list(queryId)).length >= mostCharts) throw tooManyCharts();
      return present(await repository.create({ ...input, id: v7(), queryId, now: now() }));
    },

    /** @throws {HubError} `not_found`, `forbidden` */
    update: async (actor: Actor, queryId: string, id: string, input: SaveChartInput): Promise<QueryChart> => {
      await findOwn(actor, queryId);
      await find(queryId, id);
      await repository.update(id, { ...input, now: now() });
      return present(await find(queryId, id));
    },

    /** @throws {HubError} `not_found`, `forbidden` */
    remove: async (actor: Actor, queryId: string, id: string): Promise<void> => {
      await findOwn(actor, queryId);
      if (!(await repository.remove(queryId, id))) throw chartNotFound(id);
    },

    /** As SVG. @throws {HubError} `not_found`, `conflict`, `validation_failed` for columns that are not there */
    drawChart: async (actor: Actor, queryId: string, id: string, signal: AbortSignal): Promise<string> =>
      (await drawChart(await specifyQuery(actor, queryId, id, signal), signal)).svg,

    /** As PNG. @throws {HubError} as `drawChart` */
    drawChartPicture: async (actor: Actor, queryId: string, id: string, signal: AbortSignal): Promise<Uint8Array> =>
      drawPicture(await specifyQuery(actor, queryId, id, signal), signal),

    /** Any result as SVG. @throws {HubError} as `drawChart` */
    drawResult: async (actor: Actor, id: string, view: ChartViewQuery, signal: AbortSignal): Promise<string> =>
      (await drawChart(await specifyExecution(actor, id, view, signal), signal)).svg,

    /** As PNG. @throws {HubError} as `drawChart` */
    drawResultPicture: async (
      actor: Actor,
      id: string,
      view: ChartViewQuery,
      signal: AbortSignal,
    ): Promise<Uint8Array> => drawPicture(await specifyExecution(actor, id, view, signal), signal),

    /** Any result on paper, with a chart where it has figures. @throws {HubError} as `drawChart` */
    writeReport: async (
      actor: Actor,
      { id, view, language }: { id: string; view: ChartViewQuery; language: 'en' | 'zh' },
      signal: AbortSignal,
    ): Promise<Uint8Array> => {
      const execution = await getExecution(actor, id);
      const page = await readPage(actor, id, { ...allRows, limit: mostReportRows }, signal);
      const isDrawn = view.x !== undefined || view.y !== undefined || suggestView(execution.columns) !== null;
      const drawn = isDrawn
        ? await drawChart(
            await specify(actor, execution, { view: readView(view, execution.columns), language }, signal),
            signal,
          )
        : null;
      const picture = drawn?.svg ?? null;
      return writePdf(toResultReport({ execution, page, title: view.title, picture, language }));
    },
  };
}
export type QueryChartService = ReturnType<typeof createQueryChartService>;

/** Without columns, the chart that suits the result. */
function readView({ x, y, series, isLogarithmic, kind, ...rest }: ChartViewQuery, columns: SqlColumn[]): ChartView {
  const suggested = x === undefined && y === undefined ? suggestView(columns) : null;
  if (suggested !== null) return { ...suggested, title: rest.title };
  return ChartView.parse({
    ...{ ...rest, kind, x: x ?? null, series: series ?? null, isLogarithmic: isLogarithmic === 'true' },
    y: y === undefined ? [] : typeof y === 'string' ? [y] : y,
  });
}

const present = ({ id, name, view, createdAt, updatedAt }: QueryChartRecord): QueryChart => ({
  ...{ id, name, view },
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});
