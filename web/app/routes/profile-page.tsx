import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useSignOut } from '#web/features/accounts/api/use-sign-out.ts';
import { BrowserList } from '#web/features/accounts/components/browser-list.tsx';
import { CloseAccountCard } from '#web/features/accounts/components/close-account-card.tsx';
import { InstallCard } from '#web/features/accounts/components/install-card.tsx';
import { PasswordCard } from '#web/features/accounts/components/password-card.tsx';
import { ProfileCard } from '#web/features/accounts/components/profile-card.tsx';
import { PageFrame } from '#web/app/page-frame.tsx';
import { useSignedInPerson } from '#web/app/signed-in-person.ts';
import { Card, CardHeader } from '#web/ui/card.tsx';
import { LanguageSwitch } from '#web/ui/language-switch.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { ThemeSwitch } from '#web/ui/theme-switch.tsx';

export function Page() {
  const { t } = useTranslation('accounts');
  const { person } = useSignedInPerson();
  const signOut = useSignOut();
  return (
    <PageFrame>
      <PageHeader title={t('pages.profile')} description={t('pages.profileText')} />
      <div className="grid gap-6">
        <ProfileCard person={person} onSignOut={signOut} />
        <PasswordCard person={person} />
        <BrowserList />
        <Card>
          <CardHeader title={t('profile.appearance')} description={t('profile.appearanceText')} />
          <div className="grid gap-5">
            <div className="grid justify-items-start gap-1.5">
              <span aria-hidden className="text-sm font-medium">
                {t('common:theme.label')}
              </span>
              <ThemeSwitch />
            </div>
            <div className="grid justify-items-start gap-1.5">
              <span aria-hidden className="text-sm font-medium">
                {t('common:language')}
              </span>
              <LanguageSwitch />
            </div>
          </div>
        </Card>
        <InstallCard />
        <CloseAccountCard person={person} />
      </div>
    </PageFrame>
  );
}
