import { createPath, type Location, NavigationType, type To } from 'react-router';

/** Where the page is, and how it came there. */
export type PagePlace = { location: Location; action: NavigationType };

/** Keeps a person where they are while something would be lost; `onHeld` is given the way on. */
export type LeaveGuard = { holds: (to: Location) => boolean; onHeld: (goOn: () => void) => void };

type Entry = { key: string; index: number; state: unknown };

/**
 * The browser's history for the router: pushed, replaced, gone back in, and held by at most one guard.
 *
 * The router's own history cannot be held without the half of the library that loads data, which this page does not use.
 */
export function createPageHistory(view: Window = window) {
  const listeners = new Set<() => void>();
  let guard: LeaveGuard | null = null;
  let isReturning = false;
  let index = stamp(view, 0);
  let place: PagePlace = { location: readLocation(view), action: NavigationType.Pop };

  function publish(action: NavigationType): void {
    place = { location: readLocation(view), action };
    for (const listener of listeners) listener();
  }

  function leave(to: Location, go: () => void): void {
    if (guard?.holds(to) !== true) go();
    else guard.onHeld(go);
  }

  function change(action: NavigationType.Push | NavigationType.Replace, to: To, state: unknown): void {
    const address = typeof to === 'string' ? to : createPath(to);
    const target = new URL(address, view.location.href);
    leave(toLocation(target, null), () => {
      const isPush = action === NavigationType.Push;
      if (isPush) index += 1;
      const entry: Entry = { key: makeKey(), index, state: state ?? null };
      if (isPush) view.history.pushState(entry, '', address);
      else view.history.replaceState(entry, '', address);
      publish(action);
    });
  }

  // The browser has already gone when it tells of it, so a held step is taken back and offered again.
  function onPop(): void {
    if (isReturning) {
      isReturning = false;
      return;
    }
    const arrived = stamp(view, index + 1);
    const steps = arrived - index;
    const to = readLocation(view);
    if (steps === 0 || guard?.holds(to) !== true) {
      index = arrived;
      // React draws at once what comes of this event, which a link within the page need not wait for.
      if (isWithin(place.location, to)) view.setTimeout(() => publish(NavigationType.Pop));
      else publish(NavigationType.Pop);
      return;
    }
    isReturning = true;
    const { onHeld } = guard;
    view.addEventListener(
      'popstate',
      () =>
        onHeld(() => {
          guard = null;
          view.history.go(steps);
        }),
      { once: true },
    );
    view.history.go(-steps);
  }

  return {
    navigator: {
      createHref: (to: To) => (typeof to === 'string' ? to : createPath(to)),
      go: (steps: number) => view.history.go(steps),
      push: (to: To, state?: unknown) => change(NavigationType.Push, to, state),
      replace: (to: To, state?: unknown) => change(NavigationType.Replace, to, state),
    },
    place: () => place,
    subscribe(listener: () => void): () => void {
      if (listeners.size === 0) view.addEventListener('popstate', onPop);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) view.removeEventListener('popstate', onPop);
      };
    },
    /** Sets the guard; the answer takes it away. */
    hold(next: LeaveGuard): () => void {
      guard = next;
      return () => {
        if (guard === next) guard = null;
      };
    },
  };
}
export type PageHistory = ReturnType<typeof createPageHistory>;

const isWithin = (from: Location, to: Location) =>
  from.pathname === to.pathname && from.search === to.search && from.hash !== to.hash;

const makeKey = () => Math.random().toString(36).slice(2, 10);

/** The position of the present entry; one that the browser made, such as by a link within the page, gets the given one. */
function stamp(view: Window, otherwise: number): number {
  const entry = view.history.state as Partial<Entry> | null;
  if (typeof entry?.index === 'number') return entry.index;
  const made: Entry = { key: makeKey(), index: otherwise, state: null };
  view.history.replaceState(made, '');
  return otherwise;
}

function readLocation(view: Window): Location {
  return toLocation(view.location, view.history.state as Partial<Entry> | null);
}

function toLocation(
  { pathname, search, hash }: Pick<Location, 'pathname' | 'search' | 'hash'>,
  entry: Partial<Entry> | null,
): Location {
  return { pathname, search, hash, state: entry?.state ?? null, key: entry?.key ?? 'default' };
}
