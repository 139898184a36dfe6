import type { Actor } from '#server/contract/actor.ts';
import type { AccountRepository } from '#server/features/accounts/account-repository.ts';
import { createDashboardRepository } from '#server/features/dashboards/dashboard-repository.ts';
import type { DashboardPorts } from '#server/features/dashboards/dashboard-ports.ts';
import { createDashboardResults } from '#server/features/dashboards/dashboard-results.ts';
import { createDashboardService } from '#server/features/dashboards/dashboard-service.ts';
import { createRefresher } from '#server/features/dashboards/refresh-dashboard.ts';
import type { ExecutionService } from '#server/features/queries/execution-service.ts';
import { createQueryChartRepository } from '#server/features/queries/query-chart-repository.ts';
import { createQueryChartService } from '#server/features/queries/query-chart-service.ts';
import { allRows } from '#server/features/queries/query-ports.ts';
import type { SavedQueryService } from '#server/features/queries/saved-query-service.ts';
import { countRunsAMonth, findNextTime } from './schedule-times.ts';
import type { ChartRenderer } from '#server/platform/chart-renderer.ts';
import type { Database } from '#server/platform/database.ts';
import { writePdf } from '#server/platform/documents/write-pdf.ts';
import type { DashboardDesk } from '#server/runtime/tools/ports.ts';

const waitSeconds = 30;

type Needs = {
  database: Database;
  accountRepository: Pick<AccountRepository, 'findPerson'>;
  executions: ExecutionService;
  savedQueries: SavedQueryService;
  charts: ChartRenderer;
  isSharingAllowed: () => Promise<boolean>;
  now: () => Date;
  logError: (error: unknown, message: string) => void;
};

/** The part of the wiring of dashboards and of queries' charts: what runs their queries, and who draws and writes what comes of them. */
export function openDashboards({ database, accountRepository, executions, savedQueries, charts, ...rest }: Needs) {
  const ports: DashboardPorts = {
    ...rest,
    getQuery: savedQueries.get,
    createQuery: savedQueries.create,
    getExecution: (actor, id) => executions.get(actor, id, 0, new AbortController().signal),
    runQuery: async (actor, { id, values, columns, limit }, signal) => {
      const parameters = Object.entries(values).map(([name, value]) => ({
        ...{ name, value, type: 'text' as const, options: [] },
      }));
      let execution = await executions.start(actor, { query: id, parameters, waitSeconds }, signal);
      while (execution.state === 'running')
        execution = await executions.follow(actor, execution.id, waitSeconds, signal);
      if (execution.state !== 'completed') return { execution, page: null };
      const choice = { ...allRows, limit, columns: columns(execution) };
      return { execution, page: await executions.readPage(actor, execution.id, choice, signal) };
    },
    findActor: async (userId) => {
      const person = await accountRepository.findPerson(userId);
      return person === null ? null : { userId, name: person.name, role: person.role, key: null };
    },
    findNextTime,
    drawChart: (specification, signal) => charts(specification, { signal }),
    drawPicture: (specification, signal) => charts.drawPicture(specification, { signal }),
    writePdf,
  };
  const repository = createDashboardRepository({ database });
  const refresher = createRefresher({ repository, ports });
  const service = createDashboardService({ repository, refresher, ports });
  const results = createDashboardResults({ repository, refresher, ports });
  const queryCharts = createQueryChartService({
    repository: createQueryChartRepository({ database }),
    findQuery: savedQueries.get,
    findLast: executions.findLast,
    getExecution: ports.getExecution,
    readPage: executions.readPage,
    drawChart: ports.drawChart,
    drawPicture: ports.drawPicture,
    writePdf,
    now: rest.now,
  });
  return {
    service,
    results,
    queryCharts,
    openDesk: (actor: Actor): DashboardDesk => ({
      listDashboards: async () =>
        (await service.list(actor, { of: 'mine', search: '', limit: 50 })).items.map(
          ({ id, name, description, widgetCount, refreshedAt }) => ({
            ...{ id, name, description, widgets: widgetCount, refreshedAt },
          }),
        ),
      saveToDashboard: async ({ dashboard, name, ...widget }) => {
        const id = dashboard ?? (await findOrCreate(actor, name));
        const saved = await service.addWidget(actor, id, widget);
        return { id: saved.id, name: saved.name, widgets: saved.widgets.length };
      },
      findSpending: async ({ name, execution }) => {
        const { engine, credits } = await ports.getExecution(actor, execution);
        if (engine !== 'dune') return null;
        const known = await findNamed(actor, name);
        const schedule = known === null ? null : (await service.get(actor, known.id)).schedule;
        const rhythm = schedule === null ? null : { runsAMonth: countRunsAMonth(schedule.cron, rest.now()) };
        return { creditsEach: credits, rhythm };
      },
    }),
    stop: refresher.stop,
  };

  async function findNamed(actor: Actor, name: string) {
    const { items } = await service.list(actor, { of: 'mine', search: name, limit: 50 });
    return items.find((one) => one.name.toLowerCase() === name.trim().toLowerCase()) ?? null;
  }

  /** The person's dashboard of that name, or a new private one. */
  async function findOrCreate(actor: Actor, name: string): Promise<string> {
    const known = await findNamed(actor, name);
    const fresh = { name, description: '', access: 'private' as const, widgets: [], parameters: [], schedule: null };
    return (known ?? (await service.create(actor, fresh))).id;
  }
}
