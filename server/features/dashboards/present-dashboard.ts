import type { Actor } from '#server/contract/actor.ts';
import type { Dashboard, DashboardSummary, PublicDashboard, WidgetResult } from '#server/contract/dashboard.ts';
import { canEditDashboard } from './dashboard-policy.ts';
import type { DashboardRecord, ResultRecord } from './dashboard-repository.ts';

const toCommon = (actor: Actor, dashboard: DashboardRecord, now: Date) => ({
  id: dashboard.id,
  name: dashboard.name,
  description: dashboard.description,
  access: dashboard.access,
  owner: dashboard.owner,
  revision: dashboard.revision,
  schedule: dashboard.schedule,
  nextRefreshAt: dashboard.nextRefreshAt?.toISOString() ?? null,
  refreshedAt: dashboard.refreshedAt?.toISOString() ?? null,
  isRefreshing: isRefreshing(dashboard, now),
  createdAt: dashboard.createdAt.toISOString(),
  updatedAt: dashboard.updatedAt.toISOString(),
  can: { edit: canEditDashboard(actor, dashboard) },
});

/** One that a lost process left behind is over. */
export const isRefreshing = ({ refreshingUntil }: Pick<DashboardRecord, 'refreshingUntil'>, now: Date) =>
  refreshingUntil !== null && refreshingUntil > now;

export function presentDashboard(actor: Actor, dashboard: DashboardRecord, now: Date): Dashboard {
  const common = toCommon(actor, dashboard, now);
  return { ...common, ...dashboard.content, link: common.can.edit ? dashboard.link : null };
}

export const presentSummary = (actor: Actor, dashboard: DashboardRecord, now: Date): DashboardSummary => ({
  ...toCommon(actor, dashboard, now),
  widgetCount: dashboard.content.widgets.length,
  isPublic: dashboard.link !== null,
});

export function presentResult(
  { widgetId, content, ranAt }: ResultRecord,
  { isOwner }: { isOwner: boolean },
): WidgetResult {
  const { sql, ...shown } = content;
  return { ...shown, widget: widgetId, sql: isOwner ? sql : null, asOf: ranAt.toISOString() };
}

const refreshFailed = { en: 'The last refresh failed.', zh: '上次刷新失败。' };

/** What strangers are told of a result: not which tables it read, nor what the engine said of the SQL. */
export function presentPublic(dashboard: DashboardRecord, results: ResultRecord[]): PublicDashboard {
  return {
    name: dashboard.name,
    description: dashboard.description,
    parameters: dashboard.content.parameters.filter(({ type }) => type === 'enum'),
    refreshedAt: dashboard.refreshedAt?.toISOString() ?? null,
    widgets: dashboard.content.widgets.map((widget) => {
      if (widget.kind === 'text') return widget;
      const { query: _query, ...shown } = widget;
      return shown;
    }),
    items: results.map((result) => {
      const shown = presentResult(result, { isOwner: false });
      const told = shown.fault === null ? null : refreshFailed;
      return { ...shown, reads: [], fault: told?.en ?? null, faultWords: told };
    }),
  };
}
