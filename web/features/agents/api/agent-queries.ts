import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import {
  Agent,
  AgentDiff,
  AgentSummary,
  AgentVersion,
  AgentVersionSummary,
  type VersionReference,
} from '#server/contract/agent.ts';
import { pageOf } from '#server/contract/page.ts';
import { request } from '#web/lib/api-client.ts';
import { toAgentAddress } from './agent-address.ts';

const AgentPage = pageOf(AgentSummary);
const VersionPage = pageOf(AgentVersionSummary);

export type AgentListFilter = { scope: 'all' | 'mine' | 'shipped'; search: string; category: string | null };

export const everyAgent: AgentListFilter = { scope: 'all', search: '', category: null };

export const agentKeys = {
  all: ['agents'] as const,
  lists: ['agents', 'list'] as const,
  one: (agent: string) => ['agents', 'one', agent] as const,
  versions: (agent: string) => ['agents', 'versions', agent] as const,
};

export function agentListQuery({ scope, search, category }: AgentListFilter) {
  return infiniteQueryOptions({
    queryKey: [...agentKeys.lists, scope, search, category],
    queryFn: ({ pageParam, signal }) =>
      request({
        path: '/api/agents',
        query: { scope, search: search || null, category, cursor: pageParam },
        schema: AgentPage,
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function agentQuery(agent: string) {
  return queryOptions({ queryKey: agentKeys.one(agent), queryFn: ({ signal }) => getAgent(agent, signal) });
}

export function getAgent(agent: string, signal?: AbortSignal): Promise<Agent> {
  return request({ path: toAgentAddress(agent), schema: Agent, signal });
}

export function versionListQuery(agent: string) {
  return infiniteQueryOptions({
    queryKey: [...agentKeys.versions(agent), 'list'],
    queryFn: ({ pageParam, signal }) =>
      request({ path: toAgentAddress(agent, 'versions'), query: { cursor: pageParam }, schema: VersionPage, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function versionQuery(agent: string, version: number) {
  return queryOptions({
    queryKey: [...agentKeys.versions(agent), version],
    queryFn: ({ signal }) =>
      request({ path: toAgentAddress(agent, `versions/${version}`), schema: AgentVersion, signal }),
  });
}

/** What changed between two versions, or a version and the draft as it is stored, which `revision` tells apart. */
export function diffQuery(
  agent: string,
  { from, to, revision = null }: { from: VersionReference; to: VersionReference; revision?: number | null },
) {
  return queryOptions({
    queryKey: [...agentKeys.versions(agent), 'diff', from, to, revision],
    queryFn: ({ signal }) =>
      request({ path: toAgentAddress(agent, 'diff'), query: { from, to }, schema: AgentDiff, signal }),
    staleTime: 0,
  });
}
