import { useQuery } from '@tanstack/react-query';
import {
  AlarmClock,
  BellRing,
  Bot,
  Brain,
  ChartColumn,
  Compass,
  Cpu,
  Database,
  Hourglass,
  KeyRound,
  LayoutDashboard,
  Link2,
  type LucideIcon,
  ScrollText,
  Search,
  Settings,
  Share2,
  ShieldCheck,
  SquarePen,
  Users,
  Wallet,
  Wrench,
} from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { NavLink, useLocation } from 'react-router';
import { waitingCountQuery } from '#web/features/runs/api/waiting-count.ts';
import { classNames } from '#web/lib/class-names.ts';
import { paths } from '#web/app/paths.ts';
import { type SignedInPerson, useSignedInPerson } from './signed-in-person.ts';

export type Place = { to: string; name: string; icon: LucideIcon; end?: boolean };

/** Addresses that belong to a place without beginning with its own. */
const within: Record<string, RegExp> = {
  discover: /^\/hub\//,
  agents: /^\/(?:chat\/|agents\/[^/]+\/edit)/,
  data: /^\/analyses(?:\/|$)/,
};
const isWithin = (name: string, pathname: string) => within[name]?.test(pathname) === true;

/** The places of the hub's settings that this person may visit. */
export function listSettings({ can }: Pick<SignedInPerson, 'can'>): Place[] {
  return [
    { to: paths.keys(), name: 'keys', icon: KeyRound },
    { to: paths.models(), name: 'models', icon: Cpu },
    ...(can.administer
      ? [
          { to: paths.people(), name: 'people', icon: Users },
          { to: paths.hubDesk(), name: 'hubDesk', icon: Compass },
        ]
      : []),
    { to: paths.memories(), name: 'memories', icon: Brain },
    { to: paths.shares(), name: 'shares', icon: Share2 },
    { to: paths.usage(), name: 'usage', icon: ChartColumn },
    ...(can.administer
      ? [
          { to: paths.chains(), name: 'chains', icon: Link2 },
          { to: paths.audit(), name: 'audit', icon: ScrollText },
        ]
      : []),
  ];
}

/** The places that one works in. */
export function listMain({ can }: Pick<SignedInPerson, 'can'>): Place[] {
  return [
    { to: paths.home(), name: 'discover', icon: Compass, end: true },
    { to: paths.agents(), name: 'agents', icon: Bot, end: true },
    ...(can.createAgents ? [{ to: paths.newAgent(), name: 'newAgent', icon: SquarePen }] : []),
    { to: paths.waiting(), name: 'waiting', icon: Hourglass },
    { to: paths.triggers(), name: 'triggers', icon: AlarmClock },
    { to: paths.alerts(), name: 'alerts', icon: BellRing },
    { to: paths.data(), name: 'data', icon: Database },
    { to: paths.dashboards(), name: 'dashboards', icon: LayoutDashboard },
    { to: paths.wallets(), name: 'wallets', icon: Wallet },
    { to: paths.contractAudits(), name: 'contractAudits', icon: ShieldCheck },
    ...(can.createAgents ? [{ to: paths.toolsets(), name: 'toolsets', icon: Wrench }] : []),
  ];
}

/** What has no place in the bar of a phone, which leads to the list of settings instead. */
export const onPhoneInSettings = ['toolsets', 'alerts', 'data', 'dashboards', 'wallets', 'contractAudits'];

/** The navigation of a wide screen. */
export function SideNavigation() {
  const { t } = useTranslation('app');
  const person = useSignedInPerson();
  const { pathname } = useLocation();
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    // Newer browsers answer with a promise, which an effect must not hand on.
    list.current?.querySelector('[aria-current], [data-current]')?.scrollIntoView({ block: 'nearest' });
  }, [pathname]);
  return (
    <nav
      ref={list}
      aria-label={t('navigation.label')}
      // What does not fit scrolls here, so that the person's corner stays in sight; the margin is room for the focus ring.
      className="-m-1 grid min-h-0 flex-1 scroll-py-10 content-start gap-3 overflow-y-auto p-1 fading-edges tall:gap-4"
    >
      <PlaceList places={listMain(person).filter(({ name }) => name !== 'newAgent')} />
      <div className="grid gap-1">
        <p className="px-3 text-xs text-ink-faint">{t('navigation.hub')}</p>
        <PlaceList places={listSettings(person)} />
      </div>
    </nav>
  );
}

const toColours = (isActive: boolean) =>
  isActive ? 'bg-accent-soft text-accent' : 'text-ink-soft hover:bg-sunken hover:text-ink';

/** Beside the agents instead of below them: the places of the hub are to fit on a usual screen. */
function NewAgentLink() {
  const { t } = useTranslation('app');
  const { can } = useSignedInPerson();
  if (!can.createAgents) return null;
  return (
    <NavLink
      to={paths.newAgent()}
      aria-label={t('navigation.newAgent')}
      title={t('navigation.newAgent')}
      className={({ isActive }) => classNames('grid w-9 shrink-0 place-content-center rounded-md', toColours(isActive))}
    >
      <SquarePen aria-hidden className="size-[1.15rem]" />
    </NavLink>
  );
}

function PlaceList({ places }: { places: Place[] }) {
  const { t } = useTranslation('app');
  const { pathname } = useLocation();
  return (
    <ul className="grid tall:gap-0.5">
      {places.map(({ to, name, icon: Icon, end }) => (
        <li key={to} className="flex gap-0.5">
          <NavLink
            to={to}
            {...(end && { end })}
            data-current={isWithin(name, pathname) || undefined}
            className={({ isActive }) =>
              classNames(
                'flex min-h-8 min-w-0 flex-1 items-center gap-3 rounded-md px-3 text-sm font-medium no-underline tall:min-h-9',
                toColours(isActive || isWithin(name, pathname)),
              )
            }
          >
            <Icon aria-hidden className="size-[1.15rem] shrink-0" />
            {t(`navigation.${name}`)}
            {name === 'waiting' && <WaitingCount className="ml-auto" />}
          </NavLink>
          {name === 'agents' && <NewAgentLink />}
        </li>
      ))}
    </ul>
  );
}

/** How much waits for the person; nothing when nothing does. */
function WaitingCount({ className }: { className: string }) {
  const { t } = useTranslation('app');
  const { data: count = 0 } = useQuery(waitingCountQuery);
  if (count === 0) return null;
  return (
    <span
      className={classNames(
        'min-w-5 rounded-full bg-accent px-1.5 text-center text-xs leading-5 font-semibold text-on-accent tabular-nums',
        className,
      )}
    >
      <span aria-hidden>{count < 100 ? count : '99+'}</span>
      <span className="sr-only">{t('navigation.waits', { count })}</span>
    </span>
  );
}

/** The navigation of a phone. */
export function BottomBar({ onSearch }: { onSearch: () => void }) {
  const { t } = useTranslation('app');
  const person = useSignedInPerson();
  const { pathname } = useLocation();
  const isApart = ({ name }: Place) => name === 'newAgent' || onPhoneInSettings.includes(name);
  const places = listMain(person).filter((place) => !isApart(place));
  const isInSettings = listMain(person).some(
    ({ name, to }) => onPhoneInSettings.includes(name) && (pathname.startsWith(to) || isWithin(name, pathname)),
  );
  const isHere = (name: string) =>
    isWithin(name, pathname) ||
    (name === 'agents' && pathname === paths.newAgent()) ||
    (name === 'settings' && isInSettings);
  const item =
    'grid size-full place-content-center justify-items-center gap-0.5 text-xs font-medium whitespace-nowrap no-underline -outline-offset-2';
  const toLink = ({ to, name, icon: Icon, end }: Place) => (
    <NavLink
      to={to}
      end={end ?? false}
      className={({ isActive }) => classNames(item, isActive || isHere(name) ? 'text-accent' : 'text-ink-soft')}
    >
      <span className="relative">
        <Icon aria-hidden className="size-5" />
        {name === 'waiting' && <WaitingCount className="absolute -top-2 left-3" />}
      </span>
      {t(`navigation.${name}`)}
    </NavLink>
  );
  return (
    <nav
      aria-label={t('navigation.label')}
      className="fixed inset-x-0 bottom-0 z-30 h-(--bar) border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <ul className="grid h-full auto-cols-fr grid-flow-col">
        {places.map((place) => (
          <li key={place.to}>{toLink(place)}</li>
        ))}
        <li>
          <button type="button" className={classNames(item, 'text-ink-soft')} onClick={onSearch}>
            <Search aria-hidden className="size-5" />
            {t('palette.open')}
          </button>
        </li>
        <li>{toLink({ to: paths.settings(), name: 'settings', icon: Settings })}</li>
      </ul>
    </nav>
  );
}
