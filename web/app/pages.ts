import type { QueryClient } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import type { Params } from 'react-router';
import { routes } from './paths.ts';

export type PageModule = {
  Page: ComponentType;
  /** Asks the hub for what the page shows first, without waiting for it; waits for further code. */
  prefetch?: (queryClient: QueryClient, params: Params) => Promise<void>;
};
export type PageEntry = {
  path: string;
  /** The features whose texts it shows; a dialog that is loaded later brings its own. */
  features: readonly string[];
  load: () => Promise<PageModule>;
};

const page = (path: string, features: readonly string[], load: () => Promise<PageModule>): PageEntry => ({
  path,
  features,
  load,
});

/** Pages for everybody with their address. */
export const atTheDoor = [
  page(routes.signIn, ['accounts'], () => import('./routes/sign-in-page.tsx')),
  page(routes.setUp, ['accounts'], () => import('./routes/set-up-page.tsx')),
  page(routes.invitation, ['accounts'], () => import('./routes/invitation-page.tsx')),
  page(routes.shared, ['shares'], () => import('./routes/shared-page.tsx')),
  page(routes.newPassword, ['accounts'], () => import('./routes/new-password-page.tsx')),
];
/** Pages for who is signed in. */
export const inside = [
  page(routes.home, ['hub'], () => import('./routes/hub-page.tsx')),
  page(routes.hubAgent, ['hub'], () => import('./routes/hub-agent-page.tsx')),
  page(routes.hubDesk, ['hub'], () => import('./routes/hub-desk-page.tsx')),
  page(routes.agents, ['agents'], () => import('./routes/agents-page.tsx')),
  page(routes.newAgent, ['agents', 'proposals'], () => import('./routes/new-agent-page.tsx')),
  page(routes.editAgent, ['agents'], () => import('./routes/edit-agent-page.tsx')),
  page(routes.chat, ['conversations', 'files', 'runs'], () => import('./routes/chat-page.tsx')),
  page(routes.waiting, ['runs'], () => import('./routes/waiting-page.tsx')),
  page(routes.triggers, ['triggers'], () => import('./routes/triggers-page.tsx')),
  page(routes.toolsets, ['toolsets'], () => import('./routes/toolsets-page.tsx')),
  page(routes.toolsetSignedIn, ['toolsets'], () => import('./routes/toolset-signed-in-page.tsx')),
  page(routes.toolset, ['toolsets', 'tools'], () => import('./routes/toolset-page.tsx')),
  page(routes.settings, [], () => import('./routes/settings-page.tsx')),
  page(routes.keys, ['keys', 'triggers'], () => import('./routes/keys-page.tsx')),
  page(routes.memories, ['memories'], () => import('./routes/memories-page.tsx')),
  page(routes.shares, ['shares'], () => import('./routes/shares-page.tsx')),
  page(routes.models, ['models', 'speech'], () => import('./routes/models-page.tsx')),
  page(routes.people, ['accounts', 'usage'], () => import('./routes/people-page.tsx')),
  page(routes.usage, ['usage'], () => import('./routes/usage-page.tsx')),
  page(routes.audit, ['audit'], () => import('./routes/audit-page.tsx')),
  page(routes.profile, ['accounts'], () => import('./routes/profile-page.tsx')),
];

const toPattern = (path: string) => new RegExp(`^${path.replaceAll(/\/:\w+(\??)/g, '(?:/[^/]+)$1')}/?$`);

/** The page that stands at an address, for who may need its code before there is a router. */
export function findPage(pathname: string): PageEntry | undefined {
  return [...atTheDoor, ...inside].find(({ path }) => toPattern(path).test(pathname));
}
