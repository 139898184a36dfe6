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
  toolsets: '/toolsets',
  toolset: '/toolsets/:toolset',
  toolsetSignedIn: '/toolsets/signed-in',
  data: '/data',
  dashboards: '/dashboards/:dashboard?',
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
  toolsets: () => routes.toolsets,
  toolset: (toolset: string) => `/toolsets/${part(toolset)}`,
  toolsetSignedIn: () => routes.toolsetSignedIn,
  data: () => routes.data,
  dashboards: () => '/dashboards',
  dashboard: (dashboard: string) => `/dashboards/${part(dashboard)}`,
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
