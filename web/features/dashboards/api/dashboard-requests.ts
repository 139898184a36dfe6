import { queryOptions } from '@tanstack/react-query';
import {
  type AddWidgetInput,
  type CreateDashboardInput,
  Dashboard,
  DashboardResults,
  type ParameterValues,
  PublicDashboard,
  type UpdateDashboardInput,
} from '#server/contract/dashboard.ts';
import { request, send, toUrl } from '#web/lib/api-client.ts';

export const dashboardsPath = '/api/dashboards';
export const dashboardsKey = ['dashboards'];
const toPath = (id: string) => `${dashboardsPath}/${encodeURIComponent(id)}`;
const toQuery = (values: ParameterValues) => ({
  values: Object.keys(values).length === 0 ? undefined : JSON.stringify(values),
});
const restMs = 1500;
const minuteMs = 60_000;

export const dashboardQuery = (id: string) =>
  queryOptions({
    queryKey: ['dashboard', id],
    queryFn: ({ signal }) => request({ path: toPath(id), schema: Dashboard, signal }),
  });

/** Asked again while a refresh is under way, and now and then for those that come by themselves. */
export const resultsQuery = (id: string, values: ParameterValues) =>
  queryOptions({
    queryKey: ['dashboard-results', id, values],
    queryFn: ({ signal }) =>
      request({ path: `${toPath(id)}/results`, query: toQuery(values), schema: DashboardResults, signal }),
    refetchInterval: ({ state }) => (state.data?.isRefreshing === true ? restMs : minuteMs),
  });

export const publicQuery = (link: string, values: ParameterValues) =>
  queryOptions({
    queryKey: ['public-dashboard', link, values],
    queryFn: ({ signal }) =>
      request({
        path: `/api/public-dashboards/${encodeURIComponent(link)}`,
        query: toQuery(values),
        schema: PublicDashboard,
        signal,
      }),
    refetchInterval: minuteMs,
  });

export const createDashboard = (body: NewDashboard) =>
  request({ path: dashboardsPath, method: 'POST', body, schema: Dashboard });
export type NewDashboard = Pick<CreateDashboardInput, 'name'> & Partial<CreateDashboardInput>;

export const updateDashboard = ({ id, revision }: Pick<Dashboard, 'id' | 'revision'>, body: UpdateDashboardInput) =>
  request({
    path: toPath(id),
    method: 'PATCH',
    headers: { 'if-match': `"${revision}"` },
    body,
    schema: Dashboard,
  });

export const deleteDashboard = (id: string): Promise<void> =>
  request({ path: toPath(id), method: 'DELETE', keepalive: true });

export const addWidget = (id: string, body: AddWidgetInput) =>
  request({ path: `${toPath(id)}/widgets`, method: 'POST', body, schema: Dashboard });

export const refreshDashboard = (id: string, values: ParameterValues) =>
  request({ path: `${toPath(id)}/refresh`, method: 'POST', body: { values }, schema: DashboardResults });

export const openLink = (id: string) => request({ path: `${toPath(id)}/link`, method: 'POST', schema: Dashboard });
export const revokeLink = (id: string) => request({ path: `${toPath(id)}/link`, method: 'DELETE', schema: Dashboard });

/** The report as a file, in the page's language. */
export const readReport = async (id: string, values: ParameterValues): Promise<Blob> =>
  (await send({ path: toUrl(`${toPath(id)}/report.pdf`, toQuery(values)) })).blob();
