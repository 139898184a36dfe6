import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { InvitationList } from '#web/features/accounts/components/invitation-list.tsx';
import { PeopleList } from '#web/features/accounts/components/people-list.tsx';
import { EverybodysBudget } from '#web/features/usage/components/everybodys-budget.tsx';
import { PersonBudgetButton } from '#web/features/usage/components/person-budget-button.tsx';
import { NotFoundPage } from '#web/app/not-found-page.tsx';
import { paths } from '#web/app/paths.ts';
import { PageFrame } from '#web/app/page-frame.tsx';
import { useSignedInPerson } from '#web/app/signed-in-person.ts';
import { PageHeader } from '#web/ui/page-header.tsx';

export function Page() {
  const { t } = useTranslation('accounts');
  const { person, can } = useSignedInPerson();
  if (!can.administer) return <NotFoundPage />;
  return (
    <PageFrame>
      <PageHeader title={t('pages.people')} description={t('pages.peopleText')} />
      <div className="grid gap-6">
        <PeopleList
          self={person}
          toResetAddress={paths.newPassword}
          renderActions={(other) => <PersonBudgetButton person={other} />}
        />
        <EverybodysBudget />
        <InvitationList toAddress={paths.invitation} />
      </div>
    </PageFrame>
  );
}
