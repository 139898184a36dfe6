import { paths } from '#web/app/paths.ts';

/** Where to go after sign-in: an address of this page, never another site's. */
export function toNextPath(next: string | null): string {
  if (next === null || !next.startsWith('/')) return paths.home();
  const target = new URL(next, window.location.origin);
  // Dots are resolved by now: "/.//elsewhere.example" has become "//elsewhere.example", which is another site's again.
  const isHere = target.origin === window.location.origin && !target.pathname.startsWith('//');
  return isHere ? target.pathname + target.search : paths.home();
}
