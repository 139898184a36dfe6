import { Suspense } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { useSession } from '#web/features/accounts/api/session.ts';
import { paths } from '#web/app/paths.ts';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { PageBoundary } from './page-boundary.tsx';
import { PageLoading } from './page-loading.tsx';
import { PersonContext } from './signed-in-person.ts';
import { Shell } from './shell.tsx';

/** Lets only a signed-in person further, and leads everyone else to sign-in or set-up. */
export function SignedIn() {
  const { data: session, error, refetch } = useSession();
  const { pathname, search } = useLocation();

  if (!session) {
    if (!error) return <PageLoading />;
    return (
      <main className="mx-auto w-full max-w-xl px-4 py-16">
        <ErrorPanel error={error} onRetry={refetch} />
      </main>
    );
  }
  if (session.needsSetup) return <Navigate to={paths.setUp()} replace />;
  if (!session.person) {
    // What a service sends somebody back with is secret, and stays in no address.
    const next = pathname === paths.toolsetSignedIn() ? pathname : pathname + search;
    return <Navigate to={paths.signIn(next)} replace />;
  }

  return (
    <PersonContext value={{ person: session.person, can: session.can }}>
      <Shell>
        <PageBoundary>
          <Suspense fallback={<PageLoading />}>
            <Outlet />
          </Suspense>
        </PageBoundary>
      </Shell>
    </PersonContext>
  );
}
