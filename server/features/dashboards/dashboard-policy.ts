import type { Actor } from '#server/contract/actor.ts';
import type { DashboardAccess } from '#server/contract/dashboard.ts';
import { isWholePerson } from '#server/is-whole-person.ts';

type Judged = { ownerId: string; access: DashboardAccess };

export const canEditDashboard = (actor: Actor, { ownerId }: Pick<Judged, 'ownerId'>) =>
  isWholePerson(actor) && ownerId === actor.userId;

export const canSeeDashboard = (actor: Actor, dashboard: Judged) =>
  isWholePerson(actor) && (dashboard.access === 'hub' || dashboard.ownerId === actor.userId);
