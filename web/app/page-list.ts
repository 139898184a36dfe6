import { routes } from './paths.ts';

export type ListedPage = {
  path: string;
  /** Its file in `routes/`, without the ending. */
  name: string;
  /** The features whose texts it shows; a dialog that is loaded later brings its own. */
  features: readonly string[];
};

const page = (path: string, name: string, features: readonly string[]): ListedPage => ({ path, name, features });

/** Pages for everybody with their address. */
export const listedAtTheDoor: readonly ListedPage[] = [
  page(routes.signIn, 'sign-in-page', ['accounts']),
  page(routes.setUp, 'set-up-page', ['accounts']),
  page(routes.invitation, 'invitation-page', ['accounts']),
  page(routes.shared, 'shared-page', ['runs', 'shares']),
  page(routes.publicDashboard, 'public-dashboard-page', ['dashboards', 'runs']),
  page(routes.newPassword, 'new-password-page', ['accounts']),
];
/** Pages for who is signed in. */
export const listedInside: readonly ListedPage[] = [
  page(routes.home, 'hub-page', ['hub']),
  page(routes.hubAgent, 'hub-agent-page', ['hub']),
  page(routes.hubDesk, 'hub-desk-page', ['hub']),
  page(routes.agents, 'agents-page', ['agents']),
  page(routes.newAgent, 'new-agent-page', ['agents', 'proposals']),
  page(routes.editAgent, 'edit-agent-page', ['agents']),
  page(routes.chat, 'chat-page', ['conversations', 'files', 'runs']),
  page(routes.waiting, 'waiting-page', ['remarks', 'waits']),
  page(routes.triggers, 'triggers-page', ['triggers']),
  page(routes.alerts, 'alerts-page', ['alerts']),
  page(routes.toolsets, 'toolsets-page', ['toolsets']),
  page(routes.toolsetSignedIn, 'toolset-signed-in-page', ['toolsets']),
  page(routes.toolset, 'toolset-page', ['toolsets', 'tools']),
  page(routes.data, 'data-page', ['dashboards', 'indexes', 'queries']),
  page(routes.wallets, 'wallets-page', ['chains', 'runs']),
  page(routes.analyses, 'analyses-page', ['analyses']),
  page(routes.dashboards, 'dashboards-page', ['dashboards', 'runs']),
  page(routes.contractAudits, 'contract-audits-page', ['contract-audits']),
  page(routes.settings, 'settings-page', ['settings']),
  page(routes.keys, 'keys-page', ['keys', 'triggers']),
  page(routes.memories, 'memories-page', ['memories']),
  page(routes.shares, 'shares-page', ['shares']),
  page(routes.models, 'models-page', ['models', 'speech']),
  page(routes.people, 'people-page', ['accounts', 'usage']),
  page(routes.usage, 'usage-page', ['usage']),
  page(routes.chains, 'chains-page', ['chains']),
  page(routes.audit, 'audit-page', ['audit', 'keys']),
  page(routes.profile, 'profile-page', ['accounts']),
];

/** The features whose texts the builder's preview shows. */
export const previewFeatures = ['conversations', 'files'];

/** What matches the addresses of a page, with its parameters by name. */
export const toPattern = (path: string) =>
  new RegExp(`^${path.replaceAll(/\/:(\w+)(\??)/g, '(?:/(?<$1>[^/]+))$2')}/?$`);
