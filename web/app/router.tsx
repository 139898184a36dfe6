import type { QueryClient } from '@tanstack/react-query';
import { Suspense } from 'react';
import { matchPath, Route, Routes } from 'react-router';
import { sessionQuery } from '#web/features/accounts/api/session.ts';
import { loadTexts } from '#web/lib/i18n/load-texts.ts';
import { lazyComponent } from '#web/lib/lazy-component.ts';
import { NotFoundPage } from './not-found-page.tsx';
import { PageBoundary } from './page-boundary.tsx';
import { PageLoading } from './page-loading.tsx';
import { atTheDoor, findPage, inside, type PageEntry } from './pages.ts';
import { SignedIn } from './signed-in.tsx';

/** A page that is loaded, with its texts, when it is first drawn. */
function toLatePage({ path, features, load }: PageEntry) {
  const Page = lazyComponent(
    async () => (await Promise.all([load(), ...features.map((name) => loadTexts(name))]))[0].Page,
  );
  return { path, load: Page.load, route: <Route key={path} path={path} element={<Page />} /> };
}

const doorPages = atTheDoor.map(toLatePage);
const insidePages = inside.map(toLatePage);

/** For so long a first view waits for what it asks the hub; it is then drawn without. */
const patienceMs = 400;

/**
 * Loads what the first view of an address needs: the page's code and texts, who is signed in, and what it shows first, if
 * that comes soon: a view that is drawn with it is drawn once.
 */
export async function preloadPage(pathname: string, queryClient: QueryClient): Promise<void> {
  const session = queryClient.fetchQuery(sessionQuery);
  const page = findPage(pathname);
  const loaded = [...doorPages, ...insidePages].find(({ path }) => path === page?.path)?.load();
  const [module, { person }] = await Promise.all([page?.load(), session]);
  const params = page && matchPath(page.path, pathname)?.params;
  if (person !== null && params) {
    const isLate = new Promise((resolve) => setTimeout(resolve, patienceMs));
    await Promise.race([module?.prefetch?.(queryClient, params), isLate]);
  }
  await loaded;
}

/** Every address and the page that stands there; pages are loaded when they are visited. */
export function PageRoutes() {
  return (
    <PageBoundary>
      <Suspense fallback={<PageLoading />}>
        <Routes>
          {doorPages.map(({ route }) => route)}
          <Route element={<SignedIn />}>
            {insidePages.map(({ route }) => route)}
            <Route path="*" element={<NotFoundPage />} />
          </Route>
        </Routes>
      </Suspense>
    </PageBoundary>
  );
}
