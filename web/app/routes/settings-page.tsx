import { ChevronRight, UserRound } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link } from 'react-router';
import { listMain, listSettings, onPhoneInSettings, type Place } from '#web/app/navigation.tsx';
import { PageFrame } from '#web/app/page-frame.tsx';
import { useSignedInPerson } from '#web/app/signed-in-person.ts';
import { paths } from '#web/app/paths.ts';
import { PageHeader } from '#web/ui/page-header.tsx';

const ofHub = ['people', 'hubDesk', 'chains', 'audit'];

/** The list of settings, as a phone shows it. */
export function Page() {
  const { t } = useTranslation('app', 'settings');
  const person = useSignedInPerson();
  const settings = listSettings(person);
  const groups = [
    { name: 'work', places: listMain(person).filter(({ name }) => onPhoneInSettings.includes(name)) },
    {
      name: 'own',
      places: [
        { to: paths.profile(), name: 'profile', icon: UserRound },
        ...settings.filter(({ name }) => !ofHub.includes(name)),
      ],
    },
    { name: 'hub', places: settings.filter(({ name }) => ofHub.includes(name)) },
  ].filter(({ places }) => places.length > 0);
  return (
    <PageFrame>
      <PageHeader title={t('navigation.settings')} />
      <div className="grid gap-6">
        {groups.map(({ name, places }) => (
          <section key={name} className="grid gap-2">
            <h2 className="px-1 text-sm font-semibold text-ink-soft">{t(`settings:group.${name}`)}</h2>
            <PlaceLinks places={places} />
          </section>
        ))}
      </div>
    </PageFrame>
  );
}

function PlaceLinks({ places }: { places: Place[] }) {
  const { t } = useTranslation('app', 'settings');
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-low">
      {places.map(({ to, name, icon: Icon }) => (
        <li key={to}>
          <Link to={to} className="flex items-center gap-4 p-4 text-ink no-underline -outline-offset-2 hover:bg-sunken">
            <Icon aria-hidden className="size-5 shrink-0 text-accent" />
            <span className="grid min-w-0 flex-1">
              <span className="font-medium">{t(`navigation.${name}`)}</span>
              <span className="text-sm text-ink-faint">{t(`settings:about.${name}`)}</span>
            </span>
            <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-faint" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
