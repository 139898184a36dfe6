import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link, Navigate, useSearchParams } from 'react-router';
import { useSession } from '#web/features/accounts/api/session.ts';
import { useEnter } from '#web/features/accounts/api/use-enter.ts';
import { SignInForm } from '#web/features/accounts/components/sign-in-form.tsx';
import { Entrance } from '#web/app/entrance.tsx';
import { toNextPath } from '#web/app/next-path.ts';
import { paths } from '#web/app/paths.ts';
import { Button } from '#web/ui/button.tsx';
import { Notice } from '#web/ui/notice.tsx';

/** Sign-in; a hub without an administrator says what to do instead. */
export function Page() {
  const { t } = useTranslation('accounts');
  const [query] = useSearchParams();
  const enter = useEnter();
  const { data: session } = useSession();
  if (session?.person) return <Navigate to={toNextPath(query.get('next'))} replace />;

  return (
    <Entrance title={t('signIn.title')} text={t('signIn.text')}>
      {session?.needsSetup ? (
        <Notice
          title={t('signIn.setUpFirst')}
          actions={
            <Button asChild size="small">
              <Link to={paths.setUp()}>{t('signIn.setUpLink')}</Link>
            </Button>
          }
        >
          {t('signIn.setUpFirstAdvice')}
        </Notice>
      ) : (
        <SignInForm onSignedIn={enter} />
      )}
    </Entrance>
  );
}
