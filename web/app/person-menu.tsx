import { ChevronsUpDown, LogOut, UserRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSignOut } from '#web/features/accounts/api/use-sign-out.ts';
import { PersonAvatar } from '#web/features/accounts/components/person-avatar.tsx';
import { setLanguage } from '#web/lib/i18n/i18n.ts';
import { type Language, languages } from '#web/lib/i18n/language.ts';
import { paths } from '#web/app/paths.ts';
import { type Theme, useTheme } from '#web/lib/theme.ts';
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '#web/ui/menu.tsx';
import { useSignedInPerson } from './signed-in-person.ts';

const themes: Theme[] = ['system', 'light', 'dark'];

/** The person's corner: profile, theme, language, and the way out. */
export function PersonMenu() {
  const { t, i18n } = useTranslation('app');
  const { person } = useSignedInPerson();
  const [theme, setTheme] = useTheme();
  const navigate = useNavigate();
  const signOut = useSignOut();

  const trigger = (
    <button
      type="button"
      className="flex w-full items-center gap-3 rounded-md p-2 text-left hover:bg-sunken data-[state=open]:bg-sunken"
    >
      <PersonAvatar person={person} size="sm" />
      <span className="grid min-w-0 flex-1 leading-tight">
        <span className="truncate text-sm font-medium">{person.name}</span>
        <span className="truncate text-xs text-ink-faint">{person.email}</span>
      </span>
      <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-faint" />
    </button>
  );

  return (
    <Menu trigger={trigger} label={t('personMenu')} align="start">
      <MenuItem icon={<UserRound aria-hidden />} onSelect={() => void navigate(paths.profile())}>
        {t('navigation.profile')}
      </MenuItem>
      <MenuSeparator />
      <MenuChoice
        label={t('common:theme.label')}
        value={theme}
        onChange={setTheme}
        options={themes.map((value) => ({ value, label: t(`common:theme.${value}`) }))}
      />
      <MenuSeparator />
      <MenuChoice
        label={t('common:language')}
        value={i18n.language as Language}
        onChange={(language) => void setLanguage(language)}
        options={Object.entries(languages).map(([value, label]) => ({ value: value as Language, label }))}
      />
      <MenuSeparator />
      <MenuItem icon={<LogOut aria-hidden />} onSelect={signOut}>
        {t('signOut')}
      </MenuItem>
    </Menu>
  );
}
