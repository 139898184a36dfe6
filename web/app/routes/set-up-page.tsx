import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link, Navigate, useSearchParams } from 'react-router';
import { useSession } from '#web/features/accounts/api/session.ts';
import { useEnter } from '#web/features/accounts/api/use-enter.ts';
import { SetUpForm } from '#web/features/accounts/components/set-up-form.tsx';
import { Entrance } from '#web/app/entrance.tsx';
import { paths } from '#web/app/paths.ts';
import { Button } from '#web/ui/button.tsx';

/** The first run: makes the hub's administrator with the token of the one-time link. */
export function Page() {
  const { t } = useTranslation('accounts');
  const [query] = useSearchParams();
  const enter = useEnter();
  const { data: session } = useSession();
  if (session?.person) return <Navigate to={paths.home()} replace />;

  if (session && !session.needsSetup) {
    return (
      <Entrance title={t('setUp.doneTitle')} text={t('setUp.doneAdvice')}>
        <Button asChild variant="primary">
          <Link to={paths.signIn()}>{t('signIn.goto')}</Link>
        </Button>
      </Entrance>
    );
  }
  return (
    <Entrance title={t('setUp.title')} text={t('setUp.text')}>
      <SetUpForm token={query.get('token') ?? ''} onDone={enter} />
    </Entrance>
  );
}
