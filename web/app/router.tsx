import type { QueryClient } from '@tanstack/react-query';
import { type ComponentType, type ReactElement, Suspense } from 'react';
import { matchPath, type Params, Route, Routes } from 'react-router';
import { routes } from '#web/app/paths.ts';
import { sessionQuery } from '#web/features/accounts/api/session.ts';
import { loadTexts } from '#web/lib/i18n/load-texts.ts';
import { lazyComponent } from '#web/lib/lazy-component.ts';
import { NotFoundPage } from './not-found-page.tsx';
import { PageBoundary } from './page-boundary.tsx';
import { PageLoading } from './page-loading.tsx';
import { SignedIn } from './signed-in.tsx';

type PageModule = {
  Page: ComponentType;
  /** Asks the hub for what the page shows first, without waiting for it; waits for further code. */
  prefetch?: (queryClient: QueryClient, params: Params) => Promise<void>;
};
type PageRoute = {
  path: string;
  loadPage: () => Promise<PageModule>;
  load: () => Promise<unknown>;
  element: ReactElement;
};

/** A page, with the texts of the features that it shows; a dialog that is loaded later brings its own. */
function page(path: string, features: readonly string[], loadPage: () => Promise<PageModule>): PageRoute {
  const Page = lazyComponent(
    async () => (await Promise.all([loadPage(), ...features.map((name) => loadTexts(name))]))[0].Page,
  );
  return { path, loadPage, load: Page.load, element: <Page /> };
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
  page(routes.models, ['models', 'speech'], () => import('./routes/models-page.tsx')),
  page(routes.people, ['accounts', 'usage'], () => import('./routes/people-page.tsx')),
  page(routes.usage, ['usage'], () => import('./routes/usage-page.tsx')),
  page(routes.audit, ['audit'], () => import('./routes/audit-page.tsx')),
  page(routes.profile, ['accounts'], () => import('./routes/profile-page.tsx')),
];
const toRoute = ({ path, element }: PageRoute) => <Route key={path} path={path} element={element} />;

/**
 * Loads what the first view of an address needs: the page's code and texts, and who is signed in.
 *
 * What the page asks of the hub is asked as soon as it can be, and not waited for.
 */
export async function preloadPage(pathname: string, queryClient: QueryClient): Promise<void> {
  const session = queryClient.fetchQuery(sessionQuery);
  const route = [...atTheDoor, ...inside].find(({ path }) => matchPath(path, pathname) !== null);
  const loaded = route?.load();
  const [module, { person }] = await Promise.all([route?.loadPage(), session]);
  const params = route && matchPath(route.path, pathname)?.params;
  if (person !== null && params) await module?.prefetch?.(queryClient, params);
  await loaded;
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
