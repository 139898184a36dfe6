import type { AskedSql } from '#web/features/queries/find-asked-sql.ts';
import { toSqlFragment } from '#web/features/queries/to-sql-fragment.ts';

type Query = Record<string, string | undefined>;

function withQuery(path: string, query: Query = {}): string {
  const members = Object.entries(query).filter((member): member is [string, string] => member[1] !== undefined);
  return members.length === 0 ? path : `${path}?${new URLSearchParams(members).toString()}`;
}

const part = encodeURIComponent;

/** Every address of the page, as the router knows it. */
export const routes = {
  home: '/',
  hubAgent: '/hub/:handle',
  agents: '/agents',
  newAgent: '/agents/new',
  editAgent: '/agents/:handle/edit',
  chat: '/chat/:handle/:conversation?',
  waiting: '/waiting',
  triggers: '/triggers',
  alerts: '/alerts',
  toolsets: '/toolsets',
  toolset: '/toolsets/:toolset',
  toolsetSignedIn: '/toolsets/signed-in',
  data: '/data',
  dashboards: '/dashboards/:dashboard?',
  analyses: '/analyses/:analysis?',
  wallets: '/wallets',
  contractAudits: '/audits/:audit?',
  keys: '/settings/keys',
  memories: '/settings/memories',
  shares: '/settings/shares',
  hubDesk: '/settings/hub',
  models: '/settings/models',
  people: '/settings/people',
  usage: '/settings/usage',
  chains: '/settings/chains',
  audit: '/settings/audit',
  profile: '/settings/profile',
  settings: '/settings',
  signIn: '/sign-in',
  setUp: '/set-up',
  shared: '/s/:share',
  publicDashboard: '/d/:link',
  invitation: '/invitations/:token',
  newPassword: '/new-password/:token',
} as const;

/** Makes addresses to go to; nothing else writes one. */
export const paths = {
  home: () => routes.home,
  hubAgent: (handle: string) => `/hub/${part(handle)}`,
  agents: () => routes.agents,
  newAgent: () => routes.newAgent,
  editAgent: (handle: string) => `/agents/${part(handle)}/edit`,
  chat: (handle: string, version?: 'draft') => withQuery(`/chat/${part(handle)}`, { version }),
  conversation: (handle: string, conversation: string) => `/chat/${part(handle)}/${part(conversation)}`,
  waiting: () => routes.waiting,
  triggers: () => routes.triggers,
  alerts: (query?: { query?: string; column?: string; firings?: string }) => withQuery(routes.alerts, query),
  toolsets: () => routes.toolsets,
  toolset: (toolset: string) => `/toolsets/${part(toolset)}`,
  toolsetSignedIn: () => routes.toolsetSignedIn,
  data: (asked?: AskedSql) => `${routes.data}${asked === undefined ? '' : toSqlFragment(asked)}`,
  dashboards: () => '/dashboards',
  dashboard: (dashboard: string) => `/dashboards/${part(dashboard)}`,
  analyses: () => '/analyses',
  analysis: (analysis: string) => `/analyses/${part(analysis)}`,
  wallets: () => routes.wallets,
  contractAudits: () => '/audits',
  contractAudit: (audit: string) => `/audits/${part(audit)}`,
  settings: () => routes.settings,
  keys: () => routes.keys,
  memories: () => routes.memories,
  shares: () => routes.shares,
  hubDesk: () => routes.hubDesk,
  models: () => routes.models,
  people: () => routes.people,
  usage: () => routes.usage,
  chains: () => routes.chains,
  audit: () => routes.audit,
  profile: () => routes.profile,
  signIn: (next?: string) => withQuery(routes.signIn, { next }),
  setUp: (token?: string) => withQuery(routes.setUp, { token }),
  invitation: (token: string) => `/invitations/${part(token)}`,
  newPassword: (token: string) => `/new-password/${part(token)}`,
};
