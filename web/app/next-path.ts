import { paths } from '#web/app/paths.ts';

/** Where to go after sign-in: an address of this page, never another site's. */
export function toNextPath(next: string | null): string {
  if (next === null || !next.startsWith('/')) return paths.home();
  const target = new URL(next, window.location.origin);
  return target.origin === window.location.origin ? target.pathname + target.search : paths.home();
}
