import type { QueryClient } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import type { Params } from 'react-router';
import { type ListedPage, listedAtTheDoor, listedInside, toPattern } from './page-list.ts';

export type PageModule = {
  Page: ComponentType;
  /** Asks the hub for what the page shows first, and loads further code that it needs then; resolves when both are there. */
  prefetch?: (queryClient: QueryClient, params: Params) => Promise<unknown>;
};
export type PageEntry = ListedPage & { load: () => Promise<PageModule> };

const modules = import.meta.glob<PageModule>('./routes/*-page.tsx');

function toEntry(page: ListedPage): PageEntry {
  const load = modules[`./routes/${page.name}.tsx`];
  if (load === undefined) throw new Error(`There is no page "${page.name}".`);
  return { ...page, load };
}

export const atTheDoor = listedAtTheDoor.map(toEntry);
export const inside = listedInside.map(toEntry);

/** The page that stands at an address, for who may need its code before there is a router. */
export function findPage(pathname: string): PageEntry | undefined {
  return [...atTheDoor, ...inside].find(
    // A pattern takes longer to make than all else here.
    ({ path }) => pathname.startsWith(path.split('/:', 1)[0] ?? '') && toPattern(path).test(pathname),
  );
}
