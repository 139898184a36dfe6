import { paths } from '#web/app/paths.ts';
import type { SignedInPerson } from '#web/app/signed-in-person.ts';

/** A setting that is one of several on its page; `id` is its card's. */
export type SettingWithin = { name: (typeof names)[number]; to: string; id: string };

const names = [
  'name',
  'password',
  'browsers',
  'install',
  'closeAccount',
  'connections',
  'speech',
  'prices',
  'everybodysBudget',
  'invitations',
] as const;

/** The settings of this person that no page has the name of. */
export function listSettingsWithin({ can }: Pick<SignedInPerson, 'can'>): SettingWithin[] {
  const profile = paths.profile();
  const models = paths.models();
  return [
    { name: 'name', to: profile, id: 'profile' },
    { name: 'password', to: profile, id: 'password' },
    { name: 'browsers', to: profile, id: 'browsers' },
    { name: 'install', to: profile, id: 'install' },
    { name: 'closeAccount', to: profile, id: 'close-account' },
    { name: 'connections', to: models, id: 'connections' },
    ...(can.administer
      ? ([
          { name: 'speech', to: models, id: 'speech' },
          { name: 'prices', to: models, id: 'prices' },
          { name: 'everybodysBudget', to: paths.people(), id: 'everybodys-budget' },
          { name: 'invitations', to: paths.people(), id: 'invitations' },
        ] as const)
      : []),
  ];
}

const pauseMs = 100;
const mostLooks = 50;

/** Brings a card into view, and to who uses keys, once its page has drawn it. */
export function showCard(id: string, looks = 0): void {
  const card = document.getElementById(id);
  if (card === null) {
    if (looks < mostLooks) setTimeout(() => showCard(id, looks + 1), pauseMs);
    return;
  }
  card.scrollIntoView({ block: 'start' });
  card.querySelector<HTMLElement>('button, input, select, textarea, a[href]')?.focus({ preventScroll: true });
}
