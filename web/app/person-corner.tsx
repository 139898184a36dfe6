import { LogOut } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { NavLink } from 'react-router';
import { useSignOut } from '#web/features/accounts/api/use-sign-out.ts';
import { PersonAvatar } from '#web/features/accounts/components/person-avatar.tsx';
import { classNames } from '#web/lib/class-names.ts';
import { IconButton } from '#web/ui/icon-button.tsx';
import { LanguageSwitch } from '#web/ui/language-switch.tsx';
import { ThemeSwitch } from '#web/ui/theme-switch.tsx';
import { paths } from './paths.ts';
import { useSignedInPerson } from './signed-in-person.ts';

/** The person's corner of the side bar: profile, the way out, theme and language. */
export function PersonCorner() {
  const { t } = useTranslation('app');
  const { person } = useSignedInPerson();
  const signOut = useSignOut();
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap gap-1.5">
        <ThemeSwitch showLabels={false} />
        <LanguageSwitch short />
      </div>
      <div className="flex items-center gap-1">
        <NavLink
          to={paths.profile()}
          className={({ isActive }) =>
            classNames(
              'flex min-w-0 flex-1 items-center gap-3 rounded-md p-2 text-ink no-underline',
              isActive ? 'bg-accent-soft' : 'hover:bg-sunken',
            )
          }
        >
          <PersonAvatar person={person} size="sm" />
          <span className="grid min-w-0 leading-tight">
            <span className="truncate text-sm font-medium">{person.name}</span>
            <span className="truncate text-xs text-ink-faint">{t('navigation.profile')}</span>
          </span>
        </NavLink>
        <IconButton label={t('signOut')} icon={<LogOut />} size="small" onClick={signOut} />
      </div>
    </div>
  );
}
