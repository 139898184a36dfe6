import { useQuery } from '@tanstack/react-query';
import {
  Bot,
  Info,
  Keyboard,
  Languages,
  LogOut,
  MessageCircle,
  Palette,
  Pencil,
  Settings2,
  UserRound,
} from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { toShownAgent, toShownName } from '#server/contract/agent-translation.ts';
import type { AgentSummary } from '#server/contract/agent.ts';
import { listMain, listSettings } from '#web/app/navigation.tsx';
import { paths } from '#web/app/paths.ts';
import { useSignedInPerson } from '#web/app/signed-in-person.ts';
import { useSignOut } from '#web/features/accounts/api/use-sign-out.ts';
import { type Language, languages } from '#web/lib/i18n/language.ts';
import type { Translate } from '#web/lib/i18n/texts.ts';
import { setLanguage } from '#web/lib/i18n/load-texts.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { setTheme, type Theme } from '#web/lib/theme.ts';
import { useOtherWords } from './use-other-words.ts';
import { findPageCommands } from './find-page-commands.ts';
import { listSettingsWithin, showCard } from './list-settings-within.ts';
import type { PaletteEntry } from './palette-entry.ts';
import { paletteAgentsQuery, paletteConversationsQuery, paletteHitsQuery } from './palette-queries.ts';

type Say = (t: Translate) => string;

/** What an agent is called in each language. */
const toAllNames = ({ name, translations }: AgentSummary) =>
  [name, ...Object.values(translations).map((translation) => translation.name)].join(' ');

/** All that can be gone to or done, as far as the hub has said; `search` is what the hub is asked for. */
export function usePaletteEntries(search: string, onShortcuts: () => void) {
  const { t, language } = useTranslation('palette', 'app');
  const person = useSignedInPerson();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const newest = useQuery(paletteAgentsQuery(''));
  const found = useQuery({ ...paletteAgentsQuery(search), enabled: search !== '' });
  const conversations = useQuery(paletteConversationsQuery);
  const hits = useQuery({ ...paletteHitsQuery(search), enabled: search.length > 1 });
  const [commands] = useState(findPageCommands);
  const inOthers = useOtherWords();
  const goTo = (path: string) => () => void navigate(path);

  const places = [
    ...listMain(person),
    ...listSettings(person),
    { to: paths.profile(), name: 'profile', icon: UserRound },
  ];
  const pages = places.map(({ to, name, icon }): PaletteEntry => {
    const kind = name === 'newAgent' ? 'action' : 'page';
    const say: Say = (t) => t(`app:navigation.${name}`);
    return {
      id: `page:${name}`,
      kind,
      label: say(t),
      keywords: `${name} ${inOthers(say)}`,
      icon,
      choose: goTo(to),
    };
  });

  const settings = listSettingsWithin(person).map(({ name, to, id }): PaletteEntry => ({
    id: `setting:${name}`,
    kind: 'setting',
    label: t(`setting.${name}`),
    keywords: `${t(`settingWords.${name}`)} ${inOthers((t) => `${t(`setting.${name}`)} ${t(`settingWords.${name}`)}`)}`,
    icon: Settings2,
    isHidden: true,
    choose: () => {
      void navigate(to);
      showCard(id);
    },
  }));

  const actions: PaletteEntry[] = [
    ...(['light', 'dark', 'system'] satisfies Theme[]).map((theme) => {
      const say: Say = (t) => t('theme', { theme: t(`common:theme.${theme}`) });
      return {
        id: `theme:${theme}`,
        kind: 'action' as const,
        label: say(t),
        keywords: `theme ${theme} ${inOthers(say)}`,
        icon: Palette,
        choose: () => setTheme(theme),
      };
    }),
    ...Object.entries(languages).map(([language, name]) => ({
      id: `language:${language}`,
      kind: 'action' as const,
      label: t('language', { language: name }),
      keywords: 'language 语言',
      icon: Languages,
      choose: () => void setLanguage(language as Language),
    })),
    {
      id: 'shortcuts',
      kind: 'action',
      label: t('shortcuts'),
      keywords: inOthers((t) => t('shortcuts')),
      icon: Keyboard,
      choose: onShortcuts,
    },
    {
      id: 'sign-out',
      kind: 'action',
      label: t('app:signOut'),
      keywords: inOthers((t) => t('app:signOut')),
      icon: LogOut,
      choose: signOut,
    },
  ];

  const foundIds = new Set(search === '' ? [] : found.data?.map(({ id }) => id));
  const agents = new Map([...(newest.data ?? []), ...(found.data ?? [])].map((agent) => [agent.id, agent]));
  const toAgentEntries = ({
    id,
    name,
    tagline,
    handle,
    owner,
    names,
    publishedVersion,
    can,
  }: AgentSummary & { names: string }): PaletteEntry[] => {
    const entry = { kind: 'agent' as const, hint: tagline, keywords: `${handle} ${names}`, isFound: foundIds.has(id) };
    const isOther = owner?.id !== person.person.id && publishedVersion !== null;
    return [
      ...(can.run ? [{ ...entry, id: `chat:${id}`, label: name, icon: Bot, choose: goTo(paths.chat(handle)) }] : []),
      ...(can.edit
        ? [
            {
              ...entry,
              id: `edit:${id}`,
              label: t('edit', { name }),
              icon: Pencil,
              isHidden: true,
              choose: goTo(paths.editAgent(handle)),
            },
          ]
        : []),
      ...(isOther
        ? [
            {
              ...entry,
              id: `about:${id}`,
              label: t('about', { name }),
              icon: Info,
              isHidden: true,
              choose: goTo(paths.hubAgent(handle)),
            },
          ]
        : []),
    ];
  };

  const said = new Map(hits.data?.map((hit) => [hit.conversation.id, hit]));
  const newestTalks = conversations.data ?? [];
  const olderTalks = (hits.data ?? [])
    .map(({ conversation }) => conversation)
    .filter(({ id }) => !newestTalks.some((talk) => talk.id === id));
  const talks = [...newestTalks, ...olderTalks].map(({ id, title, agent }): PaletteEntry => {
    const hit = said.get(id);
    const address = paths.conversation(agent.handle, id);
    const name = toShownName(agent, language);
    return {
      id: `talk:${id}`,
      kind: 'conversation',
      label: title || t('untitled'),
      hint: hit ? `${name} · ${hit.snippet.map(({ text }) => text).join('')}` : name,
      isFound: hit !== undefined,
      icon: MessageCircle,
      choose: goTo(hit?.message ? `${address}#message-${hit.message}` : address),
    };
  });

  return {
    entries: [
      ...pages,
      ...commands,
      ...settings,
      ...[...agents.values()]
        .map((agent) => ({ ...toShownAgent(agent, language), names: toAllNames(agent) }))
        .flatMap(toAgentEntries),
      ...talks,
      ...actions,
    ],
    isLoading: newest.isPending || conversations.isPending || found.isFetching || hits.isFetching,
    error: newest.error ?? found.error ?? conversations.error ?? hits.error,
  };
}
