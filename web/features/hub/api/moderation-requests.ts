import { queryOptions } from '@tanstack/react-query';
import { HubCategory } from '#server/contract/hub-category.ts';
import {
  type CreateCategoryInput,
  HubReport,
  HubSettings,
  type ListingDecision,
  ListingRequest,
  type ReportOutcome,
  type UpdateCategoryInput,
} from '#server/contract/hub-moderation.ts';
import { HubAgentList } from '#server/contract/hub.ts';
import { request } from '#web/lib/api-client.ts';
import { hubKeys } from './hub-requests.ts';

const toCategoryAddress = (category: string) => `/api/hub/categories/${encodeURIComponent(category)}`;
const settingsAddress = '/api/hub/settings';

export const reportList = { key: [...hubKeys.all, 'reports'], path: '/api/hub/reports', item: HubReport };

export const requestList = (state: 'waiting' | 'refused') => ({
  key: [...hubKeys.all, 'requests', state],
  path: '/api/hub/requests',
  item: ListingRequest,
  query: { state },
});

export const settingsQuery = queryOptions({
  queryKey: [...hubKeys.all, 'settings'],
  queryFn: ({ signal }) => request({ path: settingsAddress, schema: HubSettings, signal }),
});

export const writeSettings = (body: HubSettings) =>
  request({ path: settingsAddress, method: 'PUT', body, schema: HubSettings });

export const decideListing = (agent: string, body: ListingDecision) =>
  request({ path: `/api/hub/agents/${encodeURIComponent(agent)}/listing`, method: 'POST', body });

export const settleReport = (report: string, body: ReportOutcome) =>
  request({ path: `/api/hub/reports/${encodeURIComponent(report)}/outcome`, method: 'POST', body });

export const featureAgents = async (agents: string[]) =>
  (await request({ path: '/api/hub/featured', method: 'PUT', body: { agents }, schema: HubAgentList })).items;

export const createCategory = (body: CreateCategoryInput) =>
  request({ path: '/api/hub/categories', method: 'POST', body, schema: HubCategory });

export const updateCategory = (category: string, body: UpdateCategoryInput) =>
  request({ path: toCategoryAddress(category), method: 'PATCH', body, schema: HubCategory });

export const deleteCategory = (category: string) => request({ path: toCategoryAddress(category), method: 'DELETE' });
