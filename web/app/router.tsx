import { type ComponentType } from 'react';
import { createBrowserRouter, Navigate, type RouteObject } from 'react-router';
import { paths, routes } from '#web/app/paths.ts';
import { CrashPage } from './crash-page.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { PageLoading } from './page-loading.tsx';
import { SignedIn } from './signed-in.tsx';

function page(path: string, load: () => Promise<{ Page: ComponentType }>): RouteObject {
  return { path, ErrorBoundary: CrashPage, lazy: async () => ({ Component: (await load()).Page }) };
}

/** Every address and the page that stands there; pages are loaded when they are visited. */
export const pageRoutes: RouteObject[] = [
  {
    ErrorBoundary: CrashPage,
    HydrateFallback: PageLoading,
    children: [
      page(routes.signIn, () => import('./routes/sign-in-page.tsx')),
      page(routes.setUp, () => import('./routes/set-up-page.tsx')),
      page(routes.invitation, () => import('./routes/invitation-page.tsx')),
      page(routes.newPassword, () => import('./routes/new-password-page.tsx')),
      {
        Component: SignedIn,
        children: [
          { path: routes.home, element: <Navigate to={paths.agents()} replace /> },
          page(routes.agents, () => import('./routes/agents-page.tsx')),
          page(routes.newAgent, () => import('./routes/new-agent-page.tsx')),
          page(routes.editAgent, () => import('./routes/edit-agent-page.tsx')),
          page(routes.chat, () => import('./routes/chat-page.tsx')),
          page(routes.conversation, () => import('./routes/chat-page.tsx')),
          page(routes.settings, () => import('./routes/settings-page.tsx')),
          page(routes.keys, () => import('./routes/keys-page.tsx')),
          page(routes.models, () => import('./routes/models-page.tsx')),
          page(routes.people, () => import('./routes/people-page.tsx')),
          page(routes.usage, () => import('./routes/usage-page.tsx')),
          page(routes.profile, () => import('./routes/profile-page.tsx')),
        ],
      },
      {
        path: '*',
        element: (
          <main>
            <NotFoundPage />
          </main>
        ),
      },
    ],
  },
];

export function createPageRouter() {
  return createBrowserRouter(pageRoutes);
}
