import type { QueryClient } from '@tanstack/react-query';
import { type ComponentType, lazy, type ReactElement, Suspense } from 'react';
import { matchPath, type Params, Route, Routes } from 'react-router';
import { routes } from '#web/app/paths.ts';
import { sessionQuery } from '#web/features/accounts/api/session.ts';
import { loadTexts } from '#web/lib/i18n/load-texts.ts';
import { NotFoundPage } from './not-found-page.tsx';
import { PageBoundary } from './page-boundary.tsx';
import { PageLoading } from './page-loading.tsx';
import { SignedIn } from './signed-in.tsx';

type PageModule = {
  Page: ComponentType;
  /** Begins to ask the hub for what the page shows first. */
  prefetch?: (queryClient: QueryClient, params: Params) => void;
};
type PageRoute = { path: string; load: () => Promise<PageModule>; element: ReactElement };

/** A page, with the texts of the features that it shows; a dialog that is loaded later brings its own. */
function page(path: string, features: readonly string[], loadPage: () => Promise<PageModule>): PageRoute {
  const loadItsTexts = () => Promise.all(features.map((name) => loadTexts(name)));
  const Page = lazy(async () => ({ default: (await Promise.all([loadPage(), loadItsTexts()]))[0].Page }));
  const load = () => {
    // What needs them waits for them, and shows their failure.
    loadItsTexts().catch(() => undefined);
    return loadPage();
  };
  return { path, load, element: <Page /> };
}

const atTheDoor = [
  page(routes.signIn, ['accounts'], () => import('./routes/sign-in-page.tsx')),
  page(routes.setUp, ['accounts'], () => import('./routes/set-up-page.tsx')),
  page(routes.invitation, ['accounts'], () => import('./routes/invitation-page.tsx')),
  page(routes.shared, ['shares'], () => import('./routes/shared-page.tsx')),
  page(routes.newPassword, ['accounts'], () => import('./routes/new-password-page.tsx')),
];
const inside = [
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
  page(routes.models, ['models'], () => import('./routes/models-page.tsx')),
  page(routes.people, ['accounts', 'usage'], () => import('./routes/people-page.tsx')),
  page(routes.usage, ['usage'], () => import('./routes/usage-page.tsx')),
  page(routes.audit, ['audit'], () => import('./routes/audit-page.tsx')),
  page(routes.profile, ['accounts'], () => import('./routes/profile-page.tsx')),
];
const toRoute = ({ path, element }: PageRoute) => <Route key={path} path={path} element={element} />;

/** Begins to load the page that stands at an address, its code and what it shows first, before anything is drawn. */
export async function preloadPage(pathname: string, queryClient: QueryClient): Promise<void> {
  const session = queryClient.fetchQuery(sessionQuery);
  const route = [...atTheDoor, ...inside].find(({ path }) => matchPath(path, pathname) !== null);
  const [module, { person }] = await Promise.all([route?.load(), session]);
  const params = route && matchPath(route.path, pathname)?.params;
  if (person !== null && params) module?.prefetch?.(queryClient, params);
}

/** Every address and the page that stands there; pages are loaded when they are visited. */
export function PageRoutes() {
  return (
    <PageBoundary>
      <Suspense fallback={<PageLoading />}>
        <Routes>
          {atTheDoor.map(toRoute)}
          <Route element={<SignedIn />}>
            {inside.map(toRoute)}
            <Route path="*" element={<NotFoundPage />} />
          </Route>
        </Routes>
      </Suspense>
    </PageBoundary>
  );
}
