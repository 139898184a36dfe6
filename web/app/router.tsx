import { type ComponentType, lazy, type ReactElement, Suspense } from 'react';
import { matchPath, Route, Routes } from 'react-router';
import { routes } from '#web/app/paths.ts';
import { loadTexts } from '#web/lib/i18n/i18n.ts';
import { NotFoundPage } from './not-found-page.tsx';
import { PageBoundary } from './page-boundary.tsx';
import { PageLoading } from './page-loading.tsx';
import { SignedIn } from './signed-in.tsx';

type PageModule = { Page: ComponentType };
type PageRoute = { path: string; load: () => Promise<PageModule>; element: ReactElement };

function page(path: string, load: () => Promise<PageModule>): PageRoute {
  const Page = lazy(async () => ({ default: (await load()).Page }));
  return { path, load, element: <Page /> };
}

/** A page whose texts are loaded with it. */
function pageWithTexts(
  path: string,
  feature: Parameters<typeof loadTexts>[0],
  load: () => Promise<PageModule>,
): PageRoute {
  return page(path, async () => (await Promise.all([load(), loadTexts(feature)]))[0]);
}

const atTheDoor = [
  page(routes.signIn, () => import('./routes/sign-in-page.tsx')),
  page(routes.setUp, () => import('./routes/set-up-page.tsx')),
  page(routes.invitation, () => import('./routes/invitation-page.tsx')),
  page(routes.newPassword, () => import('./routes/new-password-page.tsx')),
];
const inside = [
  pageWithTexts(routes.home, 'hub', () => import('./routes/hub-page.tsx')),
  pageWithTexts(routes.hubAgent, 'hub', () => import('./routes/hub-agent-page.tsx')),
  pageWithTexts(routes.hubDesk, 'hub', () => import('./routes/hub-desk-page.tsx')),
  page(routes.agents, () => import('./routes/agents-page.tsx')),
  page(routes.newAgent, () => import('./routes/new-agent-page.tsx')),
  page(routes.editAgent, () => import('./routes/edit-agent-page.tsx')),
  page(routes.chat, () => import('./routes/chat-page.tsx')),
  pageWithTexts(routes.triggers, 'triggers', () => import('./routes/triggers-page.tsx')),
  pageWithTexts(routes.toolsets, 'toolsets', () => import('./routes/toolsets-page.tsx')),
  pageWithTexts(routes.toolsetSignedIn, 'toolsets', () => import('./routes/toolset-signed-in-page.tsx')),
  pageWithTexts(routes.toolset, 'toolsets', () => import('./routes/toolset-page.tsx')),
  page(routes.settings, () => import('./routes/settings-page.tsx')),
  page(routes.keys, () => import('./routes/keys-page.tsx')),
  pageWithTexts(routes.memories, 'memories', () => import('./routes/memories-page.tsx')),
  page(routes.models, () => import('./routes/models-page.tsx')),
  page(routes.people, () => import('./routes/people-page.tsx')),
  page(routes.usage, () => import('./routes/usage-page.tsx')),
  page(routes.profile, () => import('./routes/profile-page.tsx')),
];
const toRoute = ({ path, element }: PageRoute) => <Route key={path} path={path} element={element} />;

/** Begins to load the code of the page that stands at an address, before anything is drawn. */
export function preloadPage(pathname: string): void {
  const found = [...atTheDoor, ...inside].find(({ path }) => matchPath(path, pathname) !== null);
  // A failure is shown where the page is drawn.
  found?.load().catch(() => undefined);
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
