import type { Actor } from '#server/contract/actor.ts';
import type {
  DashboardResults,
  DashboardWidget,
  ParameterValues,
  PublicDashboard,
  RefreshDashboardInput,
} from '#server/contract/dashboard.ts';
import type { JsonObject } from '#server/contract/json.ts';
import { findViewFault, toViewChart } from '#server/contract/to-view-chart.ts';
import { dashboardNotFound, linkGone, notDrawn, widgetNotFound, withoutResultYet } from './dashboard-errors.ts';
import { canEditDashboard, canSeeDashboard } from './dashboard-policy.ts';
import type { DashboardPorts } from './dashboard-ports.ts';
import type { DashboardRecord, DashboardRepository, ResultRecord } from './dashboard-repository.ts';
import { isRefreshing, presentPublic, presentResult } from './present-dashboard.ts';
import { fillValues, listCombinations, listResultKeys, parseValues } from './read-values.ts';
import { isDataWidget, type Refresher } from './refresh-dashboard.ts';
import { toReportBlocks } from './to-report.ts';

/** Others than the owner may have a dashboard run again once in so long. */
const restMs = 60_000;

type Needs = {
  repository: DashboardRepository;
  refresher: Refresher;
  ports: Pick<DashboardPorts, 'isSharingAllowed' | 'drawChart' | 'drawPicture' | 'writePdf' | 'now'>;
};

/** What the widgets of a dashboard show: the stored results, pictures and a report of them, and how they become new. */
export function createDashboardResults({ repository, refresher, ports }: Needs) {
  async function find(actor: Actor, id: string): Promise<DashboardRecord> {
    const dashboard = await repository.find({ id });
    if (dashboard === null || !canSeeDashboard(actor, dashboard)) throw dashboardNotFound(id);
    return dashboard;
  }

  async function findPublic(link: string): Promise<DashboardRecord> {
    const dashboard = (await ports.isSharingAllowed()) ? await repository.find({ link }) : null;
    if (dashboard === null) throw linkGone();
    return dashboard;
  }

  async function findResults(dashboard: DashboardRecord, values: ParameterValues): Promise<ResultRecord[]> {
    const widgets = dashboard.content.widgets.filter(isDataWidget);
    const keys = new Map(widgets.map((widget) => [widget.id, listResultKeys(widget, values)]));
    const found = await repository.findResults(dashboard.id, [...new Set([...keys.values()].flat())]);
    return widgets.flatMap(({ id }) => {
      const own = keys.get(id)?.map((key) => found.find((result) => result.widgetId === id && result.key === key));
      return own?.find((result) => result !== undefined) ?? [];
    });
  }

  const fill = (actor: Actor | null, dashboard: DashboardRecord, text: string | undefined) =>
    fillValues(dashboard.content, parseValues(text), {
      isOwner: actor !== null && canEditDashboard(actor, dashboard),
    });

  async function toSpecification(dashboard: DashboardRecord, widgetId: string, values: ParameterValues) {
    const widget = dashboard.content.widgets.find(({ id }) => id === widgetId);
    if (widget === undefined) throw widgetNotFound(widgetId);
    const result = (await findResults(dashboard, values)).find((found) => found.widgetId === widgetId);
    const specification = result === undefined ? undefined : toWidgetChart(widget, result);
    if (specification === undefined) throw withoutResultYet();
    if (specification === null) throw notDrawn();
    return specification;
  }

  async function readPublic(link: string, text: string | undefined): Promise<PublicDashboard> {
    const dashboard = await findPublic(link);
    return presentPublic(dashboard, await findResults(dashboard, fill(null, dashboard, text)));
  }

  async function read(actor: Actor, id: string, text: string | undefined): Promise<DashboardResults> {
    const dashboard = await find(actor, id);
    const isOwner = canEditDashboard(actor, dashboard);
    const results = await findResults(dashboard, fill(actor, dashboard, text));
    return {
      isRefreshing: isRefreshing(dashboard, ports.now()),
      refreshedAt: dashboard.refreshedAt?.toISOString() ?? null,
      items: results.map((result) => presentResult(result, { isOwner })),
    };
  }

  return {
    /** @throws {HubError} `not_found`, `validation_failed`, `forbidden` for a value that is not offered */
    read,

    /** Stored results only: nothing is run. @throws {HubError} as `read` */
    readPublic,

    /**
     * Runs the queries again, with the owner's rights; others than the owner are shown what there is when it is young.
     *
     * @throws {HubError} as `read`
     */
    refresh: async (
      actor: Actor,
      id: string,
      { values: given, waitSeconds }: RefreshDashboardInput,
      signal: AbortSignal,
    ): Promise<DashboardResults> => {
      const dashboard = await find(actor, id);
      const isOwner = canEditDashboard(actor, dashboard);
      const values = fillValues(dashboard.content, given, { isOwner });
      const results = await findResults(dashboard, values);
      const isYoung =
        results.length === dashboard.content.widgets.filter(isDataWidget).length &&
        results.every(({ ranAt }) => ranAt.getTime() > ports.now().getTime() - restMs);
      if (isOwner || !isYoung) {
        // Its owner brings all that is offered up to date, so that readers of the link find it; others what they asked for.
        const offered = isOwner ? listCombinations(dashboard.content) : [];
        const isOffered = offered.some((one) => JSON.stringify(one) === JSON.stringify(values));
        await refresher.start(dashboard, isOffered ? offered : [...offered, values]);
        await refresher.waitFor(id, waitSeconds * 1000, signal);
      }
      return read(actor, id, JSON.stringify(given));
    },

    /** @throws {HubError} `not_found`; `conflict`, where there is no picture */
    drawWidget: async (
      actor: Actor,
      { id, widget, values }: { id: string; widget: string; values: string | undefined },
      signal: AbortSignal,
    ): Promise<string> => {
      const dashboard = await find(actor, id);
      const specification = await toSpecification(dashboard, widget, fill(actor, dashboard, values));
      return (await ports.drawChart(specification, signal)).svg;
    },

    /** As PNG. @throws {HubError} as `drawWidget` */
    drawWidgetPicture: async (
      actor: Actor,
      { id, widget, values }: { id: string; widget: string; values: string | undefined },
      signal: AbortSignal,
    ): Promise<Uint8Array> => {
      const dashboard = await find(actor, id);
      return ports.drawPicture(await toSpecification(dashboard, widget, fill(actor, dashboard, values)), signal);
    },

    /** @throws {HubError} as `drawWidget` */
    drawPublicWidget: async (
      link: string,
      { widget, values }: { widget: string; values: string | undefined },
      signal: AbortSignal,
    ): Promise<string> => {
      const dashboard = await findPublic(link);
      const specification = await toSpecification(dashboard, widget, fill(null, dashboard, values));
      return (await ports.drawChart(specification, signal)).svg;
    },

    /** All widgets on paper, as PDF, with the times and, for its owner, the SQL. @throws {HubError} as `read` */
    writeReport: async (
      actor: Actor,
      { id, values, language }: { id: string; values: string | undefined; language: 'en' | 'zh' },
      signal: AbortSignal,
    ): Promise<Uint8Array> => {
      const dashboard = await find(actor, id);
      const filled = fill(actor, dashboard, values);
      const results = await findResults(dashboard, filled);
      const pictures = new Map<string, string>();
      for (const widget of dashboard.content.widgets) {
        const result = results.find(({ widgetId }) => widgetId === widget.id);
        if (widget.kind !== 'chart' || result === undefined) continue;
        const { title: _title, ...specification } = toWidgetChart(widget, result, language) ?? {};
        if (Object.keys(specification).length === 0) continue;
        pictures.set(widget.id, (await ports.drawChart(specification, signal)).svg);
      }
      const isOwner = canEditDashboard(actor, dashboard);
      return ports.writePdf(
        toReportBlocks({ dashboard, values: filled, results, pictures, isOwner, language, now: ports.now() }),
      );
    },
  };
}
export type DashboardResultsService = ReturnType<typeof createDashboardResults>;

/** Undefined without rows that it could be drawn of, null for what is no picture. */
function toWidgetChart(
  widget: DashboardWidget,
  { content }: ResultRecord,
  language: 'en' | 'zh' = 'en',
): JsonObject | null | undefined {
  const view =
    widget.kind === 'chart'
      ? { ...widget.view, title: widget.title === '' ? widget.view.title : widget.title }
      : widget.kind === 'counter'
        ? {
            ...{ kind: 'counter' as const, title: '', x: null, y: [widget.column], series: null },
            ...{ aggregate: 'none' as const, sort: 'none' as const, isLogarithmic: false },
          }
        : null;
  if (view === null) return null;
  return content.columns.length === 0 || findViewFault(view, content.columns) !== null
    ? undefined
    : toViewChart(view, content, language);
}
