import { mostDrawnRows } from '#server/contract/chart-view.ts';
import { listViewColumns } from '#server/contract/to-view-chart.ts';
import type { Actor } from '#server/contract/actor.ts';
import type { DataWidget, ParameterValues, StoredResult } from '#server/contract/dashboard.ts';
import type { SqlFault } from '#server/contract/sql.ts';
import { toSqlFaultWords } from '#server/contract/sql-fault-words.ts';
import { HubError } from '#server/hub-error.ts';
import type { DashboardPorts } from './dashboard-ports.ts';
import type { DashboardRecord, DashboardRepository } from './dashboard-repository.ts';
import { toResultKey } from './read-values.ts';

const patienceMs = 10 * 60 * 1000;
const atOnce = 2;
const mostTableRows = 500;
const largestResultBytes = 512 * 1024;

type Needs = {
  repository: DashboardRepository;
  ports: Pick<DashboardPorts, 'getQuery' | 'runQuery' | 'findActor' | 'now' | 'logError'>;
};
type Asked = { widgets: DataWidget[]; combinations: ParameterValues[] };
type Task = { widget: DataWidget; values: ParameterValues; keys: string[] };

const stopped = { en: 'The query was stopped.', zh: '查询已被停止。' };
const notRun = { en: 'The query could not be run.', zh: '无法运行查询。' };
const toFaultWords = (fault: SqlFault | null) => (fault === null ? stopped : toSqlFaultWords(fault));

export const isDataWidget = (widget: { kind: string }): widget is DataWidget => widget.kind !== 'text';

/**
 * Runs the queries of a dashboard with its owner's rights and keeps what each widget shows of the results. One refresh of a
 * dashboard at a time, in all processes; it belongs to the hub and not to who asked for it.
 */
export function createRefresher({ repository, ports }: Needs) {
  const running = new Map<string, { stop: AbortController; ended: Promise<void> }>();

  async function run(actor: Actor, { widget, values }: Task, signal: AbortSignal): Promise<StoredResult> {
    const { execution, page } = await ports.runQuery(
      actor,
      {
        id: widget.query,
        values,
        columns: ({ columns }) => {
          const wanted = listWanted(widget);
          const names = columns.map(({ name }) => name);
          return wanted.every((name) => names.includes(name)) ? wanted : [];
        },
        limit: widget.kind === 'chart' ? mostDrawnRows : widget.kind === 'table' ? mostTableRows : 2,
      },
      signal,
    );
    return {
      columns: page?.columns ?? [],
      rows: cutRows(page?.rows ?? []),
      total: execution.rows,
      reads: execution.reads,
      fault: page === null ? (execution.fault?.message ?? stopped.en) : null,
      faultWords: page === null ? toFaultWords(execution.fault) : null,
      sql: execution.sql,
      durationMs: execution.durationMs,
      previous: null,
    };
  }

  async function runOne(dashboard: DashboardRecord, actor: Actor, task: Task, signal: AbortSignal) {
    const { widget, keys } = task;
    // A signal of its own: what listens to it goes with the task.
    const content = await run(actor, task, AbortSignal.any([signal])).catch((thrown: unknown): StoredResult => {
      if (signal.aborted) throw thrown;
      if (thrown instanceof HubError) return { ...empty, fault: thrown.message, faultWords: thrown.words };
      ports.logError(thrown, 'a widget could not be refreshed');
      return { ...empty, fault: notRun.en, faultWords: notRun };
    });
    const found = await repository.findResults(dashboard.id, keys);
    for (const key of keys) {
      const last = found.find((result) => result.widgetId === widget.id && result.key === key);
      const isKept = content.fault !== null && last !== undefined && last.content.columns.length > 0;
      const previous = widget.kind === 'counter' && last !== undefined ? readFigure(last.content, widget.column) : null;
      await repository.storeResult(dashboard.id, {
        ...{ widgetId: widget.id, key },
        // What was known stays to be seen, beside why there is nothing newer.
        ...(isKept
          ? {
              content: { ...last.content, fault: content.fault, faultWords: content.faultWords },
              ranAt: last.ranAt,
            }
          : { content: { ...content, previous }, ranAt: ports.now() }),
      });
    }
  }

  async function carryOut(dashboard: DashboardRecord, asked: Asked, signal: AbortSignal) {
    const actor = await ports.findActor(dashboard.ownerId);
    if (actor === null) return;
    const waiting = await groupTasks(actor, asked, ports.getQuery);
    const worker = async () => {
      for (let task = waiting.shift(); task !== undefined && !signal.aborted; task = waiting.shift())
        await runOne(dashboard, actor, task, signal);
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    await repository.dropResults(
      dashboard.id,
      dashboard.content.widgets.map(({ id }) => id),
    );
  }

  return {
    /** False where one is under way already. @param only - the one widget that is refreshed */
    start: async (dashboard: DashboardRecord, combinations: ParameterValues[], only?: string): Promise<boolean> => {
      const now = ports.now();
      const until = new Date(now.getTime() + patienceMs + 30_000);
      if (!(await repository.claimRefresh(dashboard.id, { now, until }))) return false;
      const stop = new AbortController();
      const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(patienceMs)]);
      const widgets = dashboard.content.widgets
        .filter(isDataWidget)
        .filter(({ id }) => only === undefined || id === only);
      const ended = carryOut(dashboard, { widgets, combinations }, signal)
        .then(() => (only === undefined ? ports.now() : (dashboard.refreshedAt ?? ports.now())))
        .catch(async (thrown: unknown) => {
          const isGone = (await repository.find({ id: dashboard.id })) === null;
          if (!stop.signal.aborted && !isGone) ports.logError(thrown, 'a dashboard could not be refreshed');
          return null;
        })
        .then((refreshedAt) => repository.endRefresh(dashboard.id, refreshedAt))
        .catch((error: unknown) => ports.logError(error, 'the end of a refresh could not be stored'))
        .finally(() => running.delete(dashboard.id));
      running.set(dashboard.id, { stop, ended });
      return true;
    },

    /** Waits for the end of one that this process runs. */
    waitFor: async (id: string, waitMs: number, signal: AbortSignal): Promise<void> => {
      const ended = running.get(id)?.ended;
      if (ended === undefined || waitMs === 0 || signal.aborted) return;
      let clock: NodeJS.Timeout | undefined;
      const left = new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true });
        clock = setTimeout(resolve, waitMs);
      });
      await Promise.race([ended, left]).finally(() => clearTimeout(clock));
    },

    stop: async () => {
      const all = [...running.values()];
      for (const { stop } of all) stop.abort();
      await Promise.all(all.map(({ ended }) => ended));
    },
  };
}
export type Refresher = ReturnType<typeof createRefresher>;

const empty = { columns: [], rows: [], total: 0, reads: [], sql: '', durationMs: null, previous: null };

function listWanted(widget: DataWidget): string[] {
  if (widget.kind === 'chart') return listViewColumns(widget.view);
  return widget.kind === 'table' ? widget.columns : [widget.column];
}

/** What is the same for several combinations of values is run once, and kept under each. */
async function groupTasks(
  actor: Actor,
  { widgets, combinations }: Asked,
  getQuery: DashboardPorts['getQuery'],
): Promise<Task[]> {
  const parametersOf = new Map<string, string[]>();
  for (const id of new Set(widgets.map(({ query }) => query))) {
    const saved = await getQuery(actor, id).catch((thrown: unknown) => {
      if (thrown instanceof HubError) return null;
      throw thrown;
    });
    parametersOf.set(id, saved?.parameters.map(({ name }) => name) ?? []);
  }
  const tasks = new Map<string, Task>();
  for (const widget of widgets)
    for (const values of combinations) {
      const used = Object.entries(values).filter(([name]) => parametersOf.get(widget.query)?.includes(name));
      // A query that has none of the parameters is the same for all of their values.
      const key = toResultKey(widget, used.length === 0 ? {} : values);
      const mark = JSON.stringify([widget.id, used]);
      const task = tasks.get(mark);
      if (task === undefined) tasks.set(mark, { widget, values: Object.fromEntries(used), keys: [key] });
      else if (!task.keys.includes(key)) task.keys.push(key);
    }
  return [...tasks.values()];
}

function cutRows(rows: unknown[][]): unknown[][] {
  let bytes = 0;
  const end = rows.findIndex((row) => (bytes += JSON.stringify(row).length) > largestResultBytes);
  return end < 0 ? rows : rows.slice(0, end);
}

/** The value of a column in a row of a stored result, as text; null without one. */
export function readFigure({ columns, rows }: Pick<StoredResult, 'columns' | 'rows'>, column: string, row = 0) {
  const index = columns.findIndex(({ name }) => name === column);
  const value = index < 0 ? null : (rows[row]?.[index] ?? null);
  return value === null ? null : typeof value === 'string' ? value : JSON.stringify(value);
}
